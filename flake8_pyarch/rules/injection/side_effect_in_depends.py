"""PYA410."""

import ast
from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import Module
from flake8_pyarch.source.injection.depends import DependsCall
from flake8_pyarch.source.syntax import dotted_name, own_nodes

__all__ = ["SideEffectInDepends"]

_MARKERS = frozenset({"Closing", "Provide", "Provider"})
_EFFECTS = (ast.NamedExpr, ast.Await, ast.Yield, ast.YieldFrom)


class SideEffectInDepends(Rule):
    """`Depends` is given a lambda, or an expression that does something.

    ## Why is this bad?
    The argument of `Depends` is evaluated once, while the module is imported, and then it is the key under which a test
    overrides the dependency. A lambda has no name to override it by, no type to check, and is another one at every
    place it is written. A condition or a lookup is decided at import time, before any settings are read. A named
    provider has none of these problems.

    Fine are a name, an attribute, an instance, `partial(…)`, a generic class (`Repository[Book]`) and
    dependency_injector's `Provide[…]`. Calls are the business of PYA401.

    ## Example
    ```python path=shop/api/books.py
    from fastapi import Depends

    from shop.domain.book_repository import BookRepository
    from shop.persistence.book_repository import SqlBookRepository


    def list_books(books: BookRepository = Depends(lambda: SqlBookRepository())) -> list[str]:
        return books.titles()
    ```

    ## Use instead
    ```python path=shop/api/books.py
    from fastapi import Depends

    from shop.domain.book_repository import BookRepository
    from shop.persistence.book_repository import SqlBookRepository


    def get_book_repository() -> BookRepository:
        return SqlBookRepository()


    def list_books(books: BookRepository = Depends(get_book_repository)) -> list[str]:
        return books.titles()
    ```

    ## Options
    - `depends-functions`, `extend-depends-functions`: what counts as `Depends`
    """

    code = "PYA410"
    message = "{what} is given to '{depends}': name a provider function instead"

    def visit_DependsCall(self, entry: DependsCall, module: Module) -> Iterator[Finding]:
        if entry.provider is None:
            return
        found = _offence(entry.provider, module)
        if found is not None:
            node, what = found
            yield self.finding(node, what=what, depends=(dotted_name(entry.call.func) or "").rpartition(".")[2])


def _offence(provider: ast.expr, module: Module) -> tuple[ast.expr, str] | None:
    """Return the node that does not belong into `Depends`, and what it is, in words."""
    if isinstance(provider, (ast.Name, ast.Attribute)) and dotted_name(provider) is not None:
        return None
    if isinstance(provider, ast.Lambda):
        return provider, "a lambda"
    for node in own_nodes([provider]):
        if isinstance(node, _EFFECTS):
            return node, "an assignment" if isinstance(node, ast.NamedExpr) else "what has to be waited for"
    match provider:
        case ast.Name() | ast.Attribute() | ast.Call():
            return None
        case ast.Subscript(value=base):
            return None if _is_type_or_marker(base, module) else (provider, "a lookup")
        case ast.IfExp() | ast.BoolOp():
            return provider, "a choice"
    return provider, "an expression"


def _is_type_or_marker(base: ast.expr, module: Module) -> bool:
    name = (dotted_name(base) or "").rpartition(".")[2]
    if name in _MARKERS or module.class_named(base) is not None:
        return True
    is_lower = name[:1].islower() or name.isupper()
    return not is_lower and module.import_of(base) is not None
