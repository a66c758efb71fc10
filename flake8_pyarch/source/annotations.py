"""Annotations: what they allow and whom they name, quoted ones included."""

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from flake8_pyarch.source.names import Binding
from flake8_pyarch.source.syntax import base_of, dotted_name, walk

if TYPE_CHECKING:
    from flake8_pyarch.source.module import Module

__all__ = ["NamedType", "accepts_none", "alternatives", "named_types", "unquoted"]

NamedType = tuple[str, Binding]
"""The last segment of a name in an annotation, and what binds the name it begins with."""

_TRANSPARENT = frozenset({"Annotated", "ClassVar", "Final", "InitVar", "Required", "NotRequired", "ReadOnly"})
_JOINERS = frozenset({"Optional", "Union"})
_ANYTHING = frozenset({"Any", "object"})


def unquoted(annotation: ast.expr) -> ast.expr:
    """Return an annotation as an expression, also where it is quoted; one that cannot be parsed stays as it is."""
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        try:
            return ast.parse(annotation.value.strip(), mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return annotation
    return annotation


def alternatives(annotation: ast.expr) -> Iterator[ast.expr]:
    """Yield the types that an annotation allows, in order: what `|`, `Union` and `Optional` join.

    What is quoted is yielded as an expression, and what stands in `Annotated` and the like without that.
    """
    pending = [annotation]
    while pending:
        node = pending.pop()
        match node:
            case ast.BinOp(left=left, op=ast.BitOr(), right=right):
                pending += (right, left)
            case ast.Subscript(value=ast.Name(id=name) | ast.Attribute(attr=name), slice=inner) if name in _JOINERS:
                pending += reversed(_elements(inner))
            case ast.Subscript(value=ast.Name(id=name) | ast.Attribute(attr=name), slice=inner) if name in _TRANSPARENT:
                pending += _elements(inner)[:1]
            case ast.Constant(value=str()) if (expression := unquoted(node)) is not node:
                pending.append(expression)
            case _:
                yield node


def accepts_none(annotation: ast.expr, module: "Module") -> bool:
    """Tell whether an annotation allows None; aliases of this file are followed, a name from elsewhere is a class."""
    pending = [annotation]
    seen: set[ast.expr] = set()
    while pending:
        node = unquoted(pending.pop())
        if node in seen:
            continue
        seen.add(node)
        match node:
            case ast.Constant(value=None):
                return True
            case ast.BinOp(left=left, op=ast.BitOr(), right=right):
                pending += (left, right)
            case ast.Subscript(value=ast.Name(id=name) | ast.Attribute(attr=name), slice=inner):
                if name == "Optional":
                    return True
                if name == "Union":
                    pending += _elements(inner)
                elif name in _TRANSPARENT:
                    pending += _elements(inner)[:1]
                elif name == "Literal":
                    pending += [each for each in _elements(inner) if isinstance(each, ast.Constant) and not each.value]
            case ast.Name(id=name) | ast.Attribute(attr=name) if name in _ANYTHING:
                return True
            case ast.Name():
                values = list(_aliased(node, module))
                if any(_is_type_variable(value) for value in values):
                    return True
                pending += values
    return False


def _elements(node: ast.expr) -> list[ast.expr]:
    return node.elts if isinstance(node, ast.Tuple) else [node]


def _aliased(name: ast.Name, module: "Module") -> Iterator[ast.expr]:
    """Yield what a type alias of this file stands for."""
    yield from (value for value in module.bindings(name) if isinstance(value, ast.expr))
    if hasattr(ast, "TypeAlias"):  # came in Python 3.12
        for alias in module.syntax.of(ast.TypeAlias):
            if alias.name.id == name.id:
                yield alias.value


def _is_type_variable(value: ast.expr) -> bool:
    name = dotted_name(value.func) if isinstance(value, ast.Call) else None
    return name is not None and name.rpartition(".")[2] == "TypeVar"


def named_types(annotation: ast.expr, module: "Module") -> Iterator[NamedType]:
    """Yield every name in an annotation, arguments of generic types and alternatives included."""
    pending = [unquoted(annotation)]
    while pending:
        root = pending.pop()
        passed_over: set[ast.AST] = set()
        for node in walk(root):
            if node in passed_over:
                continue
            match node:
                case ast.Subscript(value=ast.Name(id="Literal") | ast.Attribute(attr="Literal"), slice=values):
                    passed_over.update(walk(values))
                case ast.Subscript(
                    value=ast.Name(id="Annotated") | ast.Attribute(attr="Annotated"),
                    slice=ast.Tuple(elts=[_, *metadata]),
                ):
                    passed_over.update(walk(*metadata))
                case ast.Name(id=name) | ast.Attribute(attr=name):
                    passed_over.update(walk(node))
                    first = base_of(node)
                    bindings = module.bindings(first) if isinstance(first, ast.Name) else []
                    yield name, bindings[0] if len(bindings) == 1 else None
                case ast.Constant(value=str()):
                    inner = unquoted(node)
                    if inner is not node:
                        pending.append(inner)
