"""A borrower takes a book home."""

from abc import ABC, abstractmethod

from acme.app.domain.entities import Book


class UseCaseError(Exception):
    pass


class BookNotFoundError(UseCaseError):
    """The library has no such book."""

    def __init__(self, book_id: str) -> None:
        self.book_id = book_id
        super().__init__(f"Book not found: {book_id}")


class BookNotAvailableError(UseCaseError):
    """Somebody has borrowed the book already."""

    def __init__(self, book_id: str) -> None:
        self.book_id = book_id
        super().__init__(f"Book not available: {book_id}")


class BookChangedError(UseCaseError):
    """Somebody else changed the book between its being read and its being saved."""

    def __init__(self, book_id: str, revision_id: int) -> None:
        self.book_id = book_id
        self.revision_id = revision_id
        super().__init__(f"Book {book_id} has changed since revision {revision_id}")


class BookRepositoryInterface(ABC):
    """Where the use cases find books, and leave them."""

    @abstractmethod
    def find_by_id(self, book_id: str) -> Book | None:
        """Return the book, or None where there is no such book."""

    @abstractmethod
    def save(self, book: Book) -> Book:
        """Store the book and return it under its next revision.

        Raises:
            BookChangedError: the stored book has another revision than this one was read under.

        """


class BorrowBookUseCase:
    """Lends a book to a borrower."""

    def __init__(self, repository: BookRepositoryInterface) -> None:
        self._repository = repository
        self._book_id: str | None = None
        self._borrower_id: str | None = None
        self._result_book: Book | None = None

    def retrieve_book(self, book_id: str) -> Book:
        """Return the book.

        Raises:
            BookNotFoundError: there is no such book.

        """
        book = self._repository.find_by_id(book_id)
        if book is None:
            raise BookNotFoundError(book_id)
        return book

    def borrow(self, book_id: str, borrower_id: str) -> Book:
        """Lend the book to the borrower, and return it as it then is.

        Raises:
            BookNotFoundError: there is no such book.
            BookNotAvailableError: somebody has it already.
            BookChangedError: somebody else was faster.

        """
        book = self.retrieve_book(book_id)
        if not book.is_available_for_borrowing():
            raise BookNotAvailableError(book_id)
        return self._repository.save(book.model_copy(update={"available": False, "borrower_id": borrower_id}))

    def set_book_id(self, book_id: str) -> "BorrowBookUseCase":
        """Set which book is borrowed."""
        self._book_id = book_id
        return self

    def set_borrower_id(self, borrower_id: str) -> "BorrowBookUseCase":
        """Set who borrows it."""
        self._borrower_id = borrower_id
        return self

    @property
    def book(self) -> Book:
        """The borrowed book, once the use case has been executed."""
        assert self._result_book is not None, "the use case has not been executed yet"
        return self._result_book

    def execute(self) -> None:
        """Lend the book that was set to the borrower that was set.

        Raises:
            UseCaseError: it could not be lent; the subclass says why.

        """
        assert self._book_id is not None, "book_id must be set before execution"
        assert self._borrower_id is not None, "borrower_id must be set before execution"
        try:
            self._result_book = self.borrow(self._book_id, self._borrower_id)
        except UseCaseError:
            raise
        except Exception as e:
            raise UseCaseError(f"Unexpected error while borrowing: {e}") from e
