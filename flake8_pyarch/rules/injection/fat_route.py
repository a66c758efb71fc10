"""PYA414."""

import ast
from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import Module
from flake8_pyarch.source.classes import Function
from flake8_pyarch.source.injection.depends import RouteHandler

__all__ = ["FatRoute"]

_MAX_DEPTH = 2
_CONTROL_FLOW = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.Match)


class FatRoute(Rule):
    """A route handler does more than speak HTTP.

    ## Why is this bad?
    A handler turns a request into a call and the result into a response. Whatever else it does cannot be used from
    elsewhere, and can be tested only through HTTP. A handler of many statements, or of conditions inside loops inside
    conditions, is a use case that has not been written yet.

    Counted are all statements, those inside other statements included, the docstring not. Nested are `if`, `for`,
    `while` and `match`; `elif` is no deeper than its `if`, and `try` and `with` do not count.

    ## Example
    ```python path=shop/api/books.py
    from fastapi import APIRouter

    router = APIRouter()


    @router.get("/shelves")
    def count_books(shelves: list[list[str]]) -> int:
        books = 0
        for shelf in shelves:
            for title in shelf:
                if title:
                    books += 1
        return books
    ```

    ## Use instead
    ```python path=shop/api/books.py
    from fastapi import APIRouter, Depends

    from shop.api.dependencies import get_count_books_use_case
    from shop.usecases.count_books import CountBooksUseCase

    router = APIRouter()


    @router.get("/shelves")
    def count_books(use_case: CountBooksUseCase = Depends(get_count_books_use_case)) -> int:
        use_case.execute()
        return use_case.books
    ```

    ## Options
    - `max-route-statements`: how many statements a handler may have (12)
    """

    code = "PYA414"
    message = "route handler '{name}' {reason}: move the work into a use case"

    def visit_RouteHandler(self, handler: RouteHandler, module: Module) -> Iterator[Finding]:
        function = handler.function
        statements, depth = _measured(function)
        allowed = module.settings.max_route_statements
        if statements > allowed:
            reason = f"has {statements} statements, more than {allowed}"
        elif depth > _MAX_DEPTH:
            reason = f"nests control flow {depth} deep, more than {_MAX_DEPTH}"
        else:
            return
        yield self.finding(module.name_span(function), name=function.name, reason=reason)


def _measured(function: Function) -> tuple[int, int]:
    """Return how many statements a function has, and how deep its control flow is nested."""
    body = function.body[1:] if ast.get_docstring(function, clean=False) is not None else function.body
    statements = deepest = 0
    pending: list[tuple[ast.stmt, int]] = [(statement, 0) for statement in body]
    while pending:
        statement, depth = pending.pop()
        statements += 1
        inner = depth + isinstance(statement, _CONTROL_FLOW)
        deepest = max(deepest, inner)
        pending += [(child, depth if _is_elif(child, statement) else inner) for child in _blocks(statement)]
    return statements, deepest


def _blocks(statement: ast.stmt) -> Iterator[ast.stmt]:
    """Yield the statements directly inside a statement."""
    parts = [statement, *getattr(statement, "handlers", ()), *getattr(statement, "cases", ())]
    for part in parts:
        for block in ("body", "orelse", "finalbody"):
            yield from getattr(part, block, ())


def _is_elif(child: ast.stmt, statement: ast.stmt) -> bool:
    """Tell whether `child` is the `elif` of `statement`, which begins where its `if` does."""
    return (
        isinstance(child, ast.If)
        and isinstance(statement, ast.If)
        and statement.orelse == [child]
        and child.col_offset == statement.col_offset
    )
