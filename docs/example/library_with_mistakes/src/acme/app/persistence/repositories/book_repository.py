"""The store of the books."""

from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

from acme.app.domain.entities.book import Book

engine = create_engine("sqlite:///library.db")


class SqlBookRepository:
    """Keeps books in a database."""

    def __init__(self, session: Session | None = None) -> None:
        self._session = session or Session(engine)

    def find_by_id(self, book_id: str | None) -> Book | None:
        """Return the book, or None where there is no such book."""
        query = text("SELECT id, title, borrower_id FROM books WHERE id = :id")
        row = self._session.execute(query, {"id": book_id}).mappings().first()
        return Book.model_validate(dict(row)) if row else None

    def save(self, book: Book) -> Book:
        """Store who has the book."""
        query = text("UPDATE books SET borrower_id = :borrower_id WHERE id = :id")
        self._session.execute(query, book.model_dump(include={"id", "borrower_id"}))
        self._session.commit()
        return book
