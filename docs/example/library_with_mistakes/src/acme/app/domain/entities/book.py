"""A book of the library."""

from typing import Any

from fastapi.encoders import jsonable_encoder
from pydantic import BaseModel


class Book(BaseModel):
    """One copy of a book."""

    id: str
    title: str
    borrower_id: str | None = None

    def is_available_for_borrowing(self) -> bool:
        """Tell whether the book can be lent out."""
        return self.borrower_id is None

    def as_payload(self) -> Any:
        """Return the book as the API answers it."""
        return jsonable_encoder(self)
