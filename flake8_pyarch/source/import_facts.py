"""What other files need to know of a file's imports: plain data, which a cache can hold."""

import os
from typing import TYPE_CHECKING, Any

from flake8_pyarch.source.import_time import is_under_main_guard
from flake8_pyarch.source.imports import ImportedName, is_inside_function, is_type_checking_only

if TYPE_CHECKING:
    from flake8_pyarch.source.module import Module
    from flake8_pyarch.source.tree import Location, SourceTree

__all__ = ["DYNAMIC", "FOREIGN", "LATER", "TYPE_CHECKING_ONLY", "import_facts", "place_facts"]

TYPE_CHECKING_ONLY = 1
"""The import stands under `if TYPE_CHECKING`."""

LATER = 2
"""It stands in a function, or under `if __name__ == "__main__"`: importing the file does not execute it."""

DYNAMIC = 4
"""It is a call of `import_module` or `__import__`."""

FOREIGN = 8
"""What is imported belongs to another project, or to the standard library; only its top-level package is known."""


def import_facts(module: "Module") -> dict[str, Any]:
    """Return the place of a file below its source root, and its imports.

    The imports are grouped by what they lead to: `[source root, dotted name, [[kind, line, column, end line, end
    column], …]]`. A source root is given relative to the project; that of the file itself, and that of a foreign
    package, as an empty text. Where a foreign package is imported is not told, for nobody reports it by these facts.
    """
    location = module.location
    found: dict[tuple[str, str], list[list[int]]] = {}
    for entry in module.imports:
        target = _target(entry, module)
        if target is not None and target != ("", location.name):
            kind = _kind(entry, module)
            is_foreign = target[0] is _ABROAD
            line = [kind | FOREIGN, 1, 0, 1, 0] if is_foreign else [kind, *module.extent_of(entry.node)]
            lines = found.setdefault(target, [])
            if line not in lines:
                lines.append(line)
    imports = [[root.strip(_ABROAD), name, lines] for (root, name), lines in found.items()]
    return {**place_facts(location, module.source_tree), "imports": imports}


def place_facts(location: "Location", tree: "SourceTree") -> dict[str, Any]:
    """Return the facts of a file whose imports cannot be told: its place alone."""
    root = _relative(location.root, tree)
    return {"root": root, "name": location.name, "package": location.is_package, "imports": []}


_ABROAD = "\0"


def _target(entry: ImportedName, module: "Module") -> tuple[str, str] | None:
    """Return root and name of the module that an import leads to; None for what is neither found nor foreign.

    A name of which only the beginning exists is a module that is not there, such as an extension module.
    """
    target = module.target(entry)
    if target is None:
        return None if entry.relative or not entry.package else (_ABROAD, entry.package)
    if entry.module and not _reaches(target.parts, tuple(entry.qualified_name.split("."))):
        return None
    return ("" if target.root == module.location.root else _relative(target.root, module.source_tree)), target.name


def _reaches(found: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    """Tell whether a module's name ends with the wanted one, whose last segment may be a name in the module."""
    return any(found[-len(each) :] == each for each in (wanted, wanted[:-1]) if each)


def _relative(root: str, tree: "SourceTree") -> str:
    return os.path.relpath(root, tree.root).replace(os.sep, "/")


def _kind(entry: ImportedName, module: "Module") -> int:
    kind = DYNAMIC if entry.dynamic else 0
    if module.syntax.parents.get(entry.statement) is module.tree and not entry.dynamic:
        return kind
    if is_type_checking_only(module, entry.statement):
        kind |= TYPE_CHECKING_ONLY
    if is_inside_function(module, entry.statement) or is_under_main_guard(entry.statement, module):
        kind |= LATER
    return kind
