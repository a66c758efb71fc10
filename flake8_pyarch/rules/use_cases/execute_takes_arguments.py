"""PYA306."""

import ast
from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import Module
from flake8_pyarch.source.classes import Function, receiver_of
from flake8_pyarch.source.use_cases import UseCaseModel

__all__ = ["ExecuteTakesArguments"]


class ExecuteTakesArguments(Rule):
    """The `execute` of a use case takes arguments.

    ## Why is this bad?
    In this style a use case is told its inputs by setters, checks them in `execute`, and is run the same way whatever
    it does: `use_case.execute()`. An `execute` with parameters is a second way in. The checks of the setters do not see
    what comes through it, and whoever runs use cases without knowing them, a decorator, a queue, a test helper, has to
    know this one after all.

    Parameters with a default are left alone, for `execute()` still works. The first of the others is reported.

    ## Example
    ```python path=shop/usecases/borrow_book.py
    class BorrowBookUseCase:
        def execute(self, book_id: str) -> None:
            print(book_id)
    ```

    ## Use instead
    ```python path=shop/usecases/borrow_book.py
    from typing import Self


    class BorrowBookUseCase:
        def __init__(self) -> None:
            self._book_id: str | None = None

        def set_book_id(self, book_id: str) -> Self:
            self._book_id = book_id
            return self

        def execute(self) -> None:
            assert self._book_id is not None, "book_id must be set before execution"
            print(self._book_id)
    ```

    ## Options
    - `use-case-style`: only `setter-property` wants it so
    - `use-case-method`: the method that runs a use case
    """

    code = "PYA306"
    message = "'{method}' of use case '{name}' takes '{parameter}': let a setter take it, and '{method}' nothing"

    def visit_SetterPropertyUseCase(self, use_case: UseCaseModel, _: Module) -> Iterator[Finding]:
        execute = use_case.own_execute
        parameter = next(_demanded(execute), None) if execute is not None else None
        if execute is not None and parameter is not None:
            yield self.finding(parameter, method=execute.name, name=use_case.name, parameter=parameter.arg)


def _demanded(method: Function) -> Iterator[ast.arg]:
    """Yield the parameters without a default, in the order of the text."""
    arguments = method.args
    positional = [*arguments.posonlyargs, *arguments.args]
    demanded = positional[: len(positional) - len(arguments.defaults)]
    yield from demanded[receiver_of(method) is not None :]
    if arguments.vararg is not None:
        yield arguments.vararg
    keyword_only = zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    yield from (parameter for parameter, default in keyword_only if default is None)
    if arguments.kwarg is not None:
        yield arguments.kwarg
