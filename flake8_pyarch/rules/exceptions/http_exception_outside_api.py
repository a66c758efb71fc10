"""PYA504."""

import ast
from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.settings import Layer
from flake8_pyarch.source import ImportedName, Module
from flake8_pyarch.source.exceptions.classes import HTTP_EXCEPTIONS, raised_class

__all__ = ["HttpExceptionOutsideApi"]


class HttpExceptionOutsideApi(Rule):
    """An HTTP error is imported, made or raised below the API layer.

    ## Why is this bad?
    A use case that raises `HTTPException` speaks HTTP: a queue consumer or a command cannot reuse it, and its tests ask
    for status codes instead of reasons. Which status a reason becomes is the API's decision. Raise an exception of the
    application, and translate it in the route or in an exception handler.

    Looked at are the domain, the application, the persistence and the external layer, and `HTTPException` of FastAPI
    and Starlette under any name.

    ## Example
    ```python path=shop/usecases/borrow_book.py
    from fastapi import HTTPException


    def borrow(available: bool) -> None:
        if not available:
            raise HTTPException(status_code=409)
    ```

    ## Use instead
    ```python path=shop/usecases/borrow_book.py
    class BookNotAvailableError(Exception):
        pass


    def borrow(available: bool) -> None:
        if not available:
            raise BookNotAvailableError
    ```

    ## Options
    - `layers.<name>.packages`, `layers.<name>.extend-packages`: where the layers lie

    ## Known problems
    An `HTTPException` that a module of the project hands on (`from shop.web import HTTPException`) is not recognised.
    """

    code = "PYA504"
    message = (
        "'HTTPException' {what} in the {layer} layer: raise an exception of the application and let the api layer "
        "translate it"
    )
    layers = frozenset({Layer.DOMAIN, Layer.APPLICATION, Layer.PERSISTENCE, Layer.EXTERNAL})
    packages = frozenset({"fastapi", "starlette"})

    def visit_ImportedName(self, entry: ImportedName, module: Module) -> Iterator[Finding]:
        if entry.qualified_name in HTTP_EXCEPTIONS and isinstance(entry.node, ast.alias):
            yield self.finding(entry.node, what="imported", layer=module.layer)

    def visit_Call(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        if isinstance(node.func, (ast.Name, ast.Attribute)) and module.resolve(node.func) in HTTP_EXCEPTIONS:
            is_raised = isinstance(module.syntax.parents[node], ast.Raise)
            yield self.finding(node.func, what="raised" if is_raised else "made", layer=module.layer)

    def visit_Raise(self, node: ast.Raise, module: Module) -> Iterator[Finding]:
        raised = raised_class(node)
        if raised is not None and raised is node.exc and module.resolve(raised) in HTTP_EXCEPTIONS:
            yield self.finding(raised, what="raised", layer=module.layer)
