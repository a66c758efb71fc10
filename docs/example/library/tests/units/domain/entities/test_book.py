import pytest
from pydantic import ValidationError

from acme.app.domain.entities import Book


def test_a_new_book_can_be_borrowed(book: Book) -> None:
    assert book.is_available_for_borrowing()
    assert not book.is_borrowed_by("ada")


def test_a_borrowed_book_knows_its_borrower(borrowed_book: Book) -> None:
    assert not borrowed_book.is_available_for_borrowing()
    assert borrowed_book.is_borrowed_by("ada")
    assert not borrowed_book.is_borrowed_by("bob")


def test_a_book_never_changes(book: Book) -> None:
    with pytest.raises(ValidationError):
        book.available = False  # type: ignore[misc]
