"""PYA813."""

from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.settings import Layer
from flake8_pyarch.source import Module
from flake8_pyarch.source.project_tests import has_unit_test
from flake8_pyarch.source.use_cases import UseCaseModel

__all__ = ["UseCaseWithoutTest"]


class UseCaseWithoutTest(Rule):
    """A use case has no unit test.

    ## Why is this bad?
    A use case is what the service is for. It is written so that it can be tested without a database and without HTTP;
    if it is not, all the work of keeping it apart has brought nothing, and a change of it is found out by its users.

    The rule is off because many projects lay out their tests in another way. It looks for a file named after the
    module: `tests/units/…/test_borrow_book.py` for `usecases/borrowers/borrow_book.py`.

    ## Example
    ```python path=shop/usecases/borrowers/borrow_book.py
    class BorrowBookUseCase:
        def execute(self) -> None: ...
    ```

    ## Use instead
    ```python path=shop/usecases/borrowers/borrow_book.py
    class BorrowBookUseCase:
        def execute(self) -> None: ...
    ```
    ```python path=tests/units/usecases/borrowers/test_borrow_book.py
    def test_execute() -> None: ...
    ```

    ## Options
    - `use-case-suffixes`, `use-case-method`: what is a use case

    ## Known problems
    The directory `tests` is looked for beside the package and in every directory round it, up to the project's root.
    What the test tests is not looked at.
    """

    code = "PYA813"
    message = "use case '{name}' has no unit test: write 'tests/units/…/test_{stem}.py'"
    on_by_default = False
    layers = frozenset({Layer.APPLICATION})

    def visit_UseCase(self, use_case: UseCaseModel, module: Module) -> Iterator[Finding]:
        if not use_case.is_base_or_helper and not has_unit_test(module):
            yield self.finding(module.name_span(use_case.node), name=use_case.node.name, stem=module.stem)
