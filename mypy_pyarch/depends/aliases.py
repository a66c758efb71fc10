"""Aliases of `Annotated`: what they ask for is checked once, where they are defined."""

from collections.abc import Iterable, Iterator

from mypy.nodes import (
    AssignmentStmt,
    CallExpr,
    Expression,
    IndexExpr,
    Node,
    RefExpr,
    TupleExpr,
    TypeAlias,
    TypeAliasExpr,
    TypeAliasStmt,
)
from mypy.types import ANNOTATED_TYPE_NAMES

from mypy_pyarch.depends.calls import DependsFunctions
from mypy_pyarch.depends.injections import Injection

__all__ = ["injections_in_aliases"]


def injections_in_aliases(statements: Iterable[Node], functions: DependsFunctions) -> Iterator[Injection]:
    """Yield what the aliases among `statements` ask for."""
    for value, alias in _aliases(statements):
        calls = [entry for entry in _metadata(value) if functions.are_called_by(entry)]
        if calls:
            yield Injection(calls[-1], alias.target)  # the last one counts


def _aliases(statements: Iterable[Node]) -> Iterator[tuple[Expression, TypeAlias]]:
    for statement in statements:
        match statement:
            case AssignmentStmt(rvalue=IndexExpr(analyzed=TypeAliasExpr(node=alias)) as value):
                yield value, alias
            case AssignmentStmt(rvalue=CallExpr(analyzed=TypeAliasExpr(node=alias), args=[_, value, *_])):
                yield value, alias
            case TypeAliasStmt(alias_node=TypeAlias() as alias):
                yield statement.value.expr(), alias


def _metadata(value: Expression) -> list[Expression]:
    """Return what stands beside the type in an `Annotated[…]`: in one that holds another one, first that one's."""
    match value:
        case IndexExpr(base=RefExpr(fullname=name), index=TupleExpr(items=[inner, *metadata])) if (
            name in ANNOTATED_TYPE_NAMES
        ):
            return [*_metadata(inner), *metadata]
    return []
