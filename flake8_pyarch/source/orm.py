"""Mapped classes: those that an object-relational or document mapper stores."""

import ast
from functools import cache
from typing import TYPE_CHECKING

from flake8_pyarch.lexicon import table
from flake8_pyarch.source.classes import ClassModel

if TYPE_CHECKING:
    from flake8_pyarch.source.module import Module

__all__ = ["is_mapped"]


def is_mapped(model: ClassModel, module: "Module") -> bool:
    """Tell whether a base of a class, or of its ancestors in this file, is that of a mapper."""
    names = model.ancestor_names
    if not _names("classes").isdisjoint(names):
        return True
    if not _names("tables").isdisjoint(names):
        return any(keyword.arg == "table" and _is_true(keyword.value) for keyword in model.node.keywords)
    return any(_is_made_by_factory(base, module) for base, _ in model.foreign_bases)


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
