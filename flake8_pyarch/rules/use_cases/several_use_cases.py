"""PYA304."""

from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import Module
from flake8_pyarch.source.use_cases import UseCaseModel

__all__ = ["SeveralUseCases"]


class SeveralUseCases(Rule):
    """A module holds more than one use case.

    ## Why is this bad?
    Use cases change one at a time, each for its own reason. In one module they share imports, helpers and, before
    long, state; a change to one shows up as a change to all, and the module's name says what none of them does. One
    module each keeps the diff, the test and the reviewer's attention on the one that changes.

    Every use case after the first is reported. Bases (a class that another one derives from, `UseCase`,
    `BaseUseCase`) and private helpers do not count.

    ## Example
    ```python path=shop/usecases/borrow_book.py
    class BorrowBookUseCase:
        def execute(self) -> None:
            print("borrowed")


    class ReturnBookUseCase:
        def execute(self) -> None:
            print("returned")
    ```

    ## Use instead
    ```python path=shop/usecases/borrow_book.py
    class BorrowBookUseCase:
        def execute(self) -> None:
            print("borrowed")
    ```
    ```python path=shop/usecases/return_book.py
    class ReturnBookUseCase:
        def execute(self) -> None:
            print("returned")
    ```

    ## Options
    - `use-case-suffixes`, `extend-use-case-suffixes`, `use-case-method`: what makes a class a use case
    """

    code = "PYA304"
    message = "use case '{name}' shares its module with '{first}': move it to a module of its own"

    def visit_UseCase(self, use_case: UseCaseModel, module: Module) -> Iterator[Finding]:
        if len(module.use_cases) == 1 or use_case.is_base_or_helper:
            return
        first = next(each for each in module.use_cases if not each.is_base_or_helper)
        if use_case is not first:
            yield self.finding(module.name_span(use_case.node), name=use_case.name, first=first.name)
