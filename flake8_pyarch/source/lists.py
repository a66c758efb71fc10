"""Lists: what a list holds, where the file shows all of it."""

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from flake8_pyarch.source.tree import Origin

if TYPE_CHECKING:
    from flake8_pyarch.source.module import Module

__all__ = ["list_elements"]


def list_elements(node: ast.expr, module: "Module") -> list[ast.expr] | None:
    """Return what a list may hold, None where the file does not show all of it.

    Followed are names, `+`, `*unpacking`, `list(…)`, `if` expressions, and what is added by `+=`, `append`, `extend`
    and `insert`. Of several assignments the elements of each are returned.
    """
    elements: list[ast.expr] = []
    seen: set[ast.expr] = set()
    pending = [node]
    while pending:
        node = pending.pop()
        if node in seen:
            continue
        seen.add(node)
        match node:
            case ast.List(elts=entries) | ast.Tuple(elts=entries):
                elements += (entry for entry in entries if not isinstance(entry, ast.Starred))
                pending += (entry.value for entry in entries if isinstance(entry, ast.Starred))
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                pending += (left, right)
            case ast.IfExp(body=body, orelse=orelse):
                pending += (body, orelse)
            case ast.Call(func=ast.Name(id="list" | "tuple"), args=[copied]):
                pending.append(copied)
            case ast.Name():
                values = _values(node, module)
                if values is None:
                    return None
                pending += values
                elements += _added_elements(node, module)
            case _:
                return None
    return elements


def _values(name: ast.Name, module: "Module") -> list[ast.expr] | None:
    """Return the lists that a name is assigned or extended by, None where it is bound in another way too."""
    extensions = [node.value for node in module.syntax.of(ast.AugAssign) if _is_same(node.target, name, module)]
    extensions += (call.args[0] for call in _calls(name, "extend", module))
    if any(_may_fill(call, name, module) for call in module.syntax.of(ast.Call)):
        return None
    bindings = module.bindings(name)
    values = [binding for binding in bindings if isinstance(binding, ast.expr)]
    others = len(bindings) - len(values)
    if not values or others > sum(_is_same(node.target, name, module) for node in module.syntax.of(ast.AugAssign)):
        return None
    return values + extensions


def _may_fill(call: ast.Call, name: ast.Name, module: "Module") -> bool:
    """Tell whether a list is handed to a function of the project for no result but what happens to the list."""
    return (
        isinstance(module.syntax.parents.get(call), ast.Expr)
        and any(_is_same(argument, name, module) for argument in call.args)
        and module.origin_of_name(call.func) in {Origin.FIRST_PARTY, None}
    )


def _added_elements(name: ast.Name, module: "Module") -> Iterator[ast.expr]:
    for method in ("append", "insert"):
        yield from (call.args[-1] for call in _calls(name, method, module))


def _calls(name: ast.Name, method: str, module: "Module") -> Iterator[ast.Call]:
    for call in module.syntax.of(ast.Call):
        match call.func:
            case ast.Attribute(value=receiver, attr=attribute) if attribute == method and call.args:
                if _is_same(receiver, name, module):
                    yield call


def _is_same(node: ast.expr, name: ast.Name, module: "Module") -> bool:
    """Tell whether two names are one variable."""
    if not isinstance(node, ast.Name) or node.id != name.id:
        return False
    ours, theirs = module.names.lookup(name), module.names.lookup(node)
    return ours is not None and theirs is not None and ours[0] is theirs[0]
