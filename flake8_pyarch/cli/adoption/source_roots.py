"""The directories that a project's absolute imports start from."""

import os
import sys
from collections import Counter
from collections.abc import Mapping, Sequence

from flake8_pyarch.source import Location, Module

__all__ = ["source_roots"]

_DEFAULT = frozenset({".", "src"})
_FEWEST_MODULES = 2
_LEAST_SHARE_OF_ONE = 0.01
_FEWEST_FOR_GLOB = 3
_LEAST_SHARE = 0.1


def source_roots(root: str, modules: Sequence[Module]) -> tuple[list[str], int]:
    """Return the value that the setting `src` needs, nothing where its default does, and how many modules say so.

    A root counts that the imports of several modules start from: because they lead somewhere, or because they lead
    nowhere, although exactly one package of the project is called so.

    Arguments:
        root: the absolute path of the project.
        modules: its modules, under the default settings.

    """
    packages = _packages(modules)
    users: dict[str, set[str]] = {}
    for module in modules:
        if not module.is_test and not module.stands_among_scripts:
            for name in _imported_names(module):
                start = _root_of(module, name, packages)
                if start is not None:
                    users.setdefault(os.path.relpath(start, root).replace(os.sep, "/"), set()).add(module.path)
    fewest = max(_FEWEST_MODULES, _LEAST_SHARE_OF_ONE * len(modules))
    found = {path for path, paths in users.items() if len(paths) >= fewest}
    unusual = set().union(*(users[path] for path in found - _DEFAULT))
    if not unusual or len(unusual) < _LEAST_SHARE * len(modules):
        # A corner of the project, such as an experiment of its own, does not decide for all of it.
        return [], 0
    beside = Counter(map(_above, found))
    crowded = {above for above, count in beside.items() if above and count >= _FEWEST_FOR_GLOB}
    globs = {f"{_above(path)}/*" if _above(path) in crowded else path for path in found - {"."}}
    return [*sorted(globs), "."], len(unusual)


def _imported_names(module: Module) -> set[str]:
    names = {entry.module or entry.qualified_name for entry in module.static_imports if not entry.relative}
    return {name for name in names if name.partition(".")[0] not in sys.stdlib_module_names}


def _root_of(module: Module, name: str, packages: Mapping[str, set[str]]) -> str | None:
    """Return the directory that an import starts from, None where nobody knows or it leads out of the project."""
    found = module.source_tree.find(name, module.location)
    if found is not None:
        return _start_of(found, name)
    candidates = packages.get(name.partition(".")[0], set())
    return next(iter(candidates)) if len(candidates) == 1 else None


def _packages(modules: Sequence[Module]) -> dict[str, set[str]]:
    """Return the name of each outermost package with an `__init__.py` → the directories that it lies in."""
    found: dict[str, set[str]] = {}
    directories = {
        os.path.dirname(module.path) for module in modules if module.stem == "__init__" and not module.is_test
    }
    for directory in directories:
        above, name = os.path.split(directory)
        if above not in directories:
            found.setdefault(name, set()).add(above)
    return found


def _start_of(location: Location, name: str) -> str | None:
    """Return the directory that an import starts from, if it leads to a place."""
    segments = name.split(".")
    beginnings = [tuple(segments[:length]) for length in range(1, len(segments) + 1)]
    depths = (depth for depth in range(len(location.parts)) if location.parts[depth:] in beginnings)
    depth = next(depths, None)
    return None if depth is None else os.path.join(location.root, *location.parts[:depth])


def _above(path: str) -> str:
    return path.rpartition("/")[0]
