"""A borrower brings a book back."""

import os
from typing import Self

from acme.app.config.app_config import settings
from acme.app.domain.entities.book import Book
from acme.app.persistence.repositories.book_repository import SqlBookRepository
from acme.app.services.reminder_service import ReminderService
from acme.app.usecases.borrowers.borrow_book import UseCaseError


class ReturnBookUseCase:
    """Takes a book back from its borrower."""

    def __init__(self, repository: SqlBookRepository, reminders: ReminderService) -> None:
        self._repository = repository
        self._reminders = reminders
        self._book_id: str | None = None
        self._result_fee: int | None = None

    def set_book_id(self, book_id: str) -> Self:
        """Set which book is brought back."""
        self._book_id = book_id
        return self

    @property
    def fee(self) -> int:
        """What the borrower owes, in cents."""
        assert self._result_fee is not None
        return self._result_fee

    def give_back(self, book_id: str) -> Book:
        """Take the book back."""
        book = self._repository.find_by_id(book_id)
        if book is None:
            raise UseCaseError
        if settings.debug:
            print("giving back", book_id)
        return self._repository.save(book.model_copy(update={"borrower_id": None}))

    def execute(self) -> int:
        """Take the book back and work out the fee."""
        assert self._book_id is not None
        try:
            self.give_back(self._book_id)
            self._result_fee = int(os.environ["LATE_FEE_CENTS"])
        except KeyError:
            raise UseCaseError("There is no late fee")
        try:
            self._reminders.cancel(self._book_id)
        except Exception:
            pass
        return self._result_fee
