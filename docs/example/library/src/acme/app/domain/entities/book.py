"""A book of the library."""

from pydantic import BaseModel, ConfigDict, Field


class Book(BaseModel):
    """One copy of a book. It never changes: lending it out makes a new one."""

    model_config = ConfigDict(frozen=True)

    id: str
    title: str
    author: str
    isbn: str
    available: bool = Field(default=True)
    borrower_id: str | None = Field(default=None)
    revision_id: int = Field(default=0)

    def is_available_for_borrowing(self) -> bool:
        """Tell whether the book can be lent out."""
        return self.available

    def is_borrowed_by(self, borrower_id: str) -> bool:
        """Tell whether the borrower has the book."""
        return self.borrower_id == borrower_id
