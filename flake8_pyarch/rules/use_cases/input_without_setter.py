"""PYA315."""

import ast
from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import Module
from flake8_pyarch.source.syntax import literal_string
from flake8_pyarch.source.use_cases import UseCaseModel

__all__ = ["InputWithoutSetter"]


class InputWithoutSetter(Rule):
    """A use case reads an attribute that starts as None and that nothing ever sets.

    ## Why is this bad?
    The attribute looks like an input, and the code that reads it looks as if it did something. But there is no setter,
    nothing else assigns it, and so it is None for ever: the check at the start of `execute` always fails, or the branch
    behind it never runs. Usually the setter was forgotten, or misspelt, or went with the last refactoring.

    ## Example
    ```python path=shop/usecases/borrow_book.py
    class BorrowBookUseCase:
        def __init__(self) -> None:
            self._book_id: str | None = None

        def execute(self) -> None:
            assert self._book_id is not None
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
            assert self._book_id is not None
            print(self._book_id)
    ```

    ## Options
    - `use-case-style`: only `setter-property` wants it so

    ## Known problems
    Where a base stands in another file, or attributes are assigned by a name that is worked out (`setattr(self, name,
    value)`, `self.__dict__`), nobody knows what is assigned, so such a class is left alone.
    """

    code = "PYA315"
    message = "input '{attribute}' of use case '{name}' is read and never set: give it a setter, or remove it"

    def visit_SetterPropertyUseCase(self, use_case: UseCaseModel, module: Module) -> Iterator[Finding]:
        if use_case.has_unknown_base:
            return
        for name, place in use_case.empty_attributes.items():
            is_private = name.startswith("_") and not name.startswith("_result")
            is_declared_here = place.method is not None and place in use_case.model.attributes.get(name, [])
            if not (is_private and is_declared_here and _is_only_read(name, place.node, use_case, module)):
                continue
            if not use_case.is_base_or_helper:
                yield self.finding(place.node, attribute=name, name=use_case.name)


def _is_only_read(name: str, declaration: ast.expr, use_case: UseCaseModel, module: Module) -> bool:
    """Tell whether an attribute is read somewhere in the file, and assigned nowhere but where it is declared."""
    is_read = False
    for node in module.syntax.of(ast.Attribute):
        if node.attr == "__dict__":
            return False
        if node.attr == name and node is not declaration and not _is_of_other_class(node, use_case, module):
            if not isinstance(node.ctx, ast.Load):
                return False
            is_read = True
    return is_read and not any(_may_set(call, name) for call in module.syntax.of(ast.Call))


def _is_of_other_class(node: ast.Attribute, use_case: UseCaseModel, module: Module) -> bool:
    owner = module.class_of_self(node)
    return owner is not None and owner not in use_case.model.lineage and use_case.model not in owner.lineage


def _may_set(call: ast.Call, name: str) -> bool:
    match call:
        case ast.Call(func=ast.Name(id="setattr") | ast.Attribute(attr="__setattr__"), args=[_, attribute, *_]):
            return literal_string(attribute) in {None, name}
        case ast.Call(func=ast.Name(id="vars")):
            return True
    return False
