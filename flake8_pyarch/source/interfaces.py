"""Interfaces: classes that say what others do, and do nothing themselves."""

import ast
from typing import TYPE_CHECKING

from flake8_pyarch.source.classes import ClassModel, Function
from flake8_pyarch.source.syntax import literal_string

if TYPE_CHECKING:
    from flake8_pyarch.source.module import Module

__all__ = ["PROTOCOLS", "has_abstract_base", "is_interface"]

PROTOCOLS = frozenset({"typing.Protocol", "typing_extensions.Protocol"})

_WITHOUT_BODY = frozenset(
    {
        *("abc.abstractmethod", "abc.abstractproperty", "abc.abstractclassmethod", "abc.abstractstaticmethod"),
        *("typing.overload", "typing_extensions.overload"),
    }
)
_WITHOUT_BEHAVIOUR = PROTOCOLS | {"abc.ABC", "builtins.object", "typing.Generic", "typing_extensions.Generic"}


def has_abstract_base(model: ClassModel, module: "Module") -> bool:
    """Tell whether a class is an ABC: by base or by metaclass, its own or one of an ancestor in this file."""
    metaclasses = [
        keyword.value for each in model.lineage for keyword in each.node.keywords if keyword.arg == "metaclass"
    ]
    return "abc.ABC" in model.ancestor_names or any(module.resolve(each) == "abc.ABCMeta" for each in metaclasses)


def is_interface(model: ClassModel, module: "Module") -> bool:
    """Tell whether a class is only an interface: a Protocol, or an ABC whose every method is abstract.

    A class with a base that this file cannot tell is none.
    """
    if any(name not in _WITHOUT_BEHAVIOUR for _, name in model.foreign_bases):
        return False
    if not PROTOCOLS.isdisjoint(name for name in model.base_names if name is not None):
        return all(_is_stub(method) for method in model.all_methods)
    methods = [(each, method) for each in model.lineage for method in each.all_methods]
    return (
        has_abstract_base(model, module)
        and bool(model.all_methods)
        and all(_is_abstract(method, each) for each, method in methods)
    )


def _is_abstract(method: Function, model: ClassModel) -> bool:
    """Tell whether a method is abstract, or an overload, which is no method by itself."""
    return not _WITHOUT_BODY.isdisjoint(model.decorator_names(method))


def _is_stub(method: Function) -> bool:
    """Tell whether a method does nothing: a docstring, `...`, `pass` or `raise NotImplementedError`."""
    return all(_does_nothing(statement) for statement in method.body)


def _does_nothing(statement: ast.stmt) -> bool:
    match statement:
        case ast.Pass() | ast.Raise():
            return True
        case ast.Expr(value=ast.Constant(value=value)):
            return value is ... or literal_string(statement.value) is not None
    return False
