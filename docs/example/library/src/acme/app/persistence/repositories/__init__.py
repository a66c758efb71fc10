"""The stores behind the use cases' interfaces."""

from acme.app.persistence.repositories.book_repository import InMemoryBookRepository

__all__ = ["InMemoryBookRepository"]
