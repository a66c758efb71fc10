"""PYA415."""

import ast
from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import Module
from flake8_pyarch.source.injection.depends import Provider, RouteHandler

__all__ = ["ShadowedProvider"]


class ShadowedProvider(Rule):
    """A provider, or a path parameter, is hidden by another of its name.

    ## Why is this bad?
    Of two providers with one name the second replaces the first, but only for what stands below it: routes between the
    two keep the first one. Which one a route gets depends on the order of the file, and an override in a test reaches
    only half of them.

    A dependency with the name of a path parameter takes its place: for `/books/{book}` and `book: Book = Depends(…)`
    the documentation shows no such parameter on the route, and the value of the path is not where its name says.

    ## Example
    ```python path=shop/api/dependencies.py
    from shop.domain.book_repository import BookRepository
    from shop.persistence.book_repository import CachedBookRepository, SqlBookRepository


    def get_book_repository() -> BookRepository:
        return SqlBookRepository()


    def get_book_repository() -> BookRepository:
        return CachedBookRepository()
    ```

    ## Use instead
    ```python path=shop/api/dependencies.py
    from shop.domain.book_repository import BookRepository
    from shop.persistence.book_repository import CachedBookRepository, SqlBookRepository


    def get_book_repository() -> BookRepository:
        return SqlBookRepository()


    def get_cached_book_repository() -> BookRepository:
        return CachedBookRepository()
    ```

    ## Options
    - `depends-functions`, `extend-depends-functions`, `provider-prefixes`, `composition`: what counts as a provider

    ## Known problems
    Alternatives in the branches of an `if` or a `try` are no report. The path has to be a literal; of a router's
    `prefix` only that of a router made in the same file is known.
    """

    code = "PYA415"
    message = "{what} '{name}' {problem}: give one of them another name"

    def visit_Provider(self, provider: Provider, module: Module) -> Iterator[Finding]:
        function = provider.function
        parent = module.syntax.parents.get(function)
        if not isinstance(parent, (ast.Module, ast.ClassDef)) or _is_overload(provider):
            return
        for other in module.providers:
            if other.function is function:
                return
            is_namesake = other.function.name == function.name and module.syntax.parents.get(other.function) is parent
            if is_namesake and not _is_overload(other):
                problem = "replaces another of that name"
                yield self.finding(module.name_span(function), what="provider", name=function.name, problem=problem)
                return

    def visit_RouteHandler(self, handler: RouteHandler, module: Module) -> Iterator[Finding]:
        arguments = handler.function.args
        for parameter in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
            if parameter.arg in handler.path_parameters and _is_injected(parameter, module):
                problem = "hides the path parameter of that name"
                yield self.finding(parameter, what="injected parameter", name=parameter.arg, problem=problem)


def _is_injected(parameter: ast.arg, module: Module) -> bool:
    """Tell whether a parameter has a `Depends`, in its default, in its type, or in an alias of its type."""
    if any(entry.parameter is parameter for entry in module.depends_calls):
        return True
    if not isinstance(parameter.annotation, ast.Name):
        return False
    values = module.assigned_values(parameter.annotation)
    return any(
        value is above
        for entry in module.depends_calls
        if entry.parameter is None
        for _, above in module.ancestry(entry.call)
        for value in values
    )


def _is_overload(provider: Provider) -> bool:
    for decorator in provider.function.decorator_list:
        match decorator:
            case ast.Name(id="overload") | ast.Attribute(attr="overload"):
                return True
    return False
