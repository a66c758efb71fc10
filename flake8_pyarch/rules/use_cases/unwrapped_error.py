"""PYA317."""

import ast
from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import Module
from flake8_pyarch.source.classes import Function
from flake8_pyarch.source.exceptions.classes import BUILTIN_EXCEPTIONS, catches_everything
from flake8_pyarch.source.syntax import own_nodes, without_call
from flake8_pyarch.source.use_cases import UseCaseModel

__all__ = ["UnwrappedError"]


class UnwrappedError(Rule):
    """The `execute` of a use case lets unexpected exceptions out as they are.

    ## Why is this bad?
    A caller of a use case knows the errors that the use case names. Whatever else goes wrong inside, a driver's
    timeout, a bug, comes out under a name that belongs to some other layer, and the caller either catches `Exception`
    or lets it through to the user. Wrapped in an error of the use case, `from` its cause, it can be handled in one
    place and still tells the whole story.

    ## Example
    ```python path=shop/usecases/borrow_book.py
    class BorrowBookUseCase:
        def execute(self) -> None:
            print("borrowed")
    ```

    ## Use instead
    ```python path=shop/usecases/borrow_book.py
    class UseCaseError(Exception):
        pass


    class BorrowBookUseCase:
        def execute(self) -> None:
            try:
                print("borrowed")
            except UseCaseError:
                raise
            except Exception as error:
                raise UseCaseError("unexpected error while borrowing") from error
    ```

    ## Options
    - `use-case-method`: the method that runs a use case

    ## Known problems
    A `try` in a method that `execute` calls counts as well. Under a decorator, and where a base stands in another file,
    somebody else may do the wrapping, so such a method is left alone.
    """

    code = "PYA317"
    message = "'{method}' of use case '{name}' does not wrap unexpected exceptions: raise an error of its own from them"
    on_by_default = False

    def visit_UseCase(self, use_case: UseCaseModel, module: Module) -> Iterator[Finding]:
        execute = use_case.own_execute
        if execute is None or execute.decorator_list or use_case.has_unknown_base or _does_nothing(execute):
            return
        methods = use_case.called_methods(execute)
        if not any(_wraps(node, module) for method in methods for node in own_nodes(method.body)):
            yield self.finding(module.name_span(execute), method=execute.name, name=use_case.name)


def _does_nothing(method: Function) -> bool:
    """Tell whether a method only documents, passes, or refuses: nothing unexpected can happen in it."""
    return all(
        isinstance(statement, (ast.Pass, ast.Raise))
        or (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant))
        for statement in method.body
    )


def _wraps(handler: ast.AST, module: Module) -> bool:
    """Tell whether a handler catches everything and raises an error of the project from it."""
    return (
        isinstance(handler, ast.ExceptHandler)
        and catches_everything(handler, module)
        and any(
            isinstance(node, ast.Raise) and node.exc is not None and _has_cause(node) and _is_own(node.exc, module)
            for node in own_nodes(handler.body)
        )
    )


def _has_cause(node: ast.Raise) -> bool:
    return node.cause is not None and not (isinstance(node.cause, ast.Constant) and node.cause.value is None)


def _is_own(raised: ast.expr, module: Module) -> bool:
    return module.resolve(without_call(raised)) not in BUILTIN_EXCEPTIONS
