"""Functions, classes and constants of other files: where an imported name leads to, read without running anything."""

import ast
import os
import warnings
from functools import lru_cache
from typing import TYPE_CHECKING

from flake8_pyarch.source.classes import Function
from flake8_pyarch.source.imports import ImportedName
from flake8_pyarch.source.inputs import Input, InputKind
from flake8_pyarch.source.names import Binding
from flake8_pyarch.source.syntax import FUNCTIONS
from flake8_pyarch.source.text import SourceText, UnparsableError

if TYPE_CHECKING:
    from flake8_pyarch.source.module import Module
    from flake8_pyarch.source.tree import Location

__all__ = ["constant_behind", "definition_behind", "definition_imported"]

Definition = Function | ast.ClassDef
_Found = tuple[Binding, "Module"]

_DEFINITIONS = (*FUNCTIONS, ast.ClassDef)
_MOST_HOPS = 4
"""How many re-exports are followed."""


def definition_behind(node: ast.expr, module: "Module") -> tuple[Definition, "Module"] | None:
    """Return the function or class that a name stands for, and the module it is in, or None where it is not found.

    It is looked for in this file and, through imports, in the project's other files. Another file is parsed for it, so
    ask only where the answer matters.
    """
    found = _behind(node, module)
    return _as_definition(found) if found is not None else None


def constant_behind(node: ast.expr, module: "Module") -> ast.expr | None:
    """Return the expression that a name stands for and nothing else, or None where it is not found.

    It is looked for as `definition_behind` looks for definitions.
    """
    found = _behind(node, module)
    return found[0] if found is not None and isinstance(found[0], ast.expr) else None


def _behind(node: ast.expr, module: "Module") -> "_Found | None":
    here = module.bindings(node) if isinstance(node, ast.Name) else []
    if len(here) == 1 and not isinstance(here[0], ImportedName):
        return here[0], module
    entry = module.import_of(node)
    name = node.attr if isinstance(node, ast.Attribute) else entry and entry.name
    if entry is None or name is None or not isinstance(getattr(node, "value", node), ast.Name):
        return None
    return _bound(entry, name, module)


def definition_imported(entry: ImportedName, module: "Module") -> tuple[Definition, "Module"] | None:
    """Return the function or class that an import brings in, and the module it is in, or None; parses other files."""
    found = _bound(entry, entry.name, module) if entry.name is not None else None
    return _as_definition(found) if found is not None else None


def _as_definition(found: "_Found") -> tuple[Definition, "Module"] | None:
    binding, module = found
    return (binding, module) if isinstance(binding, _DEFINITIONS) else None


def _bound(entry: ImportedName, name: str, module: "Module") -> "_Found | None":
    """Return the one binding of a name in the module that it is imported from, re-exports followed, and that module."""
    for _ in range(_MOST_HOPS):
        target = module.target(entry)
        other = _module_at(target, module) if target is not None else None
        bindings = other.names.scope(other.tree).bindings.get(name, []) if other is not None else []
        if other is None or len(bindings) != 1:
            return None
        binding = bindings[0]
        if not isinstance(binding, ImportedName):
            return binding, other
        if binding.name is None:
            return None
        entry, name, module = binding, binding.name, other
    return None


def _module_at(location: "Location", module: "Module") -> "Module | None":
    path = os.path.join(location.root, *location.parts)
    file = os.path.join(path, "__init__.py") if location.is_package else f"{path}.py"
    module.source_tree.consulted.add(Input(InputKind.FILE, file))
    opened = module.source_tree.opened
    if file in opened:
        return opened[file]
    try:
        parsed = _parsed(file, os.stat(file).st_mtime_ns)
    except (OSError, UnparsableError):
        return None
    opened[file] = type(module)(file, *parsed, module.source_tree)
    return opened[file]


@lru_cache(maxsize=16)
def _parsed(file: str, _changed: int) -> tuple[ast.Module, tuple[str, ...]]:
    text = SourceText.of_file(file)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return text.parse(), tuple(text.lines)
