"""What a rule about the whole project may know of it."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from flake8_pyarch.files import read_file
from flake8_pyarch.settings import Settings
from flake8_pyarch.source import SourceTree
from flake8_pyarch.source.import_facts import TYPE_CHECKING_ONLY
from flake8_pyarch.source.module import is_test_path

if TYPE_CHECKING:
    from flake8_pyarch.graph import ImportGraph
    from flake8_pyarch.source.manifests.manifest import Manifest

__all__ = ["IMPORTS", "NOQA", "Collected", "ProjectFacts"]

IMPORTS = "imports"
"""What import facts are kept under: every file has them, whatever rules there are."""

NOQA = "noqa"
"""What is kept under it: where comments that name project rules silence what is found in the file by itself."""

Collected = Callable[[str, frozenset[str]], Mapping[str, Any]]
"""Gives, for the code of a rule, the absolute path of each file → what its `collect` returned there.

The names are what a file has to hold to be of interest; none if every file is.
"""


class ProjectFacts:
    """A project as a whole.

    Arguments:
        source_tree: its directories.
        collected: gives what the rules collected.
        in_flake8: whether it is Flake8 that asks.

    """

    def __init__(self, source_tree: SourceTree, collected: Collected, *, in_flake8: bool = False) -> None:
        self.source_tree = source_tree
        self.in_flake8 = in_flake8
        self._collected = cache(collected)

    @property
    def root(self) -> str:
        """The absolute path of the project."""
        return self.source_tree.root

    @property
    def settings(self) -> Settings:
        """The settings of the project."""
        return self.source_tree.settings

    @cached_property
    def imports(self) -> "ImportGraph":
        """Who imports whom, as far as the settings let imports count."""
        from flake8_pyarch.graph import ImportGraph  # noqa: PLC0415 - Flake8 does without

        graph = ImportGraph.of(self.collected(IMPORTS))
        if self.settings.type_checking_imports == "count":
            return graph
        return graph.keeping(lambda _importer, _imported, line: not line.kind & TYPE_CHECKING_ONLY)

    def collected(self, code: str, naming: Iterable[str] = ()) -> Iterator[tuple[str, Any]]:
        """Yield, in order of path, each file that the rule with this code collected something of, and what.

        Arguments:
            code: the code.
            naming: names of which a file that is of interest holds one; of others nothing need be known.

        """
        yield from sorted(self._collected(code, frozenset(naming)).items(), key=lambda item: item[0])

    def read(self, name: str) -> bytes | None:
        """Return the content of a file that is no Python, None where there is none or it cannot be read.

        Arguments:
            name: its path below the project's root: `poetry.lock`.

        """
        return self._content(self.path(name))

    def _content(self, path: str) -> bytes | None:
        self.source_tree.manifests.add(path)
        if not os.path.isfile(path):  # what a manifest names need not be a file, nor even a path
            return None
        try:
            return read_file(path)
        except OSError:
            return None

    def path(self, name: str) -> str:
        """Return the absolute path of the file whose path below the project's root is `name`."""
        return os.path.join(self.root, name)

    @cached_property
    def manifests(self) -> "tuple[Manifest, ...]":
        """Its manifests, the outermost first, with those of parts that share its settings."""
        from flake8_pyarch.source.manifests.manifest import read_manifests  # noqa: PLC0415 - few rules ask for them

        return read_manifests(self.root, self._content)

    @cached_property
    def has_manifests(self) -> bool:
        """Whether it has a manifest."""
        from flake8_pyarch.source.manifests.directories import (  # noqa: PLC0415 - few rules ask for them
            manifest_directories,
        )

        return any(True for _ in manifest_directories(self.root))

    def manifest_of(self, path: str) -> "Manifest | None":
        """Return the manifest of the file at the absolute `path`, the nearest upwards; None where there is none."""
        above = (each for each in self.manifests if path.startswith(os.path.join(each.directory, "")))
        return max(above, key=lambda manifest: len(manifest.directory), default=None)

    def services(self, code: str) -> "Iterator[Manifest]":
        """Yield the manifests of what may be a service: it requires FastAPI, or nothing at all, or its code imports it.

        Arguments:
            code: the code of a rule that collects something of each file that imports FastAPI.

        """
        for manifest in self.manifests:
            if manifest.may_be_service or any(self.manifest_of(path) is manifest for path, _ in self.collected(code)):
                yield manifest

    def is_locked_otherwise(self, manifest: "Manifest") -> bool:
        """Tell whether a part of the project without a `poetry.lock` is locked by another tool, or with the whole."""
        above = (each for each in self.manifests if manifest.directory.startswith(os.path.join(each.directory, "")))
        return manifest.is_locked_by_another or any(each.poetry_lock is not None for each in above)

    def is_test(self, path: str) -> bool:
        """Tell whether the file at an absolute path is a test, or stands among tests."""
        return is_test_path(self.source_tree.relative_parts(path))
