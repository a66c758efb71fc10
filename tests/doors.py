"""Flake8 and `pyarch`, run in this process."""

import contextlib
import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from flake8.main.cli import main as flake8_main

from flake8_pyarch.cli import main as pyarch_main
from flake8_pyarch.settings import forget_settings

__all__ = ["Run", "flake8", "pyarch"]


class Run(NamedTuple):
    """What a command came to."""

    returncode: int
    stdout: str
    stderr: str


def flake8(root: Path, *arguments: str) -> Run:
    """Run Flake8 in this process."""
    return _run(flake8_main, root, ["--isolated", "--jobs", "1", *arguments])


def pyarch(root: Path, *arguments: str) -> Run:
    """Run `pyarch` in this process."""
    return _run(pyarch_main, root, arguments)


def _run(main: Callable[[Sequence[str]], int], root: Path, arguments: Sequence[str]) -> Run:
    forget_settings()
    output, errors = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2))
    with contextlib.chdir(root), contextlib.redirect_stdout(output), contextlib.redirect_stderr(errors):
        returncode = main(arguments)
    texts = []
    for stream in (output, errors):
        stream.flush()
        stream.seek(0)
        texts.append(stream.read())
    return Run(returncode, *texts)
