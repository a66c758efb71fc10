"""The directories of a project: what module a file is, and what file a dotted name is."""

import os
import sys
from dataclasses import dataclass
from enum import Enum, auto

from flake8_pyarch.settings import Layer, Settings
from flake8_pyarch.source.layers import LayerMap, Place

__all__ = ["Location", "Origin", "SourceTree"]


class Origin(Enum):
    """Where an imported package comes from."""

    STANDARD_LIBRARY = auto()
    FIRST_PARTY = auto()
    THIRD_PARTY = auto()


@dataclass(frozen=True, slots=True)
class Listing:
    """What one directory holds that can be imported."""

    packages: frozenset[str] = frozenset()
    modules: frozenset[str] = frozenset()

    def __contains__(self, name: str) -> bool:
        return name in self.packages or name in self.modules


@dataclass(frozen=True, slots=True)
class Location:
    """A module's place below a source root.

    Arguments:
        root: the absolute path of the source root.
        parts: the segments of the dotted name.
        is_package: whether it is a directory (its `__init__.py`) rather than a file.

    """

    root: str
    parts: tuple[str, ...]
    is_package: bool

    @property
    def name(self) -> str:
        """The dotted name."""
        return ".".join(self.parts)


class SourceTree:
    """What the files of one project may know of each other's places. Lists each directory once.

    Arguments:
        root: the absolute path of the project.
        settings: the project's settings.

    """

    def __init__(self, root: str, settings: Settings) -> None:
        self.root = root
        self.settings = settings
        self._listings: dict[str, Listing] = {}
        self._with_python: dict[str, bool] = {}
        self._found: dict[tuple[str, str | None], Location | None] = {}
        self._roots = self._source_roots()
        self._layers = LayerMap(settings, self)

    def _source_roots(self) -> list[str]:
        found: dict[str, None] = {}
        for pattern in self.settings.src:
            path = os.path.normpath(os.path.join(self.root, pattern))
            if any(wildcard in pattern for wildcard in "*?["):
                import glob  # noqa: PLC0415 - needed only where the setting has a wildcard

                found.update(dict.fromkeys(sorted(filter(os.path.isdir, glob.glob(path, recursive=True)))))
            elif os.path.isdir(path):
                found[path] = None
        return sorted(found, key=len, reverse=True)

    def relative_parts(self, path: str) -> tuple[str, ...]:
        """Return the segments of `path` below the project's root, or of the whole path where it lies outside."""
        below = _below(path, self.root)
        return below if below is not None else tuple(part for part in path.split(os.sep) if part)

    def location(self, path: str) -> Location:
        """Return the place of the file at the absolute `path`: below the longest source root that contains it."""
        stem, _ = os.path.splitext(os.path.basename(path))
        directory = os.path.dirname(path)
        root = next((root for root in self._roots if _below(directory, root) is not None), directory)
        parts = _below(directory, root) or ()
        if stem == "__init__" and parts:
            return Location(root, parts, is_package=True)
        return Location(root, (*parts, stem), is_package=False)

    def listing(self, directory: str) -> Listing:
        """Return what `directory` holds; nothing where it cannot be read."""
        listing = self._listings.get(directory)
        if listing is None:
            packages, modules = set(), set()
            try:
                with os.scandir(directory) as entries:
                    for entry in entries:
                        if entry.is_dir():
                            packages.add(entry.name)
                        elif entry.name.endswith((".py", ".pyi")):
                            modules.add(entry.name.rpartition(".")[0])
            except OSError:
                packages.clear()
                modules.clear()
            listing = self._listings[directory] = Listing(frozenset(packages), frozenset(modules))
        return listing

    def holds_python(self, directory: str, depth: int = 4) -> bool:
        """Tell whether a Python file lies in `directory` or, at most `depth` directories deep, below it."""
        known = self._with_python.get(directory)
        if known is None:
            listing = self.listing(directory)
            known = bool(listing.modules) or (
                depth > 0
                and any(
                    self.holds_python(os.path.join(directory, name), depth - 1)
                    for name in sorted(listing.packages)
                    if name.isidentifier()
                )
            )
            self._with_python[directory] = known
        return known

    def origin(self, dotted: str, importer: Location) -> Origin:
        """Return where the top-level package of an absolute dotted name comes from."""
        top = dotted.partition(".")[0]
        if top in sys.stdlib_module_names:
            return Origin.STANDARD_LIBRARY
        return Origin.THIRD_PARTY if self.find(dotted, importer) is None else Origin.FIRST_PARTY

    def find(self, dotted: str, importer: Location) -> Location | None:
        """Return the first-party module that an absolute dotted name leads to, or None.

        Where only the beginning of the name exists, that is the answer: `shop.models` for `shop.models.Order`.
        """
        if not dotted:
            return None
        key = (dotted, importer.root)
        if key not in self._found:
            roots = [importer.root, *(root for root in self._roots if root != importer.root)]
            located = (self._descend(root, dotted.split(".")) for root in roots)
            self._found[key] = next(filter(None, located), None)
        found = self._found[key]
        return found if found is not None else self._from_own_top(dotted, importer)

    def _from_own_top(self, dotted: str, importer: Location) -> Location | None:
        """Find a name that starts at a directory round the importer, which so shows to be importable.

        A service in a directory of its own (`services/orders/app/…`, imported as `app`) stands under no source root.
        """
        segments = dotted.split(".")
        if segments[0] not in importer.parts[:-1] or self.settings.src != Settings().src:
            return None
        place = importer.parts.index(segments[0])
        return self._descend(os.path.join(importer.root, *importer.parts[:place]), segments)

    def _descend(self, root: str, segments: list[str]) -> Location | None:
        directory = root
        for depth, segment in enumerate(segments):
            listing = self.listing(directory)
            if segment in listing.packages:
                below = os.path.join(directory, segment)
                regular = "__init__" in self.listing(below).modules
                if regular or (segment not in listing.modules and self.holds_python(below)):
                    if depth == 0 and not regular and not self._leads_on(below, segments):
                        # A directory such as `alembic/` beside a distribution of that name.
                        return None
                    directory = below
                    continue
            if segment in listing.modules:
                return Location(root, tuple(segments[: depth + 1]), is_package=False)
            return Location(root, tuple(segments[:depth]), is_package=True) if depth else None
        return Location(root, tuple(segments), is_package=True)

    def _leads_on(self, directory: str, segments: list[str]) -> bool:
        return len(segments) > 1 and segments[1] in self.listing(directory)

    def forbids(self, layer: Layer, target: Place) -> bool:
        """Tell whether a module of `layer` may not import one at `target`."""
        return self._layers.forbids(layer, target)

    def place(self, location: Location) -> Place:
        """Return the layer of a module and whether it is a composition module."""
        return self._layers.place(location)


def _below(path: str, root: str) -> tuple[str, ...] | None:
    if path == root:
        return ()
    prefix = root if root.endswith(os.sep) else root + os.sep
    return tuple(path.removeprefix(prefix).split(os.sep)) if path.startswith(prefix) else None
