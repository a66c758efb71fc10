"""What borrowers do."""

from acme.app.usecases.borrowers.borrow_book import (
    BookChangedError,
    BookNotAvailableError,
    BookNotFoundError,
    BookRepositoryInterface,
    BorrowBookUseCase,
    UseCaseError,
)
from acme.app.usecases.borrowers.return_book import BookNotBorrowedError, ReturnBookUseCase

__all__ = [
    "BookChangedError",
    "BookNotAvailableError",
    "BookNotBorrowedError",
    "BookNotFoundError",
    "BookRepositoryInterface",
    "BorrowBookUseCase",
    "ReturnBookUseCase",
    "UseCaseError",
]
