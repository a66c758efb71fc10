from pathlib import Path

import pytest

from acme.app.domain.entities import Book
from acme.app.persistence.repositories import InMemoryBookRepository
from acme.app.usecases.borrowers import BookChangedError


def test_a_saved_book_has_its_next_revision(book: Book) -> None:
    repository = InMemoryBookRepository()
    saved = repository.save(book)
    assert saved.revision_id == book.revision_id + 1
    assert repository.find_by_id(book.id) == saved


def test_the_slower_of_two_writers_is_refused(book: Book) -> None:
    repository = InMemoryBookRepository([book])
    repository.save(book)
    with pytest.raises(BookChangedError) as caught:
        repository.save(book)
    assert caught.value.revision_id == book.revision_id


def test_an_unknown_book_is_not_found() -> None:
    assert InMemoryBookRepository().find_by_id("nowhere") is None


def test_books_are_read_from_a_catalogue(tmp_path: Path, book: Book) -> None:
    catalogue = tmp_path / "catalogue.json"
    catalogue.write_text(f"[{book.model_dump_json()}]", encoding="utf-8")
    assert InMemoryBookRepository.from_catalogue(catalogue).find_by_id(book.id) == book
