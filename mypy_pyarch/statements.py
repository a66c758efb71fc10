"""The statements of a module that mypy checks."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from mypy.nodes import (
    Block,
    ClassDef,
    Decorator,
    ForStmt,
    FuncDef,
    IfStmt,
    MatchStmt,
    MypyFile,
    Node,
    OverloadedFuncDef,
    TryStmt,
    WhileStmt,
    WithStmt,
)
from mypy.options import Options

__all__ = ["checked_statements", "checked_statements_of", "is_checked"]

_INSIDE: dict[type[Node], Callable[[Any], Iterable[Node | None]]] = {
    Block: lambda node: () if node.is_unreachable else node.body,
    ClassDef: lambda node: (node.defs,),
    Decorator: lambda node: (node.func,),
    ForStmt: lambda node: (node.body, node.else_body),
    FuncDef: lambda node: (node.body,),
    IfStmt: lambda node: (*node.body, node.else_body),
    MatchStmt: lambda node: node.bodies,
    OverloadedFuncDef: lambda node: (*node.items, node.impl),
    TryStmt: lambda node: (node.body, *node.handlers, node.else_body, node.finally_body),
    WhileStmt: lambda node: (node.body, node.else_body),
    WithStmt: lambda node: (node.body,),
}


def checked_statements(file: MypyFile, options: Options) -> Iterator[Node]:
    """Yield the statements of a module, those of functions without annotations left out unless mypy checks them."""
    return _checked(file.defs, options)


def checked_statements_of(definition: ClassDef, options: Options) -> Iterator[Node]:
    """Yield the statements inside a class, as `checked_statements` does those of a module."""
    return _checked([definition.defs], options)


def _checked(nodes: Sequence[Node], options: Options) -> Iterator[Node]:
    stack: list[Node | None] = [*reversed(nodes)]
    while stack:
        node = stack.pop()
        if node is None:
            continue
        yield node
        inside = _INSIDE.get(type(node))
        if inside is not None and (not isinstance(node, FuncDef) or is_checked(node, options)):
            stack.extend(reversed([*inside(node)]))


def is_checked(function: FuncDef, options: Options) -> bool:
    """Tell whether mypy checks the body of a function: it has annotations, or mypy was asked to."""
    return options.check_untyped_defs or not function.is_dynamic()
