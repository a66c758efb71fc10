"""PYA314."""

import ast
from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import Module
from flake8_pyarch.source.classes import Attribute
from flake8_pyarch.source.syntax import literal_string, walk
from flake8_pyarch.source.use_cases import CONSTRUCTORS, UseCaseModel, is_class_method

__all__ = ["UndeclaredAttribute"]


class UndeclaredAttribute(Rule):
    """A use case assigns an attribute that its constructor does not declare.

    ## Why is this bad?
    The constructor of a use case is the list of what it keeps: dependencies, inputs, results. An attribute that first
    appears in the middle of `execute` is on no list. Until that line has run, reading it is an `AttributeError` instead
    of a clear message; and whether it is an input, a result or a leftover, only the whole class can tell.

    What is declared in `__init__` or `__post_init__`, in the class body, in `__slots__`, or in a method that the
    constructor calls, is declared. Each attribute is reported once, where it is first assigned.

    ## Example
    ```python path=shop/usecases/borrow_book.py
    class BorrowBookUseCase:
        def execute(self) -> None:
            self._result_book = "the book"
    ```

    ## Use instead
    ```python path=shop/usecases/borrow_book.py
    class BorrowBookUseCase:
        def __init__(self) -> None:
            self._result_book: str | None = None

        def execute(self) -> None:
            self._result_book = "the book"
    ```

    ## Options
    - `use-case-style`: only `setter-property` wants it so

    ## Known problems
    Where a base stands in another file it may declare anything, so such a class is left alone.
    """

    code = "PYA314"
    message = (
        "attribute '{attribute}' of use case '{name}' is not declared in '__init__': declare it there, at first None"
    )

    def visit_SetterPropertyUseCase(self, use_case: UseCaseModel, _: Module) -> Iterator[Finding]:
        if use_case.has_unknown_base:
            return
        declared = set(_declared(use_case))
        for name, places in use_case.model.attributes.items():
            if name.startswith("_") and name not in declared and name not in use_case.methods:
                first = next((place for place in places if not _is_only_annotated(place)), None)
                if first is not None:
                    yield self.finding(first.node, attribute=name, name=use_case.name)


def _is_only_annotated(place: Attribute) -> bool:
    return isinstance(place.statement, ast.AnnAssign) and place.value is None


def _declared(use_case: UseCaseModel) -> Iterator[str]:
    constructors = [
        method for model in use_case.model.lineage for method in model.all_methods if method.name in CONSTRUCTORS
    ]
    yield from use_case.stores(*constructors)
    for place in use_case.places:
        if place.method is None:
            yield place.name
            yield from _slots(place)
        elif is_class_method(place.method):
            yield place.name


def _slots(place: Attribute) -> Iterator[str]:
    if place.name == "__slots__" and place.value is not None:
        for node in walk(place.value):
            name = literal_string(node) if isinstance(node, ast.expr) else None
            if name is not None:
                yield name
