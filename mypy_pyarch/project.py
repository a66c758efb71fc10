"""The project that mypy is at work on, as the linter sees it: the layers of its modules, and what their text holds."""

import os
from functools import cached_property

from flake8_pyarch.settings import Settings
from flake8_pyarch.source import Module, SourceTree
from flake8_pyarch.source.layers import Place
from flake8_pyarch.source.module import is_test_path
from flake8_pyarch.source.text import LazyLines, SourceText, UnparsableError
from mypy_pyarch.sources import Source, Sources

__all__ = ["Project"]


class Project:
    """The files of one project.

    Arguments:
        root: its absolute path.
        settings: its settings.
        sources: the files of the run.

    """

    def __init__(self, root: str, settings: Settings, sources: Sources) -> None:
        self.settings = settings
        self._root = root
        self._sources = sources
        self._modules: dict[str, tuple[Source, Module | None]] = {}

    @cached_property
    def _tree(self) -> SourceTree:
        return SourceTree(self._root, self.settings)

    def place(self, path: str) -> Place:
        """Return what the file at `path` is by where it stands."""
        return self._tree.place(self._tree.location(os.path.abspath(path)))

    def is_test(self, path: str) -> bool:
        """Tell whether the file at `path` is a test, or stands among tests."""
        return is_test_path(self._tree.relative_parts(os.path.abspath(path)))

    def directories(self, path: str) -> tuple[str, ...]:
        """Return the directories that the file at `path` stands in, from the project's root down."""
        return self._tree.relative_parts(os.path.abspath(path))[:-1]

    def module(self, path: str) -> Module | None:
        """Return the file at `path`, None where it cannot be parsed; the same object, as long as its text is."""
        source = self._sources.of(path)
        known = self._modules.get(path)
        if known is None or known[0] is not source:
            known = self._modules[path] = source, self._read(path, source)
        return known[1]

    def _read(self, path: str, source: Source) -> Module | None:
        text = SourceText(source.text)
        try:
            return Module(os.path.abspath(path), text.parse(), LazyLines(text), self._tree)
        except UnparsableError:
            return None
