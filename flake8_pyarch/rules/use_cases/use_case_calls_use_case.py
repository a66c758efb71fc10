"""PYA318."""

import ast
from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import ImportedName, Module
from flake8_pyarch.source.annotations import NamedType, named_types
from flake8_pyarch.source.syntax import dotted_name, walk
from flake8_pyarch.source.use_cases import UseCaseModel, constructor_parameters, is_use_case_of_file_or_project

__all__ = ["UseCaseCallsUseCase"]


class UseCaseCallsUseCase(Rule):
    """A use case depends on another use case.

    ## Why is this bad?
    A use case is an entry point: it opens its transaction, checks its inputs, decides what its caller may learn. One
    that runs another one does all of that twice, and the inner one's decisions, meant for a caller outside, come in the
    middle of the outer one's work. Soon the inner one has an argument that says who is calling. What both need is a
    service of the application or the domain; then each use case stays whole.

    Reported is the import of another use case, a call that makes one, and a parameter of the constructor, or a
    dataclass's field, that takes one. Interfaces and bases of use cases are fine.

    ## Example
    ```python path=shop/usecases/renew_loan.py
    from shop.usecases.return_book import ReturnBookUseCase


    class RenewLoanUseCase:
        def __init__(self, return_book: ReturnBookUseCase) -> None:
            self._return_book = return_book

        def execute(self) -> None:
            self._return_book.execute()
    ```

    ## Use instead
    ```python path=shop/usecases/renew_loan.py
    from shop.domain.loan_service import LoanService


    class RenewLoanUseCase:
        def __init__(self, loans: LoanService) -> None:
            self._loans = loans

        def execute(self) -> None:
            self._loans.end()
    ```

    ## Options
    - `use-case-suffixes`, `extend-use-case-suffixes`, `use-case-method`: what makes a class a use case

    ## Known problems
    Where the module of an imported class cannot be found, only the class's name tells whether it is a use case.
    """

    code = "PYA318"
    message = "use case '{name}' {does} use case '{other}': move what both need to a service"
    in_composition = False

    def visit_ImportedName(self, entry: ImportedName, module: Module) -> Iterator[Finding]:
        name = entry.name or ""
        if not module.use_cases or not is_use_case_of_file_or_project(name, entry, module):
            return
        first = next((use_case for use_case in module.use_cases if not use_case.is_base_or_helper), None)
        if first is not None:
            yield self.finding(entry.node, name=first.name, does="imports", other=name)

    def visit_UseCase(self, use_case: UseCaseModel, module: Module) -> Iterator[Finding]:
        taken = [
            (parameter.node, "takes", name)
            for parameter in constructor_parameters(use_case.model)
            if parameter.annotation is not None
            for name, binding in named_types(parameter.annotation, module)
            if binding is not use_case.node and is_use_case_of_file_or_project(name, binding, module)
        ]
        made = [
            (call, "makes", name)
            for call in walk(*use_case.node.body)
            if isinstance(call, ast.Call)
            for name, binding in _called(call.func, module)
            if binding is not use_case.node and is_use_case_of_file_or_project(name, binding, module)
        ]
        if (taken or made) and not use_case.is_base_or_helper:
            for node, does, other in dict.fromkeys((*taken, *made)):
                yield self.finding(node, name=use_case.name, does=does, other=other)


def _called(function: ast.expr, module: Module) -> Iterator[NamedType]:
    """Yield what a call names, where it names something: no attribute of what another call returns."""
    if dotted_name(function) is not None:
        yield from named_types(function, module)
