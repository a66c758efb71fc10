"""The tests of a project, as far as their names tell."""

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flake8_pyarch.source.module import Module
    from flake8_pyarch.source.tree import SourceTree

__all__ = ["has_unit_test"]

_UNIT_DIRECTORIES = ("units", "unit")


def has_unit_test(module: "Module") -> bool:
    """Tell whether a file named after a module stands in or below a `tests/units`, beside it or further out."""
    name = f"test_{module.stem}"
    tree = module.source_tree
    directory = os.path.dirname(module.path)
    while True:
        tests = os.path.join(directory, "tests")
        if any(_holds(name, os.path.join(tests, units), tree) for units in _UNIT_DIRECTORIES):
            return True
        above = os.path.dirname(directory)
        if directory in {tree.root, above}:
            return False
        directory = above


def _holds(name: str, top: str, tree: "SourceTree") -> bool:
    pending = [top]
    while pending:
        directory = pending.pop()
        listing = tree.listing(directory)
        if name in listing.modules:
            return True
        below = (os.path.join(directory, each) for each in listing.packages if each != "__pycache__")
        pending += (path for path in below if not os.path.islink(path))
    return False
