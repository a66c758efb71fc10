"""Application packages, and which layers the project round a module has."""

import os
from typing import TYPE_CHECKING

from flake8_pyarch.settings import Layer
from flake8_pyarch.source.tree import Location, SourceTree

if TYPE_CHECKING:
    from flake8_pyarch.source.module import Module

__all__ = [
    "NOT_THE_APPLICATION",
    "holds_layer",
    "is_application_package",
    "is_first_application_package",
    "is_one_feature_of_many",
    "layers_held",
    "lies_in_web_application",
    "project_has_layer",
]

NOT_THE_APPLICATION = frozenset({"__pycache__", "node_modules", "site-packages", "test", "tests", "venv"})
"""Directories that hold no code of the application, whatever stands in them."""


def is_application_package(module: "Module") -> bool:
    """Tell whether a module is the `__init__.py` of a directory that directly holds layers."""
    return module.location.is_package and _holds_layers(module.location, module.source_tree)


def is_first_application_package(module: "Module") -> bool:
    """Tell whether a module is the `__init__.py` of the project's outermost application package, the first by name."""
    return is_application_package(module) and module.location == _first_application_package(module.source_tree)


def _first_application_package(tree: "SourceTree") -> Location | None:
    found = []
    pending = [tree.root]
    while pending:
        directory = pending.pop()
        location = tree.location(os.path.join(directory, "__init__.py"))
        listing = tree.listing(directory)
        if location.is_package and "__init__" in listing.modules and _holds_layers(location, tree):
            found.append(location)
            continue
        names = listing.packages - NOT_THE_APPLICATION
        below = (os.path.join(directory, name) for name in names if not name.startswith("."))
        pending += (path for path in below if not os.path.islink(path))
    return min(found, key=lambda location: location.parts, default=None)


def is_one_feature_of_many(module: "Module") -> bool:
    """Tell whether beside a package, inside one package, there are others that hold layers of their own."""
    location = module.location
    above = location.parts[:-1]
    beside = module.source_tree.listing(os.path.join(location.root, *above)).packages - {location.parts[-1]}
    packages = (Location(location.root, (*above, name), is_package=True) for name in sorted(beside))
    return bool(above) and any(_holds_layers(package, module.source_tree) for package in packages)


def _holds_layers(package: Location, tree: "SourceTree") -> bool:
    inside = Location(package.root, (*package.parts, "__init__"), is_package=False)
    return tree.place(inside).application_package == package.name


def project_has_layer(layer: Layer, module: "Module") -> bool:
    """Tell whether the project of a module has a layer somewhere.

    For a module that belongs to a layer itself, that is the whole top-level package; for one that belongs to none, its
    application package, for beside that there may be services that have nothing to do with it.
    """
    package = module.place.application_package
    if module.layer is not None:
        start = module.location.parts[:1]
    elif package is not None:
        start = tuple(filter(None, package.split(".")))
    else:
        return False
    return _holds(layer, Location(module.location.root, start, is_package=True), module)


def layers_held(module: "Module") -> set[Layer]:
    """Return the layers that the directories in the package of an `__init__.py` make up."""
    location, tree = module.location, module.source_tree
    directory = os.path.dirname(module.path)
    names = [name for name in tree.listing(directory).packages if tree.holds_python(os.path.join(directory, name))]
    places = (tree.place(Location(location.root, (*location.parts, name), is_package=True)) for name in names)
    return {place.layer for place in places if place.layer is not None}


def holds_layer(layer: Layer, module: "Module") -> bool:
    """Tell whether in the package of an `__init__.py`, or below, there is a layer."""
    return _holds(layer, module.location, module)


def lies_in_web_application(module: "Module") -> bool:
    """Tell whether a module of the application layer lies in a directory, `application/`, that also holds the API.

    What is called the application there is the web application: its pages may lie beside its API.
    """
    if module.layer is not Layer.APPLICATION:
        return False
    location, tree = module.location, module.source_tree
    for depth in range(len(location.parts) - 1, 0, -1):
        above = location.parts[:depth]
        if tree.place(Location(location.root, above, is_package=True)).layer is not Layer.APPLICATION:
            return False
        beside = tree.listing(os.path.join(location.root, *above)).packages
        places = (tree.place(Location(location.root, (*above, name), is_package=True)) for name in sorted(beside))
        if any(place.layer is Layer.API for place in places):
            return True
    return False


def _holds(layer: Layer, package: Location, module: "Module") -> bool:
    tree = module.source_tree
    pending = [package]
    while pending:
        place = pending.pop()
        directory = os.path.join(place.root, *place.parts)
        if tree.place(place).layer is layer and tree.holds_python(directory):
            return True
        listing = tree.listing(directory)
        for name in listing.modules:
            if tree.place(Location(place.root, (*place.parts, name), is_package=False)).layer is layer:
                return True
        pending += [
            Location(place.root, (*place.parts, name), is_package=True)
            for name in sorted(listing.packages)
            if name.isidentifier() and not os.path.islink(os.path.join(directory, name))
        ]
    return False
