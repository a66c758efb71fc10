"""Use cases that several tests write into their projects."""

__all__ = ["LEND", "LEND_BOOK", "NOT_SET"]

LEND_BOOK = """\
class LendBookUseCase:
    def __init__(self) -> None:
        self._book_id: str | None = None
        self._result_book: str | None = None

    def set_book_id(self, book_id: str) -> "LendBookUseCase":
        self._book_id = book_id
        return self

    @property
    def book(self) -> str:
        assert self._result_book is not None
        return self._result_book

    def execute(self) -> None:
        assert self._book_id is not None
        self._result_book = self._book_id
"""

LEND = """\
class LendUseCase:
    def __init__(self) -> None:
        self._book_id: str | None = None

    def set_book_id(self, book_id: str) -> "LendUseCase":
        self._book_id = book_id
        return self

    def execute(self) -> None:
        assert self._book_id is not None


def lend():
    LendUseCase().execute()


def lend_now() -> None:
    LendUseCase().execute()
"""
NOT_SET = 'error: Use case "LendUseCase" is executed before "set_book_id" is called  [pyarch-input-not-set]'
