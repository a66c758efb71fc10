"""`Depends(…)` and its like: which calls they are, and what stands in them."""

from collections.abc import Iterable
from typing import TypeGuard

from mypy.nodes import CallExpr, Expression, IndexExpr, LambdaExpr, MemberExpr, NameExpr, RefExpr, SymbolNode

__all__ = ["DependsFunctions", "is_reference_to", "provider_argument", "written"]


class DependsFunctions:
    """The functions that declare an injected dependency.

    The settings name them as they are imported (`fastapi.Depends`), mypy as they are defined
    (`fastapi.param_functions.Depends`): alike are a function of the same name in the same top-level package.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names = frozenset(_package_and_name(name) for name in names)
        self._last_names = tuple({name for _, name in self._names})
        self._words = [name.encode() for name in self._last_names]

    def __contains__(self, fullname: str) -> bool:
        return fullname.endswith(self._last_names) and _package_and_name(fullname) in self._names

    def include(self, definition: SymbolNode | None) -> bool:
        """Tell whether a definition is one of the functions."""
        return definition is not None and definition.fullname in self

    def are_called_by(self, expression: Expression) -> TypeGuard[CallExpr]:
        """Tell whether an expression is a call of one of the functions."""
        return (
            isinstance(expression, CallExpr)
            and isinstance(expression.callee, RefExpr)
            and expression.callee.fullname in self
        )

    def are_mentioned_in(self, text: bytes) -> bool:
        """Tell whether a file may declare a dependency."""
        return any(word in text for word in self._words)


def _package_and_name(fullname: str) -> tuple[str, str]:
    return fullname.partition(".")[0], fullname.rpartition(".")[2]


def provider_argument(call: CallExpr) -> Expression | None:
    """Return what is to be called: the first argument of `Depends(…)`, None where there is none."""
    for argument, name in zip(call.args, call.arg_names, strict=True):
        if name in {None, "dependency"}:
            return None if _is_none(argument) else argument
    return None


def _is_none(expression: Expression) -> bool:
    return isinstance(expression, NameExpr) and expression.name == "None"


def written(expression: Expression) -> str:
    """Return an expression as a message shows it: names in full, arguments left out."""
    match expression:
        case NameExpr():
            return expression.name
        case MemberExpr():
            return f"{written(expression.expr)}.{expression.name}"
        case CallExpr():
            return f"{written(expression.callee)}({'...' if expression.args else ''})"
        case IndexExpr():
            return f"{written(expression.base)}[...]"
        case LambdaExpr():
            return "lambda"
        case _:
            return "..."


def is_reference_to(expression: Expression, fullname: str) -> bool:
    """Tell whether an expression is a name of the thing with that full name."""
    return isinstance(expression, RefExpr) and expression.fullname == fullname
