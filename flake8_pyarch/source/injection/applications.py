"""FastAPI applications: where they are made."""

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flake8_pyarch.source.module import Module

__all__ = ["application_calls", "is_application_class", "makes_application"]

_APPLICATIONS = frozenset({"fastapi.FastAPI", "fastapi.applications.FastAPI"})


def is_application_class(function: ast.expr, module: "Module") -> bool:
    """Tell whether what is called is `FastAPI` or a class of this file that derives from it."""
    if "fastapi" not in module.imported_packages:
        return False
    if module.resolve(function) in _APPLICATIONS:
        return True
    model = module.class_named(function)
    return model is not None and not _APPLICATIONS.isdisjoint(model.ancestor_names)


def makes_application(module: "Module") -> bool:
    """Tell whether a file makes a FastAPI application, in a function or not."""
    return bool(application_calls(module))


def application_calls(module: "Module") -> list[ast.Call]:
    """Return the calls that make a FastAPI application."""
    if "fastapi" not in module.imported_packages:
        return []
    return [call for call in module.syntax.of(ast.Call) if is_application_class(call.func, module)]
