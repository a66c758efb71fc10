"""An example in a repository is an example, though requirements of its own make it look like a project."""

from pathlib import Path

import pytest

from tests.cli.command import pyarch, write

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
