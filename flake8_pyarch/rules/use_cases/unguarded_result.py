"""PYA312."""

from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import Module
from flake8_pyarch.source.annotations import accepts_none
from flake8_pyarch.source.paths import Purpose, unchecked_reads
from flake8_pyarch.source.use_cases import UseCaseModel

__all__ = ["UnguardedResult"]


class UnguardedResult(Rule):
    """A property of a use case may return None although it does not say so.

    ## Why is this bad?
    Before the use case has been executed its result is None. A property that promises a `Book` and returns what is
    there hands out that None, and the error comes much later, in a template or a serializer, as an attribute that
    `NoneType` does not have. If the property checks first, the error says what was forgotten, where it was forgotten.

    An `assert`, an `if … is None: raise`, `match`, a walrus, a method of the class that raises: anything will do that
    keeps None from being returned. A property annotated `Book | None` is honest, and fine.

    ## Example
    ```python path=shop/usecases/borrow_book.py
    class BorrowBookUseCase:
        def __init__(self) -> None:
            self._result_book: str | None = None

        @property
        def book(self) -> str:
            return self._result_book

        def execute(self) -> None:
            self._result_book = "the book"
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

    ## Known problems
    A test of another attribute (`if not self._executed: raise …`) does not tell that this one is there, to the rule as
    little as to a type checker. A property under a decorator of the project is left alone.
    """

    code = "PYA312"
    message = (
        "property '{property}' of use case '{name}' returns '{attribute}', which starts as None: raise if it is None"
    )

    def visit_SetterPropertyUseCase(self, use_case: UseCaseModel, module: Module) -> Iterator[Finding]:
        for getter in use_case.properties if use_case.empty_attributes else ():
            if getter.returns is not None and accepts_none(getter.returns, module):
                continue
            reads = unchecked_reads(getter, use_case.model, module, use_case.empty_attributes, Purpose.RETURNED)
            returned = {module.statement_of(read.node): read for read in reads if read.purpose is Purpose.RETURNED}
            for statement, read in returned.items():
                yield self.finding(statement, property=getter.name, name=use_case.name, attribute=read.attribute)
