"""An example in a repository is an example, and a test a test, though a manifest of its own makes it look a project."""

from pathlib import Path

import pytest

from tests.cli.command import pyarch, write

FIXTURE = {"tests/data/shop/pyproject.toml": "[project]\n", "tests/data/shop/app/__init__.py": 'print("a user")\n'}
EXAMPLE = {"examples/shop/requirements.txt": "fastapi>=1\n", "examples/shop/app/__init__.py": ""}
PRINTING = {"examples/shop/app/users.py": 'print("a user")\n'}
REPORT = ["PYA602"]


def codes(root: Path, *words: str) -> list[str]:
    run = pyarch("check", "--select", "PYA602", "--output-format", "concise", *words, cwd=root)
    return [line.split()[1] for line in run.lines if ":" in line]


@pytest.mark.parametrize("directory", [".", "examples", "examples/shop", "examples/shop/app"])
def test_it_is_no_service(directory: str, tmp_path: Path) -> None:
    write(tmp_path, EXAMPLE | PRINTING | {".git/HEAD": ""})
    assert codes(tmp_path / directory) == []


def test_a_project_among_tests_is_a_test(tmp_path: Path) -> None:
    write(tmp_path, FIXTURE | {".git/HEAD": ""})
    assert codes(tmp_path) == codes(tmp_path / "tests/data/shop") == []
    write(tmp_path, {"tests/data/shop/.flake8": "[flake8]\npyarch-ruff-aware = false\n"})
    assert codes(tmp_path) == []
    write(tmp_path, {"tests/data/shop/pyarch.toml": ""})
    assert codes(tmp_path) == REPORT


def test_with_settings_it_is_a_project_of_its_own(tmp_path: Path) -> None:
    write(tmp_path, EXAMPLE | PRINTING | {".git/HEAD": "", "examples/shop/pyproject.toml": "[tool.pyarch]\n"})
    assert codes(tmp_path) == REPORT


def test_with_a_repository_of_its_own_too(tmp_path: Path) -> None:
    write(tmp_path, EXAMPLE | PRINTING | {".git/HEAD": "", "examples/shop/.git/HEAD": ""})
    assert codes(tmp_path) == REPORT


def test_what_was_kept_is_not_taken_for_what_is(tmp_path: Path) -> None:
    write(tmp_path, EXAMPLE | PRINTING)
    root = tmp_path / "examples" / "shop"
    assert codes(root) == codes(root) == REPORT
    write(tmp_path, {".git/HEAD": ""})
    assert codes(root) == []
