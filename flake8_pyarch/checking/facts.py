"""What a rule about the whole project may know of it."""

import os
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from flake8_pyarch.settings import Settings
from flake8_pyarch.source import SourceTree

__all__ = ["Collected", "ProjectFacts"]

Collected = Callable[[str], Mapping[str, Any]]
"""Gives, for the code of a rule, the absolute path of each file → what its `collect` returned there."""


class ProjectFacts:
    """A project as a whole.

    Arguments:
        source_tree: its directories.
        collected: gives what the rules collected.

    """

    def __init__(self, source_tree: SourceTree, collected: Collected) -> None:
        self.source_tree = source_tree
        self._collected = collected

    @property
    def root(self) -> str:
        """The absolute path of the project."""
        return self.source_tree.root

    @property
    def settings(self) -> Settings:
        """The settings of the project."""
        return self.source_tree.settings

    def collected(self, code: str) -> Iterator[tuple[str, Any]]:
        """Yield, in order of path, each file that the rule with this code collected something of, and what."""
        yield from sorted(self._collected(code).items(), key=lambda item: item[0])

    def read(self, name: str) -> bytes | None:
        """Return the content of a file that is no Python, None where there is none or it cannot be read.

        Arguments:
            name: its path below the project's root: `poetry.lock`.

        """
        path = self.path(name)
        self.source_tree.manifests.add(path)
        try:
            with open(path, "rb") as file:
                return file.read()
        except OSError:
            return None

    def path(self, name: str) -> str:
        """Return the absolute path of the file whose path below the project's root is `name`."""
        return os.path.join(self.root, name)
