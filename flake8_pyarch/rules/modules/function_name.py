"""PYA213."""

import ast
from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.patterns import lazy_pattern
from flake8_pyarch.source import Module
from flake8_pyarch.source.classes import Function
from flake8_pyarch.source.naming import (
    IGNORED_BY_RUFF,
    has_foreign_base,
    is_dunder,
    is_override,
    owner_of,
    snake_case,
)

__all__ = ["FunctionName"]

_NAMED_AFTER_SOMETHING = lazy_pattern(r"(?:visit|depart|test)_")


class FunctionName(Rule):
    """The name of a function or method is not in snake_case.

    ## Why is this bad?
    In Python functions are written `borrow_book`, classes `BorrowBook`. A reader who meets `borrowBook` or
    `BorrowBook()` cannot tell what it is without looking it up, and whoever writes the next call has to remember which
    of two styles this part of the code has. Search finds half of the places.

    ## Example
    ```python path=shop/usecases/borrow_book.py
    def borrowBook() -> None: ...
    ```

    ## Use instead
    ```python path=shop/usecases/borrow_book.py
    def borrow_book() -> None: ...
    ```

    ## Known problems
    Some names are not the author's to choose, and are left alone: dunders, `visit_Name` and `depart_Name`, methods
    marked `@override`, and the methods of a class with a base from a third party or the standard library, or with one
    that cannot be told, also where such a base is reached through classes of the project. Methods that such a class
    names freely are then missed. Tests may be named after what they test. Of overloads the implementation is reported,
    of a property its getter.

    Ruff's N802 knows only a few of these bases, visitors of `ast` alone, and no tests, and reports setters as well. The
    names of `unittest`, such as `setUp`, it leaves alone in any class.
    """

    code = "PYA213"
    message = "{kind} name '{name}' is not in snake_case: rename it '{suggestion}'"
    twins = ("N802",)

    def visit_FunctionDef(self, node: ast.FunctionDef, module: Module) -> Iterator[Finding]:
        yield from self._check(node, module)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef, module: Module) -> Iterator[Finding]:
        yield from self._check(node, module)

    def _check(self, node: Function, module: Module) -> Iterator[Finding]:
        name = node.name
        if (
            name == name.lower()
            or is_dunder(name)
            or _NAMED_AFTER_SOMETHING().match(name)
            or is_override(node)
            or _is_variant(node)
        ):
            return
        owner = owner_of(node, module)
        if owner is None or not has_foreign_base(owner, module):
            yield self.finding(
                module.name_span(node),
                twin="N802" if name not in IGNORED_BY_RUFF else None,
                kind="method" if owner is not None else "function",
                name=name,
                suggestion=snake_case(name),
            )


def _is_variant(function: Function) -> bool:
    """Tell whether a definition only goes with another one of its name: an overload, or the setter of a property."""
    for decorator in function.decorator_list:
        match decorator:
            case ast.Name(id="overload") | ast.Attribute(attr="overload" | "setter" | "deleter"):
                return True
    return False
