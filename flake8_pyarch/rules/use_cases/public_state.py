"""PYA310."""

import ast
from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import Module
from flake8_pyarch.source.classes import Attribute
from flake8_pyarch.source.syntax import walk
from flake8_pyarch.source.use_cases import CONSTRUCTORS, UseCaseModel, is_class_method

__all__ = ["PublicState"]


class PublicState(Rule):
    """A use case keeps an input or a result in a public attribute.

    ## Why is this bad?
    What is public can be written by anyone, at any time: a caller that sets `use_case.book_id` passes by the check in
    the setter, and one that writes `use_case.book` makes up a result. Then nothing that `execute` has checked still
    holds. Inputs go in through setters and results come out through read-only properties; the attributes behind them
    are private.

    A constructor's parameter that is stored under its own name is a dependency, and fine. Each attribute is reported
    once, where it is first assigned.

    ## Example
    ```python path=shop/usecases/borrow_book.py
    class BorrowBookUseCase:
        def __init__(self) -> None:
            self.book_id: str | None = None

        def execute(self) -> None:
            print(self.book_id or "")
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
            print(self._book_id or "")
    ```

    ## Options
    - `use-case-style`: only `setter-property` wants it so
    """

    code = "PYA310"
    message = "use case '{name}' keeps '{attribute}' public: make it private, behind a setter or a read-only property"

    def visit_SetterPropertyUseCase(self, use_case: UseCaseModel, _: Module) -> Iterator[Finding]:
        for name, places in use_case.model.attributes.items():
            if name.startswith("_") or name in use_case.all_properties:
                continue
            first = next((place for place in places if _is_state(place, use_case)), None)
            if first is not None:
                yield self.finding(first.node, name=use_case.name, attribute=name)


def _is_state(place: Attribute, use_case: UseCaseModel) -> bool:
    """Tell whether a place assigns an attribute of the object, other than a dependency it is constructed with."""
    is_only_declared = isinstance(place.statement, ast.AnnAssign) and place.value is None
    if place.method is None or is_only_declared or is_class_method(place.method):
        return False
    if place.method.name not in CONSTRUCTORS or place.value is None:
        return True
    if any(other.method is None and other.name == place.name for other in use_case.places):
        return place.method.name == "__init__"
    arguments = place.method.args
    parameters = (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg)
    is_parameter = any(parameter is not None and parameter.arg == place.name for parameter in parameters)
    return not (is_parameter and any(isinstance(n, ast.Name) and n.id == place.name for n in walk(place.value)))
