"""Except handlers: what runs in one, and what it catches."""

import ast
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from flake8_pyarch.source.syntax import FUNCTIONS, dotted_name, walk
from flake8_pyarch.source.words import split_words

if TYPE_CHECKING:
    from flake8_pyarch.source.module import Module

__all__ = ["catches_only", "enclosing_handler", "enclosing_handlers", "receives_exception"]

_EXCEPTION_WORDS = frozenset({"exc", "exception", "err", "error"})


def enclosing_handlers(node: ast.AST, module: "Module") -> list[ast.ExceptHandler]:
    """Return the handlers that `node` runs in, innermost first; not those round a function that it stands in."""
    handlers = []
    for child, parent in module.ancestry(node):
        if isinstance(parent, (*FUNCTIONS, ast.Lambda)) and (isinstance(child, ast.stmt) or child is parent.body):
            break
        if isinstance(parent, ast.ExceptHandler) and isinstance(child, ast.stmt):
            handlers.append(parent)
    return handlers


def enclosing_handler(node: ast.AST, module: "Module") -> ast.ExceptHandler | None:
    """Return the innermost handler that `node` runs in, or None."""
    return next(iter(enclosing_handlers(node, module)), None)


def catches_only(handler: ast.ExceptHandler, names: AbstractSet[str]) -> bool:
    """Tell whether all that a handler catches is called by one of these names, whatever module it comes from."""
    if handler.type is None:
        return False
    caught = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return all((dotted_name(entry) or "").rpartition(".")[2] in names for entry in caught)


def receives_exception(node: ast.AST, module: "Module") -> bool:
    """Tell whether the function that `node` stands in takes an exception: it is then called where one is handled."""
    function = module.enclosing_function(node)
    if function is None:
        return False
    arguments = function.args
    return function.name in {"__exit__", "__aexit__"} or any(
        _is_exception_name(argument.arg) or _is_exception_type(argument.annotation)
        for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
    )


def _is_exception_name(name: str) -> bool:
    words = split_words(name)
    return name in {"e", "ex"} or (bool(words) and (words[-1] in _EXCEPTION_WORDS or words[0] == "exc"))


def _is_exception_type(annotation: ast.expr | None) -> bool:
    return annotation is not None and any(
        isinstance(node, (ast.Name, ast.Attribute)) and (dotted_name(node) or "").endswith(("Error", "Exception"))
        for node in walk(annotation)
    )
