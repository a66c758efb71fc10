"""PYA305."""

from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import Module
from flake8_pyarch.source.use_cases import UseCaseModel

__all__ = ["UseCaseWithoutExecute"]


class UseCaseWithoutExecute(Rule):
    """A use case has no method `execute`.

    ## Why is this bad?
    All use cases are run in the same way, so that a route, a queue consumer or a test that knows one knows them all. A
    class with methods of its own choosing, `run`, `process`, `handle_all`, has to be read before it can be called, and
    usually it is several use cases under one name.

    The method may be inherited. Where a base stands in another file nobody knows what it brings, so such a class is
    left alone, as are bases and private helpers.

    ## Example
    ```python path=shop/usecases/borrow_book.py
    class BorrowBookUseCase:
        def run(self) -> None:
            print("borrowed")
    ```

    ## Use instead
    ```python path=shop/usecases/borrow_book.py
    class BorrowBookUseCase:
        def execute(self) -> None:
            print("borrowed")
    ```

    ## Options
    - `use-case-method`: the name of the method
    - `use-case-style`: under `call` and `any` a `__call__` will do as well
    """

    code = "PYA305"
    message = "use case '{name}' has no method '{method}': give it one, and let it do the work"

    def visit_UseCase(self, use_case: UseCaseModel, module: Module) -> Iterator[Finding]:
        method = module.settings.use_case_method
        accepted = {method} if module.settings.use_case_style == "setter-property" else {method, "__call__"}
        if use_case.has_unknown_base or not accepted.isdisjoint(use_case.methods) or use_case.is_base_or_helper:
            return
        if not any(method in model.attributes for model in use_case.model.lineage):
            yield self.finding(module.name_span(use_case.node), name=use_case.name, method=method)
