from unittest.mock import Mock

import pytest

from acme.app.domain.entities import Book
from acme.app.usecases.borrowers import (
    BookNotBorrowedError,
    BookNotFoundError,
    BookRepositoryInterface,
    ReturnBookUseCase,
    UseCaseError,
)


@pytest.fixture
def repository(borrowed_book: Book) -> Mock:
    repository = Mock(spec=BookRepositoryInterface)
    repository.find_by_id.return_value = borrowed_book
    repository.save.side_effect = lambda saved: saved
    return repository


def test_execute_takes_the_book_back(repository: Mock, borrowed_book: Book) -> None:
    use_case = ReturnBookUseCase(repository).set_book_id(borrowed_book.id).set_borrower_id("ada")

    use_case.execute()

    assert use_case.book.is_available_for_borrowing()
    repository.save.assert_called_once_with(use_case.book)


def test_only_the_borrower_returns_a_book(repository: Mock, borrowed_book: Book) -> None:
    with pytest.raises(BookNotBorrowedError) as caught:
        ReturnBookUseCase(repository).give_back(borrowed_book.id, "bob")
    assert (caught.value.book_id, caught.value.borrower_id) == ("dune", "bob")
    repository.save.assert_not_called()


def test_a_book_must_exist(repository: Mock) -> None:
    repository.find_by_id.return_value = None
    with pytest.raises(BookNotFoundError):
        ReturnBookUseCase(repository).give_back("nowhere", "ada")


def test_unexpected_errors_keep_their_cause(repository: Mock, borrowed_book: Book) -> None:
    repository.save.side_effect = OSError("disk full")
    use_case = ReturnBookUseCase(repository).set_book_id(borrowed_book.id).set_borrower_id("ada")
    with pytest.raises(UseCaseError) as caught:
        use_case.execute()
    assert isinstance(caught.value.__cause__, OSError)
