"""The statements of a module that mypy checks."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar, cast

from mypy.nodes import (
    Block,
    ClassDef,
    Decorator,
    ForStmt,
    FuncDef,
    IfStmt,
    MatchStmt,
    Node,
    OverloadedFuncDef,
    TryStmt,
    WhileStmt,
    WithStmt,
)
from mypy.options import Options

__all__ = ["Statements", "is_checked"]

_Statement = TypeVar("_Statement", bound=Node)

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


class Statements:
    """The statements that mypy checks, by what they are: not those of functions without annotations, unless asked to.

    Arguments:
        nodes: what they stand in, themselves included.
        options: the options of the module.

    """

    def __init__(self, nodes: Iterable[Node], options: Options) -> None:
        self._by_kind: dict[type[Node], list[Node]] = {}
        stack: list[Node | None] = [*nodes]
        stack.reverse()
        while stack:
            node = stack.pop()
            if node is None:
                continue
            kind = type(node)
            self._by_kind.setdefault(kind, []).append(node)
            inside = _INSIDE.get(kind)
            if inside is not None and (not isinstance(node, FuncDef) or is_checked(node, options)):
                stack.extend(reversed([*inside(node)]))

    def of(self, kind: type[_Statement]) -> list[_Statement]:
        """Return those of a kind, in the order they are written in."""
        return cast("list[_Statement]", self._by_kind.get(kind, []))


def is_checked(function: FuncDef, options: Options) -> bool:
    """Tell whether mypy checks the body of a function: it has annotations, or mypy was asked to."""
    return options.check_untyped_defs or not function.is_dynamic()
