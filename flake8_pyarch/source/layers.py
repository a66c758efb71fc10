"""Which layer a module belongs to, and whether it is a composition module.

Bare directory names mislead, so a name counts only directly below an *application package*: a directory that holds
names of two different rings, one of them strong. See `docs/layers.md`.
"""

import os
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from flake8_pyarch.settings import LAYERS, Layer, Settings

if TYPE_CHECKING:
    from flake8_pyarch.source.tree import Location, SourceTree

__all__ = ["LayerMap", "Place"]

_ONLY_MODULES = frozenset({"__main__", "main", "application", "app", "asgi", "wsgi"})
"""Composition names that count for a module alone: packages of these names hold whole services."""

_OUTBOUND = frozenset({"outbound", "output", "driven"})
_CLOSED_TO_COMPOSITION = frozenset({Layer.DOMAIN, Layer.APPLICATION})
_INFRASTRUCTURE_REFINEMENTS = (Layer.API, Layer.PERSISTENCE, Layer.EXTERNAL)


class Place(NamedTuple):
    """What a module is by where it stands.

    Arguments:
        layer: its layer, or None.
        is_composition: whether it wires parts together; it then has no layer.
        application_package: the dotted name of the package whose layers it belongs to, or None.

    """

    layer: Layer | None = None
    is_composition: bool = False
    application_package: str | None = None


class LayerMap:
    """The layers of one project."""

    def __init__(self, settings: Settings, tree: "SourceTree") -> None:
        self._tree = tree
        self._names: dict[str, Layer] = {}
        self._strong: set[str] = set()
        self._explicit: dict[str, Layer] = {}
        self._below_infrastructure: dict[str, set[Layer]] = {}
        patterned: list[tuple[str, Layer]] = []
        for layer, definition in LAYERS.items():
            given = settings.layers.get(layer.value)
            packages = given.packages if given is not None else None
            if packages is None:
                self._names.update(dict.fromkeys(definition.names, layer))
                self._strong |= definition.strong
                for name in definition.names_below_infrastructure:
                    self._below_infrastructure.setdefault(name, set()).add(layer)
                packages = ()
            names, patterns = _split(packages)
            self._explicit.update(dict.fromkeys(names, layer))
            more_names, more_patterns = _split(given.extend_packages if given is not None else ())
            self._names.update(dict.fromkeys(more_names, layer))
            self._strong.update(names, more_names)
            patterned += [(pattern, layer) for pattern in (*patterns, *more_patterns)]
        self._names.update(self._explicit)
        # Of two patterns that match equally far, the one with fewer wildcards knows better.
        patterned.sort(key=lambda entry: entry[0].count("*"))
        self._patterns = [(_compiled(pattern), layer) for pattern, layer in patterned]
        self._may_import: dict[Layer, frozenset[str]] = {
            layer: frozenset(definition.may_import)
            if (given := settings.layers.get(layer.value)) is None or given.may_import is None
            else frozenset(given.may_import)
            for layer, definition in LAYERS.items()
        }
        self._stems = frozenset((*settings.composition, *settings.extend_composition))
        self._packages = self._stems - _ONLY_MODULES
        self._refinements = {name: layer for name, layer in self._names.items() if layer in _INFRASTRUCTURE_REFINEMENTS}
        self._places: dict[tuple[str, tuple[str, ...], bool], Place] = {}
        self._application_packages: dict[tuple[str, tuple[str, ...]], bool] = {}

    def place(self, location: "Location") -> Place:
        """Return the place of the module at `location`."""
        key = (location.root, location.parts, location.is_package)
        place = self._places.get(key)
        if place is None:
            place = self._places[key] = self._work_out(location)
        return place

    @staticmethod
    def is_in_package(location: "Location", package: str) -> bool:
        """Tell whether an entry of a `packages` setting, a directory name or a pattern, covers a module."""
        _, patterns = _split([package])
        if patterns:
            return _compiled(package).match(location.name) is not None
        return package in (location.parts if location.is_package else location.parts[:-1])

    def forbids(self, layer: Layer, target: Place) -> bool:
        """Tell whether a module of `layer` may not import one at `target`."""
        if target.is_composition:
            return layer in _CLOSED_TO_COMPOSITION and "composition" not in self._may_import[layer]
        return target.layer not in {None, layer} and target.layer not in self._may_import[layer]

    def _work_out(self, location: "Location") -> Place:
        parts = location.parts
        package = next((i for i in range(len(parts)) if self._is_application_package(location.root, parts[:i])), None)
        layer, depth = self._layer(location)
        composition = layer is not Layer.DOMAIN and self._is_composition(location, depth)
        return Place(
            layer=None if composition else layer,
            is_composition=composition,
            application_package=None if package is None else ".".join(parts[:package]),
        )

    def _is_composition(self, location: "Location", layer_depth: int) -> bool:
        if not location.is_package and location.parts[-1] in self._stems:
            return True
        packages = location.parts if location.is_package else location.parts[:-1]
        return any(part in self._packages for part in packages[layer_depth + 1 :])

    def _layer(self, location: "Location") -> tuple[Layer | None, int]:
        """Return the layer and the place of the segment that decides it, -1 where none does."""
        explicit = self._explicit_layer(location)
        if explicit is not None:
            layer, depth = explicit
        else:
            named = self._named_layer(location)
            if named is None:
                return None, -1
            layer, depth = named
        if layer is Layer.INFRASTRUCTURE:
            layer = self._refine(location, depth) or layer
        return layer, depth

    def _explicit_layer(self, location: "Location") -> tuple[Layer, int] | None:
        name = location.name
        matches = [(match.end(), layer) for pattern, layer in self._patterns if (match := pattern.match(name))]
        if matches:
            end, layer = max(matches, key=lambda match: match[0])
            return layer, name[:end].count(".")
        directories = location.parts if location.is_package else location.parts[:-1]
        for depth, part in enumerate(directories):
            if part in self._explicit:
                return self._explicit[part], depth
        return None

    def _named_layer(self, location: "Location") -> tuple[Layer, int] | None:
        for depth, part in enumerate(location.parts):
            if part in self._names and self._is_application_package(location.root, location.parts[:depth]):
                return (
                    (Layer.API, depth + 1) if self._is_web_application(location, depth) else (self._names[part], depth)
                )
        return None

    def _is_web_application(self, location: "Location", depth: int) -> bool:
        """Tell whether the segment at `depth` is an `application/` that means the web application.

        It does where it holds the API, and no API stands beside it.
        """
        below = location.parts[depth + 1 : depth + 2]
        if location.parts[depth] != "application" or not below or self._names.get(below[0]) is not Layer.API:
            return False
        beside = self._held_names(os.path.join(location.root, *location.parts[:depth]))
        return all(self._names[name] is not Layer.API for name in beside)

    def _refine(self, location: "Location", depth: int) -> Layer | None:
        refined = None
        outbound = False
        for part in location.parts[depth + 1 :]:
            below = self._below_infrastructure.get(part, ())
            if part in self._refinements:
                refined = self._refinements[part]
            elif outbound and Layer.EXTERNAL in below:
                refined = Layer.EXTERNAL
            elif Layer.API in below:
                refined = Layer.API
            outbound = part in _OUTBOUND or refined is Layer.EXTERNAL or (outbound and refined is not Layer.API)
        return refined

    def _is_application_package(self, root: str, parts: tuple[str, ...]) -> bool:
        key = (root, parts)
        known = self._application_packages.get(key)
        if known is None:
            directory = os.path.join(root, *parts)
            held = set(self._held_names(directory))
            rings = {LAYERS[self._names[name]].ring for name in held} - {None}
            known = self._application_packages[key] = len(rings) > 1 and not self._strong.isdisjoint(held)
        return known

    def _held_names(self, directory: str) -> Iterable[str]:
        listing = self._tree.listing(directory)
        for name in self._names:
            is_package = name in listing.packages and self._tree.holds_python(os.path.join(directory, name))
            if is_package or (name in listing.modules and name not in self._stems):
                yield name


def _split(packages: Iterable[str]) -> tuple[list[str], list[str]]:
    names: list[str] = []
    patterns: list[str] = []
    for package in packages:
        (patterns if "." in package or "*" in package else names).append(package)
    return names, patterns


def _compiled(pattern: str) -> re.Pattern[str]:
    """Return a pattern for dotted names: `*` is one segment, `**` one or more, and what lies below matches too."""
    segments = [
        r"[^.]+(?:\.[^.]+)*" if segment == "**" else re.escape(segment).replace(r"\*", "[^.]*")
        for segment in pattern.split(".")
    ]
    return re.compile(r"\.".join(segments) + r"(?=\.|$)")
