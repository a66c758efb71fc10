"""Exception classes: which classes of a file are exceptions, and which raised names are the project's own."""

import ast
import builtins
from typing import TYPE_CHECKING

from flake8_pyarch.source.tree import Origin

if TYPE_CHECKING:
    from flake8_pyarch.source.classes import ClassModel
    from flake8_pyarch.source.module import Module

__all__ = ["BUILTIN_EXCEPTIONS", "is_builtin_exception", "is_custom_exception", "is_exception_class"]

BUILTIN_EXCEPTIONS = frozenset(
    f"builtins.{name}"
    for name, value in vars(builtins).items()
    if isinstance(value, type) and issubclass(value, BaseException)
)

_SUFFIXES = ("Error", "Exception")


def is_exception_class(model: "ClassModel") -> bool:
    """Tell whether a class is an exception: by a builtin base, or by a base's name where the base stands elsewhere."""
    return any(
        name in BUILTIN_EXCEPTIONS if name is not None and name.startswith("builtins.") else _is_named_like_one(base)
        for base, name in model.foreign_bases
    )


def is_builtin_exception(node: ast.expr, module: "Module") -> bool:
    """Tell whether an expression names an exception of the language, or one of `asyncio` and other aliases of it."""
    return module.resolve(node) in BUILTIN_EXCEPTIONS


def is_custom_exception(node: ast.expr, module: "Module") -> bool:
    """Tell whether an expression names an exception class of this file, or one imported from a first-party module."""
    definition = module.class_named(node)
    if definition is not None:
        return is_exception_class(definition)
    return module.origin_of_name(node) is Origin.FIRST_PARTY


def _is_named_like_one(base: ast.expr) -> bool:
    match base:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name.endswith(_SUFFIXES)
    return False
