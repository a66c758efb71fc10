"""The files that hold Ruff's settings, as they state them."""

import os
from collections.abc import Mapping
from functools import cached_property
from typing import Any, NamedTuple

from flake8_pyarch.files import read_file
from flake8_pyarch.settings.errors import reason_of
from flake8_pyarch.settings.ruff.errors import RuffError

__all__ = ["RuffFile", "Selection", "ruff_chain", "ruff_table", "typed"]


class Selection(NamedTuple):
    """What one file selects.

    Arguments:
        origin: its path.
        select: the selectors that replace what was selected before, None where nothing does.
        extend_select: those that add to it.
        ignore: those that take from it.

    """

    origin: str
    select: list[str] | None
    extend_select: list[str]
    ignore: list[str]


class RuffFile:
    """A file with settings of Ruff.

    Arguments:
        path: its absolute path.
        table: the settings.

    """

    def __init__(self, path: str, table: Mapping[str, Any]) -> None:
        self.path = path
        self.directory = os.path.dirname(path)
        self._table = table
        self._lint: Mapping[str, Any] = self.top("lint", dict) or {}

    def top(self, key: str, kind: type) -> Any:
        """Return a setting of Ruff as a whole, None where it is not stated."""
        return typed(self._table, key, kind, self.path)

    def lint(self, key: str, kind: type) -> Any:
        """Return a setting of the linter, None where it is not stated."""
        return typed(self._lint, key, kind, self.path)

    def lint_or_top(self, key: str, kind: type) -> Any:
        """Return a setting of the linter that used to stand at the top and still may."""
        value = self.lint(key, kind)
        return self.top(key, kind) if value is None else value

    @cached_property
    def selection(self) -> Selection:
        """What it selects."""
        extend_select = self.lint_or_top("extend-select", list) or []
        ignore = [*(self.lint_or_top("ignore", list) or ()), *(self.lint_or_top("extend-ignore", list) or ())]
        return Selection(self.path, self.lint_or_top("select", list), extend_select, ignore)


def ruff_chain(path: str, visited: list[str]) -> list[RuffFile]:
    """Return the file at `path`, then the one it extends, and so on.

    Arguments:
        path: its absolute path.
        visited: where the path of each file is put before it is read.

    Raises:
        RuffError: one of them cannot be read, or extends itself.

    """
    chain: list[RuffFile] = []
    while True:
        if path in visited:
            problem = f"{path} extends itself"
            raise RuffError(problem)
        visited.append(path)
        file = RuffFile(path, ruff_table(path) or {})
        chain.append(file)
        extended = file.top("extend", str)
        if extended is None:
            return chain
        path = os.path.normpath(os.path.join(file.directory, os.path.expandvars(os.path.expanduser(extended))))


def ruff_table(path: str) -> Mapping[str, Any] | None:
    """Return the settings in the file at `path`, None for a `pyproject.toml` that has none.

    Raises:
        RuffError: it cannot be read.

    """
    try:
        content = read_file(path)
        is_pyproject = os.path.basename(path) == "pyproject.toml"
        if is_pyproject and b"ruff" not in content:
            return None
        import tomllib  # noqa: PLC0415 - only where there is something to parse

        table = tomllib.loads(content.decode())
    except (OSError, RecursionError, ValueError) as error:
        problem = f"{path} cannot be read: {reason_of(error)}"
        raise RuffError(problem) from error
    if not is_pyproject:
        return table
    tool: Mapping[str, Any] = typed(table, "tool", dict, path) or {}
    found: Mapping[str, Any] | None = typed(tool, "ruff", dict, path)
    return found


def typed(table: Mapping[str, Any], key: str, kind: type, path: str) -> Any:
    """Return the value of a key, None where there is none; the entries of a list must be texts.

    Raises:
        RuffError: it is of another kind.

    """
    value = table.get(key)
    is_right = isinstance(value, kind)
    if isinstance(value, list):
        is_right = is_right and all(isinstance(each, str) for each in value)
    if value is not None and not is_right:
        problem = f"{path}: '{key}' is not what Ruff expects there"
        raise RuffError(problem)
    return value
