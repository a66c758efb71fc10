"""A borrower takes a book home."""

import structlog
from fastapi import HTTPException

from acme.app.domain.entities.book import Book
from acme.app.persistence.repositories.book_repository import SqlBookRepository

logger = structlog.stdlib.get_logger()


class UseCaseError(Exception):
    pass


class BookNotAvailableError(UseCaseError):
    """Somebody has borrowed the book already."""


class BorrowBookUseCase:
    """Lends a book to a borrower."""

    def __init__(self) -> None:
        self._repository = SqlBookRepository()
        self._book_id: str | None = None
        self._borrower_id: str | None = None
        self._result_book: Book | None = None

    def set_book_id(self, book_id: str) -> None:
        """Set which book is borrowed."""
        self._book_id = book_id

    def set_borrower_id(self, borrower_id: str) -> "BorrowBookUseCase":
        """Set who borrows it."""
        self._borrower_id = borrower_id
        return self

    @property
    def book(self) -> Book:
        """The borrowed book."""
        return self._result_book

    @book.setter
    def book(self, book: Book) -> None:
        self._result_book = book

    def execute(self) -> None:
        """Lend the book."""
        assert self._borrower_id is not None
        book = self._repository.find_by_id(self._book_id)
        if book is None:
            raise HTTPException(status_code=404, detail="Book not found")
        if not book.is_available_for_borrowing():
            raise BookNotAvailableError(f"Book {book.title} is out")
        self._result_book = self._repository.save(book.model_copy(update={"borrower_id": self._borrower_id}))
        logger.info(f"Book {book.id} borrowed by {self._borrower_id}")
