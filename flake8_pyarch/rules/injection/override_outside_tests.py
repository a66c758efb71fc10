"""PYA411."""

import ast
from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import Module

__all__ = ["OverrideOutsideTests"]

_METHODS = frozenset({"setdefault", "update"})


class OverrideOutsideTests(Rule):
    """A dependency is overridden in production code.

    ## Why is this bad?
    `dependency_overrides` is there for tests. In production it rewires the application behind the reader's back: the
    route still says `Depends(get_repository)`, and gets something else. Which of the two holds depends on whether some
    other module has been imported yet. What the application uses is decided in its composition module, in the open.

    ## Example
    ```python path=shop/api/books.py
    from fastapi import FastAPI

    from shop.api.providers import get_book_repository, get_cached_book_repository


    def use_cache(app: FastAPI) -> None:
        app.dependency_overrides[get_book_repository] = get_cached_book_repository
    ```

    ## Use instead
    ```python path=shop/application.py
    from fastapi import FastAPI

    from shop.api.providers import get_book_repository, get_cached_book_repository


    def create_application() -> FastAPI:
        app = FastAPI()
        app.dependency_overrides[get_book_repository] = get_cached_book_repository
        return app
    ```

    ## Options
    - `composition`, `extend-composition`: modules that wire the parts together, and so may override

    ## Known problems
    Taking overrides away again (`del`, `pop`, `clear`, an empty dict assigned) is left alone.
    """

    code = "PYA411"
    message = "a dependency is overridden outside tests: choose the provider in a composition module"
    in_composition = False

    def looks_at(self, module: Module) -> bool:
        return module.mentions("dependency_overrides")

    def visit_Attribute(self, node: ast.Attribute, module: Module) -> Iterator[Finding]:
        if node.attr != "dependency_overrides":
            return
        place = _overriding(node, module)
        if place is not None:
            yield self.finding(place)


def _overriding(node: ast.Attribute, module: Module) -> ast.expr | None:
    """Return the target or the call that puts something into the overrides, None where nothing is put in."""
    parents = module.syntax.parents
    match parents.get(node):
        case ast.Subscript(ctx=ast.Store()) as target:
            return target
        case ast.Attribute(attr=method) as function if method in _METHODS:
            call = parents.get(function)
            return call if isinstance(call, ast.Call) and call.func is function else None
        case ast.AugAssign(target=target) if target is node:
            return node
        case ast.Assign(value=ast.Dict(keys=[_, *_])) if isinstance(node.ctx, ast.Store):
            return node
    return None
