from unittest.mock import Mock

import pytest

from acme.app.domain.entities import Book
from acme.app.usecases.borrowers import (
    BookNotAvailableError,
    BookNotFoundError,
    BookRepositoryInterface,
    BorrowBookUseCase,
    UseCaseError,
)


@pytest.fixture
def repository(book: Book) -> Mock:
    repository = Mock(spec=BookRepositoryInterface)
    repository.find_by_id.return_value = book
    repository.save.side_effect = lambda saved: saved
    return repository


def test_execute_lends_the_book(repository: Mock, book: Book) -> None:
    use_case = BorrowBookUseCase(repository).set_book_id(book.id).set_borrower_id("ada")

    use_case.execute()

    assert use_case.book.is_borrowed_by("ada")
    repository.save.assert_called_once_with(use_case.book)
    assert book.is_available_for_borrowing(), "the book as it was read has not changed"


def test_borrow_does_without_the_setters(repository: Mock, book: Book) -> None:
    assert BorrowBookUseCase(repository).borrow(book.id, "ada").is_borrowed_by("ada")


def test_a_book_must_exist(repository: Mock) -> None:
    repository.find_by_id.return_value = None
    with pytest.raises(BookNotFoundError) as caught:
        BorrowBookUseCase(repository).retrieve_book("nowhere")
    assert caught.value.book_id == "nowhere"


def test_a_borrowed_book_is_not_lent_again(repository: Mock, borrowed_book: Book) -> None:
    repository.find_by_id.return_value = borrowed_book
    use_case = BorrowBookUseCase(repository).set_book_id(borrowed_book.id).set_borrower_id("bob")
    with pytest.raises(BookNotAvailableError):
        use_case.execute()
    repository.save.assert_not_called()


def test_unexpected_errors_keep_their_cause(repository: Mock, book: Book) -> None:
    repository.save.side_effect = OSError("disk full")
    use_case = BorrowBookUseCase(repository).set_book_id(book.id).set_borrower_id("ada")
    with pytest.raises(UseCaseError) as caught:
        use_case.execute()
    assert isinstance(caught.value.__cause__, OSError)


def test_inputs_come_before_execution_and_results_after(repository: Mock) -> None:
    use_case = BorrowBookUseCase(repository)
    with pytest.raises(AssertionError, match="book_id"):
        use_case.execute()
    with pytest.raises(AssertionError, match="borrower_id"):
        use_case.set_book_id("dune").execute()
    with pytest.raises(AssertionError, match="executed"):
        _ = use_case.book
