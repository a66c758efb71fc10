"""Projects on disk for the tests of the command, and the command run over them in this process."""

import os
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from flake8_pyarch.cli import main
from flake8_pyarch.settings import forget_settings
from tests.files import write_files

__all__ = ["SHOP", "age", "check", "write"]

SHOP = dict.fromkeys(
    [
        "pyproject.toml",
        *(f"shop/{name}/__init__.py" for name in ("domain", "usecases", "api", "persistence", "config")),
        "shop/__init__.py",
    ],
    "",
)
"""The skeleton of a project, path → text."""


def write(root: Path, files: Mapping[str, str | bytes]) -> None:
    """Write files below `root`, old enough for a time stamp to tell a later change."""
    write_files(root, files)
    age(root)


def age(root: Path) -> None:
    """Give everything below `root` a time stamp of a minute ago, our cache apart."""
    past = time.time() - 60
    for directory, below, names in os.walk(root, topdown=False):
        below[:] = [name for name in below if name != ".pyarch_cache"]
        for name in (*names, "."):
            os.utime(os.path.join(directory, name), (past, past), follow_symlinks=False)


def check(*arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """Run `pyarch check` in this process and return its exit code, its output and its errors."""
    forget_settings()
    capsys.readouterr()
    code = main(["check", "--jobs=1", *arguments])
    out, err = capsys.readouterr()
    return code, out, err
