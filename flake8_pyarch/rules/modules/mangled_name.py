"""PYA216."""

import ast
from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.checking.rule import Span
from flake8_pyarch.source import Module
from flake8_pyarch.source.classes import ClassModel
from flake8_pyarch.source.naming import is_mangled, owner_of

__all__ = ["MangledName"]


class MangledName(Rule):
    """An attribute or method has two leading underscores, so that Python mangles its name.

    ## Why is this bad?
    Python renames `self.__total` in a class `Order` to `_Order__total`. That is not privacy: it is a device for base
    classes whose subclasses may reuse a name by chance. It surprises in `getattr`, in mocks and patches, in pickles
    and in subclasses, which silently get an attribute of their own. One underscore says "private", and everybody
    understands it.

    A name is reported once in a class, where it first occurs.

    ## Example
    ```python path=shop/domain/order.py
    class Order:
        def __init__(self) -> None:
            self.__total = 0
    ```

    ## Use instead
    ```python path=shop/domain/order.py
    class Order:
        def __init__(self) -> None:
            self._total = 0
    ```

    ## Known problems
    A base class that is meant to be subclassed by strangers may have reason to mangle a name.
    """

    code = "PYA216"
    message = "'{name}' of class '{owner}' is mangled by its two leading underscores: make it '{suggestion}'"

    def visit_Module(self, node: ast.Module, module: Module) -> Iterator[Finding]:
        del node
        first: dict[tuple[ClassModel, str], ast.Attribute | Span] = {}
        for owner, name, found in sorted(_occurrences(module), key=lambda each: _position(each[2])):
            first.setdefault((owner, name), found)
        for (owner, name), place in first.items():
            yield self.finding(place, name=name, owner=owner.name, suggestion=name[1:])


def _occurrences(module: Module) -> Iterator[tuple[ClassModel, str, ast.Attribute | Span]]:
    for attribute in module.syntax.of(ast.Attribute):
        if is_mangled(attribute.attr):
            owner = module.class_of_self(attribute)
            if owner is not None:
                yield owner, attribute.attr, attribute
    for function in module.functions:
        if is_mangled(function.name):
            owner = owner_of(function, module)
            if owner is not None:
                yield owner, function.name, module.name_span(function)


def _position(place: ast.Attribute | Span) -> tuple[int, int]:
    return (place.lineno, place.col_offset) if isinstance(place, ast.Attribute) else place[:2]
