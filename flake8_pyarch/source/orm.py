"""Mapped classes: those that an object-relational or document mapper stores."""

import ast
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from flake8_pyarch.lexicon import table
from flake8_pyarch.source.classes import ClassModel
from flake8_pyarch.source.tree import Origin

if TYPE_CHECKING:
    from flake8_pyarch.source.module import Module

__all__ = ["is_mapped"]

_TABLE_NAMES = frozenset({"__tablename__", "__table__"})


def is_mapped(model: ClassModel, module: "Module") -> bool:
    """Tell whether a base of a class, or of its ancestors in the project, is that of a mapper.

    Other files are read only for a class that may be mapped by the looks of it.
    """
    names = {*model.ancestor_names, *_ancestors_elsewhere(model, module)}
    if not names.isdisjoint(_names("classes") | _names("factories")):
        return True
    if not names.isdisjoint(_names("tables")):
        return _is_table(model)
    return any(_is_made_by_factory(base, module) for base, _ in model.foreign_bases)


def _ancestors_elsewhere(model: ClassModel, module: "Module") -> Iterator[str]:
    """Yield the qualified names of the ancestors that other files of the project tell of."""
    if not (_mappers() & module.imported_packages or _TABLE_NAMES & model.attributes.keys() or _is_table(model)):
        return
    tree, seen = module.source_tree, set()
    pending = [(name, module.location) for _, name in model.foreign_bases]
    while pending:
        name, importer = pending.pop()
        if name is None or name in seen:
            continue
        seen.add(name)
        yield name
        if tree.origin(name, importer) is Origin.FIRST_PARTY:
            pending += tree.origins_of(name, importer)


def _is_table(model: ClassModel) -> bool:
    return any(keyword.arg == "table" and _is_true(keyword.value) for keyword in model.node.keywords)


@cache
def _mappers() -> frozenset[str]:
    return frozenset(name.partition(".")[0] for kind in ("classes", "factories", "tables") for name in _names(kind))


@cache
def _names(kind: str) -> frozenset[str]:
    return frozenset(table("orm")[kind])


def _is_true(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is True


def _is_made_by_factory(base: ast.expr, module: "Module") -> bool:
    """Tell whether a base is `declarative_base()`, or a name or alias of what that returned."""
    pending, seen = [base], set()
    while pending:
        node = pending.pop()
        if node in seen:
            continue
        seen.add(node)
        if isinstance(node, ast.Call) and module.resolve(node.func) in _names("factories"):
            return True
        if isinstance(node, ast.Name):
            pending += module.assigned_values(node)
    return False
