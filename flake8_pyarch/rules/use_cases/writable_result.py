"""PYA311."""

import ast
from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import Module
from flake8_pyarch.source.use_cases import UseCaseModel

__all__ = ["WritableResult"]


class WritableResult(Rule):
    """A result of a use case can be set or deleted through its property.

    ## Why is this bad?
    A result is what the use case found out. If the property that shows it has a setter, anyone can make one up, and
    whoever reads it later cannot tell what the use case did from what a caller wrote over it. Tests that assign a
    result instead of executing the use case test nothing.

    ## Example
    ```python path=shop/usecases/borrow_book.py
    class BorrowBookUseCase:
        def __init__(self) -> None:
            self._result_book: str | None = None

        @property
        def book(self) -> str | None:
            return self._result_book

        @book.setter
        def book(self, book: str) -> None:
            self._result_book = book

        def execute(self) -> None:
            self._result_book = "the book"
    ```

    ## Use instead
    ```python path=shop/usecases/borrow_book.py
    class BorrowBookUseCase:
        def __init__(self) -> None:
            self._result_book: str | None = None

        @property
        def book(self) -> str | None:
            return self._result_book

        def execute(self) -> None:
            self._result_book = "the book"
    ```

    ## Options
    - `use-case-style`: only `setter-property` wants it so
    """

    code = "PYA311"
    message = (
        "result '{result}' of use case '{name}' has a {kind}: leave it read-only, for only '{method}' makes results"
    )

    def visit_SetterPropertyUseCase(self, use_case: UseCaseModel, module: Module) -> Iterator[Finding]:
        for method in use_case.model.all_methods:
            for decorator in method.decorator_list:
                match decorator:
                    case ast.Attribute(value=ast.Name(id=name) | ast.Attribute(attr=name), attr="setter" | "deleter"):
                        if name in use_case.result_properties:
                            yield self.finding(
                                decorator,
                                result=name,
                                name=use_case.name,
                                kind=decorator.attr,
                                method=module.settings.use_case_method,
                            )
