"""PYA307."""

import ast
from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import Module
from flake8_pyarch.source.annotations import unquoted
from flake8_pyarch.source.classes import Function
from flake8_pyarch.source.syntax import own_nodes
from flake8_pyarch.source.use_cases import UseCaseModel

__all__ = ["ExecuteReturnsValue"]

_NOTHING = frozenset({"None", "NoneType", "NoReturn", "Never"})


class ExecuteReturnsValue(Rule):
    """The `execute` of a use case returns something.

    ## Why is this bad?
    In this style a use case keeps its results and shows them by properties, which check that it has been executed and
    say what each result is. A result that is returned is seen once, by whoever happened to call, under no name; a
    second result turns it into a tuple, and the callers have to change.

    The return annotation is reported if it is anything but `None`; without an annotation, the first `return` with a
    value, or the first `yield`.

    ## Example
    ```python path=shop/usecases/borrow_book.py
    class BorrowBookUseCase:
        def execute(self) -> str:
            return "the book"
    ```

    ## Use instead
    ```python path=shop/usecases/borrow_book.py
    class BorrowBookUseCase:
        def __init__(self) -> None:
            self._result_book: str | None = None

        @property
        def book(self) -> str:
            assert self._result_book is not None, "the use case has not been executed yet"
            return self._result_book

        def execute(self) -> None:
            self._result_book = "the book"
    ```

    ## Options
    - `use-case-style`: only `setter-property` wants it so
    - `use-case-method`: the method that runs a use case
    """

    code = "PYA307"
    message = "'{method}' of use case '{name}' {problem}: keep the result on self, and show it by a property"

    def visit_SetterPropertyUseCase(self, use_case: UseCaseModel, module: Module) -> Iterator[Finding]:
        execute = use_case.own_execute
        if execute is None:
            return
        if execute.returns is not None:
            if not _is_nothing(execute.returns):
                problem = "is annotated to return something"
                yield self.finding(execute.returns, method=execute.name, name=use_case.name, problem=problem)
            return
        handing_out = next(_nodes_that_hand_out(execute), None)
        if handing_out is not None:
            problem = "returns a value" if isinstance(handing_out, ast.Return) else "yields"
            place = module.statement_of(handing_out)
            yield self.finding(place, method=execute.name, name=use_case.name, problem=problem)


def _is_nothing(annotation: ast.expr) -> bool:
    match unquoted(annotation):
        case ast.Constant(value=None):
            return True
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name in _NOTHING
    return False


def _nodes_that_hand_out(method: Function) -> Iterator[ast.AST]:
    for node in own_nodes(method.body):
        match node:
            case ast.Yield() | ast.YieldFrom():
                yield node
            case ast.Return(value=ast.expr() as value) if not (isinstance(value, ast.Constant) and value.value is None):
                yield node
