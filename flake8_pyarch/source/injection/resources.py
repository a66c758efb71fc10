"""How a function hands out what it opened: returned, or yielded with or without somebody to close it."""

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from flake8_pyarch.source.classes import Function
from flake8_pyarch.source.injection.collaborators import releasable_opened_by
from flake8_pyarch.source.injection.depends import Provider, is_caching, keeps_results
from flake8_pyarch.source.syntax import FUNCTIONS, own_nodes

if TYPE_CHECKING:
    from flake8_pyarch.source.module import Module

__all__ = ["is_kept_by_caller", "unreleased_resources"]

_RELEASES = frozenset({"close", "aclose", "disconnect", "dispose", "release", "shutdown", "stop"})
_WITHS = (ast.With, ast.AsyncWith)
_TRIES = (ast.Try, ast.TryStar)


def unreleased_resources(function: Function, module: "Module") -> Iterator[tuple[ast.Call, bool]]:
    """Yield the calls that open what the function hands out and nobody closes, each with whether it is yielded.

    What is returned is never closed. What is yielded is closed after the `yield` only if that stands inside `with` or
    `try`/`finally`. A resource that is kept elsewhere too (an attribute, a global, a cache) is meant to stay open.
    """
    if is_caching(function):
        return
    nodes = list(own_nodes(function.body))
    opened = _opened_names(nodes, module)
    for name in _kept_names(nodes):
        opened.pop(name, None)
    reported: set[ast.Call] = set()
    for node in nodes:
        if not isinstance(node, (ast.Return, ast.Yield)):
            continue
        is_yielded = isinstance(node, ast.Yield)
        if is_yielded and _is_guarded(node, module):
            continue
        for call in _opened_by(node.value, opened, module):
            if call not in reported:
                reported.add(call)
                yield call, is_yielded


def is_kept_by_caller(provider: Provider, module: "Module") -> bool:
    """Tell whether somebody else is in charge of what a provider returns.

    That is a container or cache that the file hands the function to, or, where only its name makes it a provider, any
    code of the file that uses it.
    """
    parents = module.syntax.parents
    for name in module.syntax.of(ast.Name):
        if name.id != provider.function.name or provider.function not in module.bindings(name):
            continue
        if not provider.is_injected:
            return True
        user = parents.get(name)
        if isinstance(user, ast.Call) and name in user.args and keeps_results(user.func):
            return True
    return False


def _opened_names(nodes: list[ast.AST], module: "Module") -> dict[str, list[ast.Call]]:
    """Return the local names that hold something the function opened, each with the calls that opened it."""
    opened: dict[str, list[ast.Call]] = {}
    for node in nodes:
        for target, value in _bound(node):
            call = _call(value)
            if isinstance(target, ast.Name) and call is not None and releasable_opened_by(call, module) is not None:
                opened.setdefault(target.id, []).append(call)
    return opened


def _bound(node: ast.AST) -> Iterator[tuple[ast.expr, ast.expr]]:
    match node:
        case ast.Assign(targets=[target], value=value):
            yield target, value
        case ast.AnnAssign(target=target, value=ast.expr() as value) | ast.NamedExpr(target=target, value=value):
            yield target, value
        case ast.withitem(context_expr=value, optional_vars=ast.expr() as target):
            yield target, value


def _kept_names(nodes: list[ast.AST]) -> Iterator[str]:
    """Yield the names whose value outlives the function on purpose, or is closed by somebody who is told how."""
    called = {id(node.func) for node in nodes if isinstance(node, ast.Call)}
    for node in nodes:
        match node:
            case ast.Global(names=names) | ast.Nonlocal(names=names):
                yield from names
            case ast.Assign(targets=targets, value=ast.Name(id=name)) if any(
                isinstance(target, (ast.Attribute, ast.Subscript)) for target in targets
            ):
                yield name
            case ast.Attribute(value=ast.Name(id=name), attr=attribute) if (
                attribute in _RELEASES and id(node) not in called
            ):
                yield name


def _opened_by(value: ast.expr | None, opened: dict[str, list[ast.Call]], module: "Module") -> list[ast.Call]:
    if isinstance(value, ast.Name):
        return opened.get(value.id, [])
    call = _call(value)
    return [call] if call is not None and releasable_opened_by(call, module) is not None else []


def _call(value: ast.expr | None) -> ast.Call | None:
    while isinstance(value, ast.Await):
        value = value.value
    return value if isinstance(value, ast.Call) else None


def _is_guarded(node: ast.AST, module: "Module") -> bool:
    """Tell whether something is sure to run after a `yield`: it stands inside `with`, or a `try` that has `finally`."""
    for child, parent in module.ancestry(node):
        if isinstance(parent, FUNCTIONS):
            return False
        if isinstance(parent, _WITHS) and isinstance(child, ast.stmt):
            return True
        if isinstance(parent, _TRIES) and parent.finalbody and child not in parent.finalbody:
            return True
    return False
