"""The things the library deals with."""

from acme.app.domain.entities.book import Book

__all__ = ["Book"]
