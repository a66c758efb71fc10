"""Use cases under other settings."""

from pathlib import Path

from tests.mypy.running import run_mypy, write
from tests.mypy.use_cases import LEND_BOOK

TWO_USE_CASES = f"""\
{LEND_BOOK}

class ReturnBookUseCase:
    def execute(self, book_id: str) -> str:
        return book_id
"""
API = """\
from shop.usecases.lend_book import LendBookUseCase, ReturnBookUseCase


def lend() -> None:
    use_case = LendBookUseCase()
    use_case.execute()
    use_case.execute()
    print(LendBookUseCase().book)


def give_back() -> None:
    use_case = ReturnBookUseCase()
    print(use_case.execute("dune"), use_case.execute("emma"))
"""
NOT_SET = 'shop/api.py:6:5: error: Use case "{}" is executed before "set_book_id" is called  [pyarch-input-not-set]'
NOT_EXECUTED = (
    'shop/api.py:8:11: error: Result "book" of use case "LendBookUseCase" is read before "execute" is called'
    "  [pyarch-not-executed]"
)
EXECUTED_TWICE = (
    'shop/api.py:7:5: error: Use case "LendBookUseCase" is executed a second time: make a new one for each execution'
    "  [pyarch-executed-twice]"
)
NAMES = "shop/__init__.py", "shop/usecases/__init__.py"


def said(root: Path, cache: Path, settings: str, lend_book: str, api: str) -> list[str]:
    files = {
        "pyproject.toml": f"[tool.pyarch]\n{settings}\n",
        "shop/usecases/lend_book.py": lend_book,
        "shop/api.py": api,
    }
    write(root, {**dict.fromkeys(NAMES, ""), **files})
    return run_mypy(root, cache)


def test_a_change_is_seen_through_the_cache(tmp_path: Path, cache: Path) -> None:
    under_any_style = said(tmp_path, cache, 'use-case-style = "any"', TWO_USE_CASES, API)
    assert EXECUTED_TWICE not in under_any_style
    assert EXECUTED_TWICE in said(tmp_path, cache, "", TWO_USE_CASES, API)


def test_any_style(tmp_path: Path, cache: Path) -> None:
    assert said(tmp_path, cache, 'use-case-style = "any"', TWO_USE_CASES, API) == [
        NOT_SET.format("LendBookUseCase"),
        NOT_EXECUTED,
    ]


def test_another_method_and_another_ending(tmp_path: Path, cache: Path) -> None:
    settings = 'use-case-method = "run"\nuse-case-suffixes = ["Action"]'
    renamed = [text.replace("UseCase", "Action").replace("execute", "run") for text in (TWO_USE_CASES, API)]
    assert [line for line in said(tmp_path, cache, settings, *renamed) if "input-not-set" in line] == [
        NOT_SET.format("LendBookAction")
    ]


CALLED = """\
from typing import Generic, TypeVar

C = TypeVar("C")
R = TypeVar("R")


class CommandUseCase(Generic[C, R]):
    def execute(self, command: C) -> R:
        raise NotImplementedError


class LendUseCase(CommandUseCase[str, int]):
    def execute(self, command: str) -> int:
        return len(command)


class LendAnywayUseCase(CommandUseCase[str, int]):
    def execute(self, command: object, force: bool = False) -> bool:
        return force


class LendUntypedUseCase(CommandUseCase[str, int]):
    def execute(self, command, force=False):  # type: ignore[no-untyped-def]
        return force


class LendHalfTypedUseCase(CommandUseCase[str, int]):
    def execute(self, command: str, force=False) -> str:  # type: ignore[no-untyped-def,override]
        return command

    def set_force(self, force: bool) -> None: ...
"""


def test_call_style(tmp_path: Path, cache: Path) -> None:
    found = said(tmp_path, cache, 'use-case-style = "call"', CALLED, "")
    assert [line.removeprefix("shop/usecases/lend_book.py:") for line in found if "error" in line] == [
        '23:23: error: "execute" does not say what it takes: annotate "command"  [pyarch-execute]',
        '23:32: error: "execute" does not say what it takes: annotate "force"  [pyarch-execute]',
        '23:5: error: "execute" does not say what it returns  [pyarch-execute]',
        '28:37: error: "execute" does not say what it takes: annotate "force"  [pyarch-execute]',
        '28:5: error: "execute" returns "str", but its base "CommandUseCase" promises "int"  [pyarch-execute]',
    ]
