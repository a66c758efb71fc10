"""PYA402."""

import ast
from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import Module
from flake8_pyarch.source.classes import receiver_of
from flake8_pyarch.source.injection.depends import DependsCall

__all__ = ["InjectedWithoutAnnotation"]


class InjectedWithoutAnnotation(Rule):
    """An injected parameter has no type annotation.

    ## Why is this bad?
    The annotation is the contract between a function and its provider: it says what is needed, by its interface.
    Without it neither mypy nor the editor nor the next reader knows what `books` is, and a provider can be swapped for
    one that returns something else without anybody noticing. `Depends()` without a provider even needs the annotation
    to know what to make.

    ## Example
    ```python path=shop/api/books.py
    from fastapi import Depends

    from shop.api.providers import get_book_repository


    def list_books(books=Depends(get_book_repository)) -> list[str]:
        return books.titles()
    ```

    ## Use instead
    ```python path=shop/api/books.py
    from fastapi import Depends

    from shop.api.providers import get_book_repository
    from shop.domain.book_repository import BookRepository


    def list_books(books: BookRepository = Depends(get_book_repository)) -> list[str]:
        return books.titles()
    ```

    ## Options
    - `depends-functions`, `extend-depends-functions`: what counts as `Depends`

    ## Known problems
    A lambda's parameters cannot be annotated and are left alone, as `ANN001` leaves them. `ANN001` speaks of every
    parameter, this rule only of injected ones; of these `ANN001` leaves out the first parameter of a method.
    """

    code = "PYA402"
    message = "injected parameter '{name}' has no annotation: annotate it with the type it needs"
    twins = ("ANN001",)

    def visit_DependsCall(self, entry: DependsCall, module: Module) -> Iterator[Finding]:
        parameter = entry.parameter
        if entry.function is None or parameter is None or parameter.annotation is not None:
            return
        is_method = isinstance(module.syntax.parents.get(entry.function), ast.ClassDef)
        is_receiver = is_method and receiver_of(entry.function) == parameter.arg
        yield self.finding(parameter, name=parameter.arg, twin=None if is_receiver else "ANN001")
