"""The `pyarch` command, run in this process as a shell would run it."""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import NamedTuple
from unittest import mock

from flake8_pyarch.cli import main
from flake8_pyarch.settings.reading import forget_settings
from tests.files import write_files

__all__ = ["Run", "pyarch", "tree", "write"]


class Run(NamedTuple):
    """What a run came to."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """The lines of stdout."""
        return self.out.splitlines()


class _Terminal(TextIOWrapper):
    def isatty(self) -> bool:
        return True

    def fileno(self) -> int:
        return -1


def pyarch(
    *words: str | Path,
    cwd: Path,
    stdin: bytes = b"",
    environment: Mapping[str, str] | None = None,
    terminal: bool = False,
) -> Run:
    """Run the command in a directory.

    Arguments:
        words: the words after `pyarch`.
        cwd: the working directory.
        stdin: what is piped into it.
        environment: variables beside those there are; NO_COLOR and FORCE_COLOR are not inherited.
        terminal: whether stdout and stderr are a terminal.

    """
    kind = _Terminal if terminal else TextIOWrapper
    written = BytesIO(), BytesIO()
    out, err = (kind(stream, encoding="utf-8", errors="backslashreplace", newline="") for stream in written)
    variables = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "FORCE_COLOR"}}
    forget_settings()
    with (
        _in_directory(cwd),
        mock.patch.dict(os.environ, {**variables, **(environment or {})}, clear=True),
        mock.patch.object(sys, "stdin", TextIOWrapper(BytesIO(stdin), encoding="utf-8")),
        mock.patch.object(sys, "stdout", out),
        mock.patch.object(sys, "stderr", err),
        mock.patch.object(os, "get_terminal_size", return_value=os.terminal_size((100, 40))),
    ):
        try:
            code = main([str(word) for word in words])
        except SystemExit as end:
            code = int(end.code or 0)
        out.flush()
        err.flush()
    return Run(code, *(stream.getvalue().decode() for stream in written))


@contextmanager
def _in_directory(directory: Path) -> Iterator[None]:
    before = os.getcwd()
    os.chdir(directory)
    try:
        yield
    finally:
        os.chdir(before)


def write(root: Path, files: Mapping[str, str | bytes]) -> None:
    """Write files below `root`: path → content."""
    write_files(root, files)


def tree(root: Path) -> dict[str, bytes]:
    """Return the files below `root`, those of the cache left out: path → content."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".pyarch_cache" not in path.parts
    }
