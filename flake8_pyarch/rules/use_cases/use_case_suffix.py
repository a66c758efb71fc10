"""PYA301."""

from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import Module
from flake8_pyarch.source.use_cases import UseCaseModel

__all__ = ["UseCaseSuffix"]


class UseCaseSuffix(Rule):
    """The name of a use-case class does not end as the project's use cases end.

    ## Why is this bad?
    A use case is looked for by its name: in an import, in a traceback, in a file list. If one is a `BorrowBookUseCase`,
    the next a `ReturnBookInteractor` and the third just `RenewBook`, nobody can tell from a name whether it is a use
    case, an entity or a helper, and no search finds them all. One ending says it everywhere.

    Bases (a class that another one derives from, `UseCase`, `BaseUseCase`) and private helpers may be called anything.

    ## Example
    ```python path=shop/usecases/borrow_book.py
    class BorrowBookInteractor:
        def execute(self) -> None:
            print("borrowed")
    ```

    ## Use instead
    ```python path=shop/usecases/borrow_book.py
    class BorrowBookUseCase:
        def execute(self) -> None:
            print("borrowed")
    ```

    ## Options
    - `use-case-suffixes`, `extend-use-case-suffixes`: the accepted endings
    - `use-case-method`: the method that makes a class in a use-case package a use case
    """

    code = "PYA301"
    message = "use case '{name}' does not end with {endings}: call it '{better}'"

    def visit_UseCase(self, use_case: UseCaseModel, module: Module) -> Iterator[Finding]:
        suffixes = module.settings.use_case_suffixes
        if not suffixes or use_case.name.endswith(suffixes) or use_case.is_base_or_helper:
            return
        endings = " or ".join(f"'{suffix}'" for suffix in dict.fromkeys(suffixes))
        better = use_case.bare_name + suffixes[0]
        yield self.finding(module.name_span(use_case.node), name=use_case.name, endings=endings, better=better)
