"""A borrower brings a book back."""

from typing import Self

from acme.app.domain.entities import Book
from acme.app.usecases.borrowers.borrow_book import BookNotFoundError, BookRepositoryInterface, UseCaseError


class BookNotBorrowedError(UseCaseError):
    """The borrower does not have the book."""

    def __init__(self, book_id: str, borrower_id: str) -> None:
        self.book_id = book_id
        self.borrower_id = borrower_id
        super().__init__(f"Book {book_id} is not borrowed by {borrower_id}")


class ReturnBookUseCase:
    """Takes a book back from its borrower."""

    def __init__(self, repository: BookRepositoryInterface) -> None:
        self._repository = repository
        self._book_id: str | None = None
        self._borrower_id: str | None = None
        self._result_book: Book | None = None

    def give_back(self, book_id: str, borrower_id: str) -> Book:
        """Take the book back from the borrower, and return it as it then is.

        Raises:
            BookNotFoundError: there is no such book.
            BookNotBorrowedError: the borrower does not have it.
            BookChangedError: somebody else was faster.

        """
        book = self._repository.find_by_id(book_id)
        if book is None:
            raise BookNotFoundError(book_id)
        if not book.is_borrowed_by(borrower_id):
            raise BookNotBorrowedError(book_id, borrower_id)
        return self._repository.save(book.model_copy(update={"available": True, "borrower_id": None}))

    def set_book_id(self, book_id: str) -> Self:
        """Set which book is brought back."""
        self._book_id = book_id
        return self

    def set_borrower_id(self, borrower_id: str) -> Self:
        """Set who brings it back."""
        self._borrower_id = borrower_id
        return self

    @property
    def book(self) -> Book:
        """The returned book, once the use case has been executed."""
        assert self._result_book is not None, "the use case has not been executed yet"
        return self._result_book

    def execute(self) -> None:
        """Take the book that was set back from the borrower that was set.

        Raises:
            UseCaseError: it could not be taken back; the subclass says why.

        """
        assert self._book_id is not None, "book_id must be set before execution"
        assert self._borrower_id is not None, "borrower_id must be set before execution"
        try:
            self._result_book = self.give_back(self._book_id, self._borrower_id)
        except UseCaseError:
            raise
        except Exception as e:
            raise UseCaseError(f"Unexpected error while returning: {e}") from e
