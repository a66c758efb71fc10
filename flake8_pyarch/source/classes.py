"""Classes: their methods, bases and attributes, as far as one file tells."""

import ast
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from flake8_pyarch.source.syntax import FUNCTIONS, scope_statements, unpacked

if TYPE_CHECKING:
    from flake8_pyarch.source.module import Module

__all__ = ["Attribute", "ClassModel", "Function", "is_attribute_of", "receiver_of"]

Function = ast.FunctionDef | ast.AsyncFunctionDef

_MOST_IN_LINEAGE = 50
"""How many classes of a file are followed upwards from one; three times what is found in code that people write."""


_ASSIGNING = (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.For, ast.AsyncFor, ast.With, ast.AsyncWith)


class Attribute(NamedTuple):
    """One place where an attribute of a class is declared or assigned.

    Arguments:
        name: the attribute.
        node: the target: `self._x`, or the name in the class body.
        statement: the statement that assigns or declares.
        value: the assigned expression, None where there is none or it cannot be told (a loop target, unpacking).
        annotation: its annotation there, or None.
        method: the method it is assigned in, None for the class body.

    """

    name: str
    node: ast.expr
    statement: ast.stmt
    value: ast.expr | None
    annotation: ast.expr | None
    method: Function | None


class ClassModel:
    """A class of this file."""

    def __init__(self, node: ast.ClassDef, module: "Module") -> None:
        self.node = node
        self.name = node.name
        self._module = module

    @cached_property
    def base_names(self) -> list[str | None]:
        """The qualified name of each base, subscripts left out (`Generic[T]` is `typing.Generic`), None if unknown."""
        return [self._module.resolve(base) for base in self.bases]

    @property
    def bases(self) -> list[ast.expr]:
        """The expression of each base, without subscripts."""
        return [base.value if isinstance(base, ast.Subscript) else base for base in self.node.bases]

    @cached_property
    def local_bases(self) -> list["ClassModel"]:
        """The bases that are classes of this file."""
        models = (self._module.class_named(base) for base in self.bases)
        return [model for model in models if model is not None and model is not self]

    @cached_property
    def lineage(self) -> list["ClassModel"]:
        """The class itself and its ancestors in this file, nearest first, as far as they are followed."""
        return self._followed[0]

    @cached_property
    def _followed(self) -> tuple[list["ClassModel"], bool]:
        """Its lineage, and whether that goes on."""
        found: dict[ast.ClassDef, ClassModel] = {}
        pending = [self]
        while pending:
            model = pending.pop(0)
            if model.node not in found:
                if len(found) == _MOST_IN_LINEAGE:
                    return list(found.values()), True
                found[model.node] = model
                pending += model.local_bases
        return list(found.values()), False

    @cached_property
    def ancestor_names(self) -> list[str]:
        """The qualified names of all known ancestors, those reached through classes of this file included."""
        return [name for model in self.lineage for name in model.base_names if name is not None]

    @cached_property
    def foreign_bases(self) -> list[tuple[ast.expr, str | None]]:
        """Its bases and its local ancestors' that are no classes of this file, each with its qualified name.

        Where the lineage is not followed to its end, there is an unknown one.
        """
        lineage, goes_on = self._followed
        unknown = [(self.bases[0], None)] if goes_on else []
        return [found for model in lineage for found in model.own_foreign_bases] + unknown

    @cached_property
    def own_foreign_bases(self) -> list[tuple[ast.expr, str | None]]:
        """Its own bases that are no classes of this file, each with its qualified name."""
        named = zip(self.bases, self.base_names, strict=True)
        return [(base, name) for base, name in named if self._module.class_named(base) is None]

    @cached_property
    def methods(self) -> dict[str, Function]:
        """Its own methods by name; of several with one name, the last."""
        return {method.name: method for method in self.all_methods}

    @cached_property
    def all_methods(self) -> list[Function]:
        """Its own methods in order, overloads and property setters each by themselves."""
        return [node for node in _block(self.node.body) if isinstance(node, FUNCTIONS)]

    @cached_property
    def attributes(self) -> dict[str, list[Attribute]]:
        """Its own attributes by name, each with every place that declares or assigns it, the class body first."""
        found: dict[str, list[Attribute]] = {}
        for attribute in (*self._declared(), *self._assigned()):
            found.setdefault(attribute.name, []).append(attribute)
        return found

    def values(self, attribute: str) -> list[ast.expr]:
        """Return every expression assigned to an attribute, in this class and its ancestors in this file."""
        places = [place for model in self.lineage for place in model.attributes.get(attribute, [])]
        return [place.value for place in places if place.value is not None]

    def decorator_names(self, node: ast.ClassDef | Function | None = None) -> list[str]:
        """Return the qualified names of the class's decorators, or of a method's, calls stripped."""
        decorators = (node or self.node).decorator_list
        names = (self._module.resolve(d.func if isinstance(d, ast.Call) else d) for d in decorators)
        return [name for name in names if name is not None]

    def _declared(self) -> Iterator[Attribute]:
        for statement in _block(self.node.body):
            match statement:
                case ast.AnnAssign(target=ast.Name() as target):
                    yield Attribute(target.id, target, statement, statement.value, statement.annotation, None)
                case ast.Assign():
                    names = [target for target in statement.targets if isinstance(target, ast.Name)]
                    yield from (Attribute(name.id, name, statement, statement.value, None, None) for name in names)

    def _assigned(self) -> Iterator[Attribute]:
        for method in self.all_methods:
            receiver = receiver_of(method)
            if receiver is None:
                continue
            for statement in scope_statements(method.body):
                if isinstance(statement, _ASSIGNING):
                    yield from _assignments(statement, receiver, method)


def receiver_of(method: Function) -> str | None:
    """Return the name a method calls its object by (`self`), None for a static method or one without parameters."""
    if any(isinstance(d, ast.Name) and d.id == "staticmethod" for d in method.decorator_list):
        return None
    parameters = [*method.args.posonlyargs, *method.args.args]
    return parameters[0].arg if parameters else None


def is_attribute_of(node: ast.AST, receiver: str) -> bool:
    """Tell whether `node` is `<receiver>.<name>`."""
    return isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == receiver


def _block(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield the statements of a class body, those under `if` and `try` included."""
    for statement in body:
        yield statement
        if isinstance(statement, (ast.If, ast.Try)):
            handlers = [inner for handler in getattr(statement, "handlers", []) for inner in handler.body]
            yield from _block([*statement.body, *handlers, *statement.orelse, *getattr(statement, "finalbody", [])])


def _assignments(node: ast.stmt, receiver: str, method: Function) -> Iterator[Attribute]:
    match node:
        case ast.Assign():
            for target in node.targets:
                for place, value in unpacked(target, node.value):
                    if is_attribute_of(place, receiver):
                        yield Attribute(place.attr, place, node, value, None, method)  # type: ignore[attr-defined]
        case ast.AnnAssign(target=ast.Attribute() as target) if is_attribute_of(target, receiver):
            yield Attribute(target.attr, target, node, node.value, node.annotation, method)
        case ast.AugAssign(target=ast.Attribute() as target) if is_attribute_of(target, receiver):
            yield Attribute(target.attr, target, node, None, None, method)
        case ast.For() | ast.AsyncFor():
            for place, _ in unpacked(node.target, None):
                if is_attribute_of(place, receiver):
                    yield Attribute(place.attr, place, node, None, None, method)  # type: ignore[attr-defined]
        case ast.With() | ast.AsyncWith():
            for item in node.items:
                if item.optional_vars is not None:
                    for place, _ in unpacked(item.optional_vars, None):
                        if is_attribute_of(place, receiver):
                            yield Attribute(place.attr, place, node, None, None, method)  # type: ignore[attr-defined]
