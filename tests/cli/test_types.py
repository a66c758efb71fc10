"""`pyarch types` is the mypy beside it; what that does is shown in tests/mypy/test_command.py."""

import subprocess
import sys
from pathlib import Path

import pytest

from flake8_pyarch.cli import types
from tests.cli.command import pyarch, write
from tests.mypy.use_cases import LEND, NOT_SET


def run(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "flake8_pyarch", "types", *words]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


def test_paths_and_words_for_mypy(tmp_path: Path) -> None:
    write(tmp_path, {"shop.py": LEND, "other.py": "1 + ''\n"})
    ran = run(tmp_path, "shop.py", "--", "--check-untyped-defs", "--no-error-summary")
    assert (ran.stdout, ran.stderr, ran.returncode) == (f"shop.py:14: {NOT_SET}\nshop.py:18: {NOT_SET}\n", "", 1)
    ran = run(tmp_path, "missing.py")
    assert ran.returncode == 2
    assert "missing.py: error: Cannot read file" in ran.stderr


def test_options_of_mypy_come_after_two_dashes(tmp_path: Path) -> None:
    ran = pyarch("types", "--strict", cwd=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert (
        ran.err == "pyarch: error: command line: unknown option '--strict'; `pyarch types --help` lists the options\n"
    )


def test_help(tmp_path: Path) -> None:
    ran = pyarch("types", "--help", cwd=tmp_path)
    assert ran.code == 0
    assert ran.out.startswith("usage: pyarch types [PATH ...] [-- MYPY ARGUMENTS]\n")


def test_without_mypy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(types, "find_spec", lambda _: None)
    ran = pyarch("types", cwd=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "pyarch: error: pyarch types: mypy is not installed here: pip install mypy\n"


def test_this_process_imports_no_mypy() -> None:
    code = "import sys, flake8_pyarch.cli.types; print('mypy' in sys.modules, 'flake8' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "False False\n"
