"""Collaborators and resources: what a class should be handed instead of building it itself."""

import ast
import re
from functools import cache
from typing import TYPE_CHECKING

from flake8_pyarch.lexicon import words
from flake8_pyarch.source.tree import Origin

if TYPE_CHECKING:
    from flake8_pyarch.source.module import Module

__all__ = ["collaborator_built_by", "opens_resource"]

_COLLABORATOR = re.compile(
    r"[A-Z]\w*(?:Repository|Service|Client|Gateway|UnitOfWork|Connection|Session|Engine|Adapter|UseCase)"
)


def collaborator_built_by(node: ast.expr, module: "Module") -> str | None:
    """Return the class's name if an expression constructs a first-party repository, service, client or the like."""
    if not isinstance(node, ast.Call):
        return None
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name) if _COLLABORATOR.fullmatch(name):
            return name if module.origin_of_name(node.func) is Origin.FIRST_PARTY else None
    return None


def opens_resource(node: ast.expr, module: "Module") -> bool:
    """Tell whether an expression is a call that opens a connection, a client or an engine of a known library."""
    constructors, packages = _resources()
    if not isinstance(node, ast.Call) or packages.isdisjoint(module.imported_packages):
        return False
    return module.resolve(node.func) in constructors


@cache
def _resources() -> tuple[frozenset[str], frozenset[str]]:
    constructors = frozenset(words("resource_constructors"))
    return constructors, frozenset(name.partition(".")[0] for name in constructors)
