"""The store of the books."""

from collections.abc import Iterable
from pathlib import Path
from threading import Lock
from typing import Self

from pydantic import TypeAdapter

from acme.app.domain.entities import Book
from acme.app.usecases.borrowers import BookChangedError, BookRepositoryInterface

_CATALOGUE = TypeAdapter(list[Book])


class InMemoryBookRepository(BookRepositoryInterface):
    """Keeps books for as long as the process lives; safe to use from several threads."""

    def __init__(self, books: Iterable[Book] = ()) -> None:
        self._books = {book.id: book for book in books}
        self._lock = Lock()

    @classmethod
    def from_catalogue(cls, path: Path) -> Self:
        """Return a store that begins with the books listed in a JSON file."""
        return cls(_CATALOGUE.validate_json(path.read_bytes()))

    def find_by_id(self, book_id: str) -> Book | None:
        """Return the book, or None where there is no such book."""
        return self._books.get(book_id)

    def save(self, book: Book) -> Book:
        """Store the book and return it under its next revision.

        Raises:
            BookChangedError: the stored book has another revision than this one was read under.

        """
        with self._lock:
            stored = self._books.get(book.id)
            if stored is not None and stored.revision_id != book.revision_id:
                raise BookChangedError(book.id, book.revision_id)
            saved = book.model_copy(update={"revision_id": book.revision_id + 1})
            self._books[book.id] = saved
            return saved
