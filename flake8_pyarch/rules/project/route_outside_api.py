"""PYA812."""

from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.settings import Layer
from flake8_pyarch.source import Module
from flake8_pyarch.source.injection.depends import RouteHandler
from flake8_pyarch.source.project_layers import lies_in_web_application, project_has_layer

__all__ = ["RouteOutsideApi"]


class RouteOutsideApi(Rule):
    """A route handler stands outside the API layer.

    ## Why is this bad?
    The API layer is where the service speaks HTTP, so it is where everybody looks for its routes. A route in another
    layer brings the web framework with it: a repository or a use case can then no longer be used without it.

    It is reported only where the project has an API layer. Composition modules may hold routes.

    ## Example
    ```python path=shop/usecases/borrow_book.py
    from fastapi import APIRouter

    router = APIRouter()


    @router.post("/books/{book_id}/borrow")
    def borrow_book(book_id: str) -> None:
        print(book_id)
    ```

    ## Use instead
    ```python path=shop/api/books/routes.py
    from fastapi import APIRouter

    router = APIRouter()


    @router.post("/books/{book_id}/borrow")
    def borrow_book(book_id: str) -> None:
        print(book_id)
    ```

    ## Options
    - `layers.api.packages`, `layers.api.extend-packages`: where the API layer lies
    - `composition`, `extend-composition`: what counts as a composition module

    ## Known problems
    A module that belongs to no layer is reported only where its own application package has an API layer: a directory
    beside that package may be another service. Nor is a module beside the API in one `application/` directory, which
    then means the web application.
    """

    code = "PYA812"
    message = "route handler '{name}' stands outside the api layer: move it there"
    in_composition = False

    def visit_RouteHandler(self, handler: RouteHandler, module: Module) -> Iterator[Finding]:
        if module.layer is Layer.API or lies_in_web_application(module):
            return
        if project_has_layer(Layer.API, module):
            yield self.finding(module.name_span(handler.function), name=handler.function.name)
