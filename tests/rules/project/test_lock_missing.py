"""Whether a `poetry.lock` still fits: only `pyarch check` says it."""

import ast
from collections.abc import Callable
from pathlib import Path

import pytest

from flake8_pyarch.checking import Linter, all_rules
from flake8_pyarch.settings import Source
from tests.whole import findings_of

RULE = next(rule for rule in all_rules() if rule.code == "PYA808")
PYPROJECT = '[tool.pyarch]\n[tool.poetry.dependencies]\npython = "^3.12"\n'
LOCK = '[metadata]\ncontent-hash = "34e39677d8527182346093002688d17a5d2fc204b9eb3e094b2e6ac519028228"\n'
PACKAGES = ("shop/__init__.py", "shop/domain/__init__.py", "shop/api/__init__.py")

Reports = Callable[[str, bytes], list[str]]


@pytest.fixture
def reports(tmp_path: Path) -> Reports:
    def reports_of(pyproject: str, lock: bytes) -> list[str]:
        for name in PACKAGES:
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text("", encoding="utf-8")
        (tmp_path / "pyproject.toml").write_text(pyproject, encoding="utf-8")
        (tmp_path / "poetry.lock").write_bytes(lock)
        found = findings_of(RULE, tmp_path, dict.fromkeys(PACKAGES, ""))
        return [f"{path}:{each.line}:{each.column + 1} {each.message}" for path in found for each in found[path]]

    return reports_of


def test_a_lock_that_fits(reports: Reports) -> None:
    assert reports(PYPROJECT, LOCK.encode()) == []


def test_what_poetry_does_not_look_at_may_change(reports: Reports) -> None:
    assert (
        reports(PYPROJECT.replace("[tool.poetry.dep", '[tool.poetry]\nname = "shop"\n[tool.poetry.dep'), LOCK.encode())
        == []
    )


def test_a_lock_that_does_not_fit(reports: Reports) -> None:
    assert reports(PYPROJECT + 'fastapi = "*"\n', LOCK.encode()) == [
        "poetry.lock:1:1 poetry.lock does not fit pyproject.toml: run 'poetry lock' and commit the result"
    ]


@pytest.mark.parametrize(
    "lock",
    [b"", b"\xff\x00", b"[metadata", b"[metadata]\n", LOCK.encode() + LOCK.replace("34", "43").encode(), b"<" * 10_000],
    ids=["empty", "binary", "no TOML", "no hash", "conflict", "long"],
)
def test_a_lock_that_cannot_be_read(lock: bytes, reports: Reports) -> None:
    assert reports(PYPROJECT, lock) == [
        "poetry.lock:1:1 poetry.lock cannot be read: run 'poetry lock' and commit the result"
    ]


def test_what_poetry_cannot_lock(reports: Reports) -> None:
    assert reports(PYPROJECT + "date = 2026-01-01\n", LOCK.encode()) == []


def test_flake8_does_not_say_it(reports: Reports, tmp_path: Path) -> None:
    assert len(reports(PYPROJECT + 'fastapi = "*"\n', LOCK.encode())) == 1
    linter = Linter([Source("the test", {"select": [RULE.code]})])
    assert linter.check(str(tmp_path / PACKAGES[0]), ast.parse(""), []) == []
