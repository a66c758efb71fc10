"""PYA313."""

import ast
from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import Module
from flake8_pyarch.source.annotations import accepts_none
from flake8_pyarch.source.classes import Function
from flake8_pyarch.source.paths import Read, unchecked_reads
from flake8_pyarch.source.use_cases import UseCaseModel

__all__ = ["UncheckedInput"]


class UncheckedInput(Rule):
    """A use case uses an input without checking that it has been set.

    ## Why is this bad?
    An input is None until its setter is called, and nothing makes callers call it. If `execute` does not check, the
    None travels: into a query that finds nothing, into a record that is saved without an owner, at best into an
    `AttributeError` far from the caller that forgot. One line at the start of `execute` says what is missing, and to
    whom.

    Any check counts, as long as None does not get past it: `assert`, `is None` with `raise` or `return`, `not`,
    `match`, `isinstance`, `None in (…)`, `or` a default, a test of a local name for the input, a method of the class
    that raises. Methods that `execute` calls are followed, their uses included. Each input is reported once, at its
    first use. Log calls do not count as a use. Neither do inputs whose setter accepts None.

    ## Example
    ```python path=shop/usecases/borrow_book.py
    from typing import Self


    class BorrowBookUseCase:
        def __init__(self) -> None:
            self._book_id: str | None = None

        def set_book_id(self, book_id: str) -> Self:
            self._book_id = book_id
            return self

        def execute(self) -> None:
            print(self._book_id)
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
            assert self._book_id is not None, "book_id must be set before execution"
            print(self._book_id)
    ```

    ## Options
    - `use-case-style`: only `setter-property` wants it so
    - `use-case-method`: the method that runs a use case

    ## Known problems
    What another file does cannot be seen. A method of a base there, and a decorator of the project, may check anything,
    so nothing is reported after them; so may a function that is named like a check (`require_set(self._book_id)`).
    """

    code = "PYA313"
    message = "input '{input}' of use case '{name}' is used without a check that it is set: raise first if it is None"

    def visit_SetterPropertyUseCase(self, use_case: UseCaseModel, module: Module) -> Iterator[Finding]:
        required = [name for name in use_case.inputs if not _may_be_none(name, use_case, module)]
        execute = use_case.execute
        if execute is None or not required:
            return
        first: dict[str, Read] = {}
        for read in unchecked_reads(execute, use_case.model, module, required):
            first.setdefault(read.attribute, read)
        for name, read in first.items():
            if _is_reported_here(read.node, use_case, module):
                yield self.finding(read.node, input=name, name=use_case.name)


def _may_be_none(name: str, use_case: UseCaseModel, module: Module) -> bool:
    return any(_accepts_none(setter, module) for setter in use_case.setters_of(name))


def _accepts_none(setter: Function, module: Module) -> bool:
    arguments = setter.args
    positional = [*arguments.posonlyargs, *arguments.args][1:]
    values = [*arguments.defaults, *arguments.kw_defaults]
    return any(isinstance(value, ast.Constant) and value.value is None for value in values) or any(
        parameter.annotation is not None and accepts_none(parameter.annotation, module)
        for parameter in (*positional, *arguments.kwonlyargs)
    )


def _is_reported_here(node: ast.expr, use_case: UseCaseModel, module: Module) -> bool:
    """Tell whether a use belongs to this use case: it stands in it, or in a base, and no other reports it before."""
    owner = module.enclosing_class(node)
    if owner is None or owner is use_case.model:
        return True
    heirs = [each for each in module.use_cases if owner in each.model.lineage]
    return bool(heirs) and heirs[0] is use_case
