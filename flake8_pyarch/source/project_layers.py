"""Application packages, and which layers the project round a module has."""

import os
from typing import TYPE_CHECKING

from flake8_pyarch.settings import Layer
from flake8_pyarch.source.tree import Location

if TYPE_CHECKING:
    from flake8_pyarch.source.module import Module

__all__ = ["is_application_package", "project_has_layer"]


def is_application_package(module: "Module") -> bool:
    """Tell whether a module is the `__init__.py` of a directory that directly holds layers."""
    location = module.location
    inside = Location(location.root, (*location.parts, "__init__"), is_package=False)
    return location.is_package and module.source_tree.place(inside).application_package == location.name


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
            if name.isidentifier()
        ]
    return False
