"""PYA412."""

import ast
from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import Module
from flake8_pyarch.source.injection.collaborators import collaborator_built_by
from flake8_pyarch.source.injection.depends import RouteHandler
from flake8_pyarch.source.syntax import own_nodes

__all__ = ["HandlerBuildsDependency"]


class HandlerBuildsDependency(Rule):
    """A route handler builds a collaborator instead of being given it.

    ## Why is this bad?
    A handler that makes its use case, and so the repository and the session below it, cannot be tested without a
    database: there is nothing to override. Every handler repeats the wiring, and a new constructor parameter has to be
    added to all of them. A provider does the wiring once, and the handler receives the result.

    Looked for are classes of the project whose name ends with `Repository`, `Service`, `Client`, `Gateway`,
    `UnitOfWork`, `Connection`, `Session`, `Engine`, `Adapter` or `UseCase`.

    ## Example
    ```python path=shop/api/books.py
    from fastapi import APIRouter

    from shop.persistence.book_repository import SqlBookRepository

    router = APIRouter()


    @router.get("/books")
    def list_books() -> list[str]:
        return SqlBookRepository().titles()
    ```

    ## Use instead
    ```python path=shop/api/books.py
    from fastapi import APIRouter, Depends

    from shop.api.dependencies import get_book_repository
    from shop.domain.book_repository import BookRepository

    router = APIRouter()


    @router.get("/books")
    def list_books(books: BookRepository = Depends(get_book_repository)) -> list[str]:
        return books.titles()
    ```

    ## Known problems
    What a class is told by its name and its place, as PYA407 describes it.
    """

    code = "PYA412"
    message = "route handler '{handler}' builds a '{name}': receive it through a provider"

    def visit_RouteHandler(self, handler: RouteHandler, module: Module) -> Iterator[Finding]:
        for node in own_nodes(handler.function.body):
            name = collaborator_built_by(node, module) if isinstance(node, ast.Call) else None
            if name is not None:
                yield self.finding(node, handler=handler.function.name, name=name)
