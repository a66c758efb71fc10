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
    by_name = module.once(_attributes_by_name)
    if "__dict__" in by_name:
        return False
    by_owner = by_name.get(name, {})
    family = (*use_case.model.lineage, *module.heirs(use_case.model))
    for node in (node for owner in (None, *(model.node for model in family)) for node in by_owner.get(owner, ())):
        if node is not declaration:
            if not isinstance(node.ctx, ast.Load):
                return False
            is_read = True
    set_by_name = module.once(_names_set_by_name)
    return is_read and None not in set_by_name and name not in set_by_name


def _attributes_by_name(module: Module) -> dict[str, dict[ast.ClassDef | None, list[ast.Attribute]]]:
    """Return every attribute in the file by its name and the class whose own it is, None where that is unknown."""
    found: dict[str, dict[ast.ClassDef | None, list[ast.Attribute]]] = {}
    for node in module.syntax.of(ast.Attribute):
        owner = module.class_of_self(node)
        of_name = found.setdefault(node.attr, {})
        of_name.setdefault(None if owner is None else owner.node, []).append(node)
    return found


def _names_set_by_name(module: Module) -> set[str | None]:
    """Return the attributes that `setattr` and its like set, None for one that cannot be told."""
    found: set[str | None] = set()
    for call in module.syntax.of(ast.Call):
        match call:
            case ast.Call(func=ast.Name(id="setattr") | ast.Attribute(attr="__setattr__"), args=[_, attribute, *_]):
                found.add(literal_string(attribute))
            case ast.Call(func=ast.Name(id="vars")):
                found.add(None)
    return found
