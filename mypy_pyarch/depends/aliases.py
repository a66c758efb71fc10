"""Aliases of `Annotated`: what they ask for is checked once, where they are defined."""

from collections.abc import Iterator

from mypy.nodes import (
    AssignmentStmt,
    CallExpr,
    Expression,
    IndexExpr,
    RefExpr,
    TupleExpr,
    TypeAlias,
    TypeAliasExpr,
    TypeAliasStmt,
)
from mypy.types import ANNOTATED_TYPE_NAMES

from mypy_pyarch.depends.calls import DependsFunctions
from mypy_pyarch.depends.injections import Injection
from mypy_pyarch.statements import Statements

__all__ = ["injections_in_aliases"]


def injections_in_aliases(statements: Statements, functions: DependsFunctions) -> Iterator[Injection]:
    """Yield what the aliases among `statements` ask for."""
    for value, alias in _aliases(statements):
        calls = [entry for entry in _metadata(value) if functions.are_called_by(entry)]
        if calls:
            yield Injection(calls[-1], alias.target)  # the last one counts


def _aliases(statements: Statements) -> Iterator[tuple[Expression, TypeAlias]]:
    for assignment in statements.of(AssignmentStmt):
        match assignment.rvalue:
            case IndexExpr(analyzed=TypeAliasExpr(node=alias)) as value:
                yield value, alias
            case CallExpr(analyzed=TypeAliasExpr(node=alias), args=[_, value, *_]):
                yield value, alias
    for statement in statements.of(TypeAliasStmt):
        if isinstance(statement.alias_node, TypeAlias):
            yield statement.value.expr(), statement.alias_node


def _metadata(value: Expression) -> list[Expression]:
    """Return what stands beside the type in an `Annotated[…]`: in one that holds another one, first that one's."""
    match value:
        case IndexExpr(base=RefExpr(fullname=name), index=TupleExpr(items=[inner, *metadata])) if (
            name in ANNOTATED_TYPE_NAMES
        ):
            return [*_metadata(inner), *metadata]
    return []
