"""What goes over the wire about books."""

from pydantic import BaseModel, ConfigDict, Field


class BorrowerRequest(BaseModel):
    """Who borrows a book or brings it back."""

    borrower_id: str = Field(min_length=1, max_length=64)


class BookResponse(BaseModel):
    """A book as callers see it: not who has it."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    title: str
    author: str
    available: bool
