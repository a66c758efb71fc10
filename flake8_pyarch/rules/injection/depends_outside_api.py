"""PYA406."""

import ast
from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.settings import Layer
from flake8_pyarch.source import ImportedName, Module
from flake8_pyarch.source.injection.depends import DependsCall

__all__ = ["DependsOutsideApi"]


class DependsOutsideApi(Rule):
    """The domain or the application layer uses the framework's dependency injection.

    ## Why is this bad?
    A use case says in its constructor what it needs; who fills it is the business of the API and of the composition.
    With `Depends` in its signature a use case cannot be called by a queue consumer, a command or a test: without
    FastAPI the parameter is not a repository but a `Depends` object.

    ## Example
    ```python path=shop/usecases/borrow_book.py
    from fastapi import Depends

    from shop.domain.book_repository import BookRepository, get_book_repository


    class BorrowBookUseCase:
        def __init__(self, repository: BookRepository = Depends(get_book_repository)) -> None:
            self._repository = repository
    ```

    ## Use instead
    ```python path=shop/usecases/borrow_book.py
    from shop.domain.book_repository import BookRepository


    class BorrowBookUseCase:
        def __init__(self, repository: BookRepository) -> None:
            self._repository = repository
    ```

    ## Options
    - `depends-functions`, `extend-depends-functions`: what counts as `Depends`
    - `layers.<name>.packages`, `layers.<name>.extend-packages`: where the layers lie
    - `composition`, `extend-composition`: what counts as a composition module

    ## Known problems
    An import is reported once, and its uses are not. `fastapi.Depends(…)` is reported at each use. A module that holds
    route handlers belongs to the API wherever it lies: what is wrong there is its place, see PYA812.
    """

    code = "PYA406"
    message = (
        "{layer} module '{module}' uses '{name}': take the dependency in the constructor and inject it in the api layer"
    )
    layers = frozenset({Layer.DOMAIN, Layer.APPLICATION})

    def looks_at(self, module: Module) -> bool:
        return not module.route_handlers

    def visit_ImportedName(self, entry: ImportedName, module: Module) -> Iterator[Finding]:
        if entry.qualified_name in module.settings.depends_functions:
            yield self._finding(entry.node, entry.name or entry.qualified_name, module)

    def visit_DependsCall(self, entry: DependsCall, module: Module) -> Iterator[Finding]:
        if isinstance(entry.call.func, ast.Attribute):
            yield self._finding(entry.call.func, entry.call.func.attr, module)

    def _finding(self, node: ast.AST, name: str, module: Module) -> Finding:
        return self.finding(node, layer=module.layer, module=module.name, name=name)
