"""A result is remembered only as long as every other file it depends on is what it was."""

from pathlib import Path
from typing import NamedTuple

import pytest

from tests.robustness.projects import SHOP, check, write

_USE_CASE = """class BorrowBook:
    def execute(self) -> None: ...
"""
_PROVIDER = """from fastapi import APIRouter, Depends

from shop.api.providers import get_book

router = APIRouter()


@router.get("/")
def read(book: int = Depends(get_book())) -> None: ...
"""


class _Case(NamedTuple):
    code: str
    files: dict[str, str]
    edited: str
    after: str | None


_CASES = {
    "the __all__ of a package": _Case(
        "PYA207",
        {
            "shop/domain/__init__.py": 'from shop.domain.order import Order\n\n__all__ = ["Order"]\n',
            "shop/domain/order.py": "class Order: ...\n",
            "shop/usecases/place_order.py": "from shop.domain.order import Order\n",
        },
        "shop/domain/__init__.py",
        "__all__: list[str] = []\n",
    ),
    "a class that derives from this one": _Case(
        "PYA301",
        {"shop/usecases/borrow_book.py": _USE_CASE, "shop/api/books.py": ""},
        "shop/api/books.py",
        "from shop.usecases.borrow_book import BorrowBook\n\n\nclass Special(BorrowBook): ...\n",
    ),
    "a new file with a class that derives from this one": _Case(
        "PYA301",
        {"shop/usecases/borrow_book.py": _USE_CASE},
        "shop/special/deep/books.py",
        "from shop.usecases.borrow_book import BorrowBook\n\n\nclass Special(BorrowBook): ...\n",
    ),
    "the function that an imported name stands for": _Case(
        "PYA401",
        {
            "shop/api/providers.py": "def get_book() -> int:\n    return 1\n",
            "shop/api/books.py": _PROVIDER,
        },
        "shop/api/providers.py",
        "def get_book():\n    def provide() -> int:\n        return 1\n\n    return provide\n",
    ),
    "a manifest": _Case(
        "PYA611",
        {
            "pyproject.toml": '[project]\nname = "shop"\ndependencies = ["structlog"]\n',
            "shop/api/books.py": "import logging\n\nlogger = logging.getLogger(__name__)\n",
        },
        "pyproject.toml",
        '[project]\nname = "shop"\ndependencies = []\n',
    ),
    "a manifest that is deleted": _Case(
        "PYA611",
        {
            "requirements.txt": "structlog\n",
            "shop/api/books.py": "import logging\n\nlogger = logging.getLogger(__name__)\n",
        },
        "requirements.txt",
        None,
    ),
    "a settings class in a module beside": _Case(
        "PYA709",
        {
            "shop/config/a.py": "from pydantic_settings import BaseSettings\n\n\nclass A(BaseSettings):\n    x: int\n",
            "shop/config/b.py": "from pydantic_settings import BaseSettings\n\n\nclass B(BaseSettings):\n    x: int\n",
        },
        "shop/config/b.py",
        "",
    ),
    "a directory that makes an import first party": _Case(
        "PYA113",
        {"shop/domain/order.py": "import money\n"},
        "money/__init__.py",
        "",
    ),
}


@pytest.mark.parametrize("name", _CASES)
@pytest.mark.parametrize("options", [[], ["--show-fixes"]], ids=["replayed", "from the cache"])
def test_a_change_of_another_file_is_seen(
    name: str,
    options: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    case = _CASES[name]
    write(tmp_path, SHOP | case.files)
    monkeypatch.chdir(tmp_path)
    words = [f"--select={case.code}"]
    before = check(*words, capsys=capsys)
    assert case.code in before[1]
    assert check(*words, *options, capsys=capsys) == before
    if case.after is None:
        (tmp_path / case.edited).unlink()
    else:
        write(tmp_path, {case.edited: case.after})
    after = check(*words, *options, capsys=capsys)
    assert after == check(*words, "--no-cache", capsys=capsys)
    assert after != before


def test_a_file_that_only_looks_changed_is_not_checked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, SHOP | {"shop/usecases/borrow_book.py": _USE_CASE})
    monkeypatch.chdir(tmp_path)
    before = check(capsys=capsys)
    for path in tmp_path.rglob("*.py"):
        path.touch()
    monkeypatch.setattr("flake8_pyarch.cli.running.check_file", None)
    assert check(capsys=capsys) == before
