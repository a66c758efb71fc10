"""Packages: which directories should be one, and what an `__init__.py` takes from the modules beside it."""

import ast
import os
from collections.abc import Iterator

from flake8_pyarch.source.imports import ImportedName
from flake8_pyarch.source.module import Module, is_test_stem
from flake8_pyarch.source.syntax import FUNCTIONS
from flake8_pyarch.source.tree import Location

__all__ = ["is_alone_in_package", "is_first_of_directory", "is_in_package", "names_from_own_package", "unmade_package"]


def is_in_package(module: Module) -> bool:
    """Tell whether the directory of a module has an `__init__.py`."""
    return "__init__" in module.source_tree.listing(os.path.dirname(module.path)).modules


def is_alone_in_package(module: Module) -> bool:
    """Tell whether nothing else that can be imported lies in or below the directory of an `__init__.py`."""
    directory = os.path.dirname(module.path)
    listing = module.source_tree.listing(directory)
    return listing.modules <= {module.stem} and not any(
        module.source_tree.holds_python(os.path.join(directory, name)) for name in listing.packages
    )


def is_first_of_directory(module: Module) -> bool:
    """Tell whether a module comes first, by file name, of those in its directory that are no tests."""
    stems = module.source_tree.listing(os.path.dirname(module.path)).modules
    names = [f"{stem}.py" for stem in stems if not is_test_stem(stem)]
    return bool(names) and min(names) == os.path.basename(module.path)


def unmade_package(module: Module) -> Location | None:
    """Return the directory of a module if it lacks an `__init__.py` and should have one, else None.

    It should where a directory above it is a package, and where it is the directory of a layer.
    """
    location = module.location
    directory = Location(location.root, location.parts[:-1], is_package=True)
    if location.is_package or not directory.parts or is_in_package(module) or not directory.parts[-1].isidentifier():
        return None
    if module.stands_among_scripts or _is_migration_environment(module):
        return None
    return directory if _is_below_package(directory, module) or _opens_layer(directory, module) else None


def _is_migration_environment(module: Module) -> bool:
    """Tell whether Alembic's `env.py` stands in the directory of a module: Alembic runs it, and imports nothing."""
    listing = module.source_tree.listing(os.path.dirname(module.path))
    return "env" in listing.modules and "versions" in listing.packages


def _is_below_package(directory: Location, module: Module) -> bool:
    for depth in range(len(directory.parts) - 1, 0, -1):
        if "__init__" in module.source_tree.listing(os.path.join(directory.root, *directory.parts[:depth])).modules:
            return True
        if not directory.parts[depth - 1].isidentifier():
            return False
    return False


def _opens_layer(directory: Location, module: Module) -> bool:
    """Tell whether a directory belongs to a layer that the directory round it does not belong to."""
    outer = Location(directory.root, directory.parts[:-1], is_package=True)
    layer = module.source_tree.place(directory).layer
    return layer is not None and (not outer.parts or module.source_tree.place(outer).layer is not layer)


def names_from_own_package(module: Module) -> Iterator[ImportedName]:
    """Yield what an `__init__.py` imports by a public name from the modules of its own package.

    Submodules themselves are left out (`from . import orders`); `*` is not.
    """
    for entry in module.static_imports:
        if entry.name is None or (entry.bound or "").startswith("_") or not _is_at_module_level(entry, module):
            continue
        source = module.source_tree.find(entry.module, module.location)
        if _is_own(entry, source, module.location) and not _is_submodule(entry, source, module):
            yield entry


def _is_at_module_level(entry: ImportedName, module: Module) -> bool:
    return not any(isinstance(parent, (*FUNCTIONS, ast.ClassDef)) for _, parent in module.ancestry(entry.statement))


def _is_own(entry: ImportedName, source: Location | None, package: Location) -> bool:
    if isinstance(entry.statement, ast.ImportFrom) and entry.statement.level == 1:
        return True
    return source is not None and package.contains(source)


def _is_submodule(entry: ImportedName, source: Location | None, module: Module) -> bool:
    target = module.target(entry)
    return target is not None and target != source and target.parts[-1] == entry.name
