"""Small projects for the tests of the source model."""

import ast
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from flake8_pyarch.settings import Source, resolve
from flake8_pyarch.source import Location, Module, SourceTree

__all__ = ["Project", "write"]


def write(root: Path, paths: Iterable[str]) -> None:
    """Write empty files; a path that ends with a slash is a directory."""
    for path in paths:
        place = root / path
        if path.endswith("/"):
            place.mkdir(parents=True, exist_ok=True)
        else:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.touch()


class Project:
    """A project on disk.

    Arguments:
        root: where it lies.
        paths: its files, parted by whitespace; they are written empty.
        settings: the content of `[tool.pyarch]`.

    """

    def __init__(self, root: Path, paths: str = "", **settings: Any) -> None:
        self.root = root
        write(root, paths.split())
        stated = {key.replace("_", "-"): value for key, value in settings.items()}
        self.tree = SourceTree(str(root), resolve([Source("the test", stated)]))

    def location(self, path: str) -> Location:
        return self.tree.location(str(self.root / path))

    def name(self, path: str) -> str:
        return self.location(path).name

    def layer(self, path: str) -> str | None:
        """Return the layer of a file, `composition` for a composition module."""
        place = self.tree.place(self.location(path))
        return "composition" if place.is_composition else place.layer

    def found(self, dotted: str, importer: str) -> str | None:
        """Return the name of what a dotted name leads to, as seen from a file."""
        location = self.tree.find(dotted, self.location(importer))
        return None if location is None else location.name

    def origin(self, dotted: str, importer: str) -> str:
        return self.tree.origin(dotted, self.location(importer)).name

    def module(self, path: str, text: str) -> Module:
        """Return a module with `text`, which need not be on disk."""
        return Module(str(self.root / path), ast.parse(text), text.splitlines(keepends=True), self.tree)
