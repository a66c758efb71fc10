"""What all tests share."""

import pytest

from acme.app.domain.entities import Book


@pytest.fixture
def book() -> Book:
    return Book(id="dune", title="Dune", author="Frank Herbert", isbn="9780441172719")


@pytest.fixture
def borrowed_book(book: Book) -> Book:
    return book.model_copy(update={"available": False, "borrower_id": "ada", "revision_id": 1})
