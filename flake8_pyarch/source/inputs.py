"""What the findings in a file depend on beside the file itself."""

import os
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

__all__ = ["Input", "InputKind"]

_NOT_CODE = frozenset({"test", "tests"})


class InputKind(StrEnum):
    """Which files an input is."""

    FILE = "file"
    """The file at its path, there or not."""

    CODE_BELOW = "code-below"
    """The Python files below the directory at its path, tests left out."""

    MANIFESTS = "manifests"
    """The files in the directory at its path that declare what a project depends on."""


class Input(NamedTuple):
    """Files that the findings in another file depend on.

    Arguments:
        kind: which files.
        path: the absolute path of the file, or of the directory that holds them.

    """

    kind: InputKind
    path: str

    def files(self) -> list[str]:
        """Return the absolute paths of the files, as far as they are there; a single file's even if it is not."""
        if self.kind is InputKind.FILE:
            return [self.path]
        if self.kind is InputKind.MANIFESTS:
            return sorted(os.path.join(self.path, name) for name in _names_in(self.path) if _is_manifest(name))
        return sorted(
            os.path.join(directory, name)
            for directory, _, names in self._code_directories()
            for name in names
            if name.endswith(".py") and not name.startswith("test_")
        )

    def directories(self) -> list[str]:
        """Return the absolute paths of the directories in which a new file would be one more of these."""
        if self.kind is InputKind.FILE:
            return []
        if self.kind is InputKind.MANIFESTS:
            return [self.path]
        return [directory for directory, _, _ in self._code_directories()]

    def _code_directories(self) -> Iterator[tuple[str, list[str], list[str]]]:
        for directory, below, names in os.walk(self.path):
            below[:] = [name for name in below if name.isidentifier() and name not in _NOT_CODE]
            yield directory, below, names


def _names_in(directory: str) -> list[str]:
    try:
        return os.listdir(directory)
    except OSError:
        return []


def _is_manifest(name: str) -> bool:
    return name == "pyproject.toml" or (name.startswith("requirements") and name.endswith((".txt", ".in")))
