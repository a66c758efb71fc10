"""PYA321."""

import ast
from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import Module

__all__ = ["UseCaseReused"]


class UseCaseReused(Rule):
    """A use-case object is executed more than once.

    ## Why is this bad?
    In this style a use case keeps its inputs and its results. Executed a second time it still has every input of the
    first time that nobody set anew, and until it is done its properties show the first result. If the second execution
    fails, they go on showing it. Use cases are cheap: make one for each execution.

    Reported is a local object, or a parameter, that is executed twice where both executions are sure to happen, and one
    that is executed in a loop although it was made before the loop.

    ## Example
    ```python path=shop/api/books.py
    from shop.usecases.borrow_book import BorrowBookUseCase


    def borrow_all(book_ids: list[str]) -> None:
        use_case = BorrowBookUseCase()
        for book_id in book_ids:
            use_case.set_book_id(book_id).execute()
    ```

    ## Use instead
    ```python path=shop/api/books.py
    from shop.usecases.borrow_book import BorrowBookUseCase


    def borrow_all(book_ids: list[str]) -> None:
        for book_id in book_ids:
            use_case = BorrowBookUseCase()
            use_case.set_book_id(book_id).execute()
    ```

    ## Options
    - `use-case-style`: only `setter-property` makes use cases keep anything
    - `use-case-method`: the method that runs a use case
    - `use-case-suffixes`, `extend-use-case-suffixes`: what a use case is known by

    ## Known problems
    An object is known for a use case by the class that makes it, or by an annotation: its own, or that of the function
    of this file that returns it. One that another file's function returns, or that is an attribute, is not followed. A
    call of `execute` with arguments is no reuse, for such a use case keeps no inputs. In a loop that tries again after
    an error, an execution that ends the loop is not reported.
    """

    code = "PYA321"
    message = "use case '{name}' is executed {again}: make a new one for each execution"

    def visit_Module(self, _: ast.Module, module: Module) -> Iterator[Finding]:
        settings = module.settings
        if settings.use_case_style != "setter-property" or not module.mentions(settings.use_case_method):
            return
        from flake8_pyarch.source.executions import repeated_executions  # noqa: PLC0415 - few files execute anything

        for execution in repeated_executions(module):
            again = "again in each round of the loop" if execution.in_loop else "a second time"
            yield self.finding(execution.call, name=execution.name, again=again)
