"""The directories of a project: what module a file is, and what file a dotted name is."""

import os
import sys
from enum import Enum, auto
from functools import cached_property
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from flake8_pyarch.files import matching_paths
from flake8_pyarch.settings import Layer, Settings, settings_file
from flake8_pyarch.source.inputs import Input, InputKind
from flake8_pyarch.source.layers import LayerMap, Place
from flake8_pyarch.source.outlines import Outline, base_names_in, read_outline_of

if TYPE_CHECKING:
    from flake8_pyarch.source.module import Module

__all__ = ["Location", "Origin", "SourceTree"]

_DEEPEST_PYTHON = 4
_WITHOUT_SOURCE = frozenset({"__pycache__", "node_modules"})


class Origin(Enum):
    """Where an imported package comes from."""

    STANDARD_LIBRARY = auto()
    FIRST_PARTY = auto()
    THIRD_PARTY = auto()


class Listing(NamedTuple):
    """What one directory holds that can be imported."""

    packages: frozenset[str] = frozenset()
    modules: frozenset[str] = frozenset()

    def holds(self, name: str) -> bool:
        """Tell whether there is a package or a module of this name."""
        return name in self.packages or name in self.modules


class Location(NamedTuple):
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

    def contains(self, other: "Location") -> bool:
        """Tell whether this is a package and `other` is it or stands below it."""
        return self.is_package and self.root == other.root and self.parts == other.parts[: len(self.parts)]


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
        self.consulted: set[Input] = set()
        """The files that facts were taken from, as far as nobody has cleared it."""
        self.manifests: set[str] = set()
        """The files that rules about the whole project asked for, there or not."""
        self.opened: dict[str, Module] = {}
        """The other files that the check of one file has parsed as a whole, by path."""
        self._outlines: dict[Location, Outline | None] = {}
        self._base_names: dict[str, frozenset[str]] = {}
        self._declared: dict[str, frozenset[str]] = {}
        self._with_python: dict[str, bool] = {}
        self._found: dict[tuple[str, str], Location | None] = {}
        self._unlisted_roots: dict[tuple[str, tuple[str, ...]], tuple[int, ...]] = {}
        self._roots = self._source_roots()
        self._guesses_roots = settings.src == Settings().src
        self._layers = LayerMap(settings, self)

    def _source_roots(self) -> list[str]:
        found = {path for pattern in self.settings.src for path in self._roots_by(pattern)}
        return sorted(sorted(found), key=len, reverse=True)

    def _roots_by(self, pattern: str) -> list[str]:
        return [path for path in matching_paths(self.root, pattern) if os.path.isdir(path)]

    @property
    def roots(self) -> tuple[str, ...]:
        """The absolute paths of the source roots, the longest first."""
        return tuple(self._roots)

    @cached_property
    def surroundings(self) -> tuple[str, ...]:
        """The directories between the top of the repository and the project; none where the project has settings.

        An example with requirements of its own looks like a project, and is an example all the same.
        """
        if settings_file(self.root) is not None:
            return ()
        above = self.root
        while not os.path.exists(os.path.join(above, ".git")):
            if os.path.dirname(above) == above:
                return ()
            above = os.path.dirname(above)
        return _below(self.root, above) or ()

    @property
    def missing_roots(self) -> list[str]:
        """The entries of the `src` setting that match no directory, as far as it is not the default."""
        return [] if self._guesses_roots else [each for each in self.settings.src if not self._roots_by(each)]

    def is_in_package(self, location: Location, package: str) -> bool:
        """Tell whether an entry of a `packages` setting, a directory name or a pattern, covers a module."""
        return self._layers.is_in_package(location, package)

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
        dotted = max((depth for depth, part in enumerate(parts) if "." in part), default=None)
        if dotted is not None:
            # No import leads through a directory with a dot in its name: what lies below it starts from there.
            root = os.path.join(root, *parts[: dotted + 1])
            parts = parts[dotted + 1 :]
        if stem == "__init__" and parts:
            return Location(root, parts, is_package=True)
        return Location(root, (*parts, stem), is_package=False)

    @property
    def listed_names(self) -> dict[str, list[str]]:
        """The directories that have been looked at, each with what it holds; directories end with a slash."""
        return {directory: _names(listing) for directory, listing in self._listings.items()}

    def names_in(self, directory: str) -> list[str]:
        """Return what a directory holds that can be imported; directories end with a slash."""
        return _names(self.listing(directory))

    def listing(self, directory: str) -> Listing:
        """Return what `directory` holds; nothing where it cannot be read."""
        listing = self._listings.get(directory)
        if listing is None:
            packages, modules = set(), set()
            try:
                with os.scandir(directory) as entries:
                    for entry in entries:
                        if _is_directory(entry):
                            if entry.name.isidentifier() and entry.name not in _WITHOUT_SOURCE:
                                packages.add(entry.name)
                        elif entry.name.endswith((".py", ".pyi")):
                            modules.add(entry.name.rpartition(".")[0])
            except OSError:
                packages.clear()
                modules.clear()
            listing = self._listings[directory] = Listing(frozenset(packages), frozenset(modules))
        return listing

    def holds_python(self, directory: str) -> bool:
        """Tell whether a Python file lies in `directory` or not too deep below it."""
        known = self._with_python.get(directory)
        if known is None:
            known = self._with_python[directory] = self._reaches_python(directory)
        return known

    def _reaches_python(self, directory: str) -> bool:
        level = [directory]
        for _ in range(_DEEPEST_PYTHON + 1):
            below = []
            for path in level:
                listing = self.listing(path)
                if listing.modules:
                    return True
                below += [os.path.join(path, name) for name in listing.packages]
            level = below
        return False

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
        segments = dotted.split(".")
        unlisted = self._from_unlisted_root(segments, importer)
        if unlisted is not None:
            return unlisted
        key = (dotted, importer.root)
        if key not in self._found:
            self._found[key] = self._from_source_root(segments, importer)
        return self._found[key]

    def _from_source_root(self, segments: list[str], importer: Location) -> Location | None:
        """Find a name below a source root, the importer's own first.

        A regular package ends the search, as it does Python's; of namespace packages the one that leads farthest wins.
        """
        best: Location | None = None
        for root in dict.fromkeys((importer.root, *self._roots)):
            location = self._descend(root, segments)
            if location is not None and (best is None or len(location.parts) > len(best.parts)):
                best = location
                if len(location.parts) == len(segments) or not self._is_namespace(location):
                    break
        return best and self._below_longest_root(best)

    def _is_namespace(self, location: Location) -> bool:
        ends = range(1, len(location.parts) + 1)
        return location.is_package and not any(self._is_regular(location.root, location.parts[:end]) for end in ends)

    def _below_longest_root(self, location: Location) -> Location:
        """Return the place that the module's own file has, which a longer source root may contain."""
        path = os.path.join(location.root, *location.parts)
        for root in self._roots:
            parts = _below(path, root) if len(root) > len(location.root) else None
            if parts:
                return Location(root, parts, location.is_package)
        return location

    def _from_unlisted_root(self, segments: list[str], importer: Location) -> Location | None:
        """Find a name below a directory that the settings do not list but that must be a source root.

        A service in a directory of its own (`services/orders/app/…`, imported as `app`) stands under no source root.
        A name that leads to no more than a directory proves nothing: it may be that of a distribution (`redis/`).
        """
        for depth in self._roots_round(importer):
            root = os.path.join(importer.root, *importer.parts[:depth])
            is_own = segments[0] == importer.parts[depth]
            if is_own or self._is_regular(root, importer.parts[depth : depth + 1]):
                location = self._descend(root, segments)
                is_service = is_own and self.place(importer).application_package is not None
                if location is not None and (is_service or len(location.parts) > 1):
                    return Location(importer.root, importer.parts[:depth] + location.parts, location.is_package)
        return None

    def _roots_round(self, importer: Location) -> tuple[int, ...]:
        """Return how many segments of the importer's name lead to what may be a source root, the nearest first.

        It is no package, nor part of an application package, nor the importer's own directory.
        """
        if not self._guesses_roots or (importer.root != self.root and importer.root in self._roots):
            return ()
        directories = importer.parts if importer.is_package else importer.parts[:-1]
        key = (importer.root, directories)
        known = self._unlisted_roots.get(key)
        if known is None:
            application = self.place(importer).application_package
            end = len(directories) if application is None else min(len(directories), application.count(".") + 1)
            depths = takewhile(lambda n: not self._is_regular(importer.root, directories[:n]), range(1, end))
            known = self._unlisted_roots[key] = tuple(depths)[::-1]
        return known

    def _is_regular(self, root: str, parts: tuple[str, ...]) -> bool:
        """Tell whether the package has an `__init__.py`."""
        return "__init__" in self.listing(os.path.join(root, *parts)).modules

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
        return len(segments) > 1 and self.listing(directory).holds(segments[1])

    def file(self, location: Location) -> str:
        """Return the absolute path of a module's file."""
        path = os.path.join(location.root, *location.parts)
        return os.path.join(path, "__init__.py") if location.is_package else f"{path}.py"

    def outline(self, location: Location) -> Outline | None:
        """Return what other files may know of a module, None where its file cannot be read. Reads each file once."""
        path = self.file(location)
        self.consulted.add(Input(InputKind.FILE, path))
        if location not in self._outlines:
            package = location.parts if location.is_package else location.parts[:-1]
            self._outlines[location] = read_outline_of(path, location.name, ".".join(package))
        return self._outlines[location]

    def origins_of(self, name: str, importer: Location) -> list[tuple[str | None, Location]]:
        """Return what a class of the project derives from, one step on, each with the module that says so.

        A name that a module imports leads to where it is imported from, one that a function returned to the function,
        and what cannot be told to None. Reads the module.
        """
        home = self.find(name, importer)
        outline = self.outline(home) if home is not None else None
        if home is None or outline is None or name.split(".")[-2:-1] != [*home.parts[-1:]]:
            return [(None, importer)]
        return [(origin, home) for origin in outline.origins(name.rpartition(".")[2])]

    def is_derived_from(self, name: str, importer: Location) -> bool:
        """Tell whether a class, in the importer's top-level package and its tests left out, names `name` as a base.

        Files are searched as text, each once, and only when a rule has to know.
        """
        if len(importer.parts) == 1 and not importer.is_package:
            return False
        directory = os.path.join(importer.root, importer.parts[0])
        code = Input(InputKind.CODE_BELOW, directory)
        self.consulted.add(code)
        names = self._base_names.get(directory)
        if names is None:
            names = self._base_names[directory] = base_names_in(code.files())
        return name in names

    def declares(self, distribution: str, path: str) -> bool:
        """Tell whether a manifest, from the directory of the file at `path` up to the project's root, declares one."""
        directory = os.path.dirname(path)
        found = False
        while True:
            manifests = Input(InputKind.MANIFESTS, directory)
            self.consulted.add(manifests)
            if directory not in self._declared:
                from flake8_pyarch.source.manifests.declared_names import (  # noqa: PLC0415 - not every run asks
                    declared_names,
                )

                self._declared[directory] = declared_names(manifests.files())
            found = found or distribution in self._declared[directory]
            parent = os.path.dirname(directory)
            if directory in {self.root, parent} or not directory.startswith(self.root):
                return found
            directory = parent

    def forbids(self, layer: Layer, target: Place) -> bool:
        """Tell whether a module of `layer` may not import one at `target`."""
        return self._layers.forbids(layer, target)

    def place(self, location: Location) -> Place:
        """Return the layer of a module and whether it is a composition module."""
        return self._layers.place(location)


def _is_directory(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a symbolic link that leads in a circle
        return False


def _below(path: str, root: str) -> tuple[str, ...] | None:
    if path == root:
        return ()
    prefix = root if root.endswith(os.sep) else root + os.sep
    return tuple(path.removeprefix(prefix).split(os.sep)) if path.startswith(prefix) else None


def _names(listing: Listing) -> list[str]:
    return [*(f"{name}/" for name in listing.packages), *listing.modules]
