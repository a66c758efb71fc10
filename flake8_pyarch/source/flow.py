"""What comes before and after a statement, as far as its own blocks tell."""

import ast
from typing import TYPE_CHECKING

from flake8_pyarch.source.syntax import FUNCTIONS, own_nodes

if TYPE_CHECKING:
    from flake8_pyarch.source.module import Module

__all__ = ["is_followed_by_raise", "value_before"]

_LEAVES = (ast.Return, ast.Continue, ast.Break)
_SCOPES = (*FUNCTIONS, ast.ClassDef, ast.Lambda)
_LOOPS = (ast.For, ast.AsyncFor, ast.While)


def is_followed_by_raise(node: ast.AST, end: ast.AST, module: "Module") -> bool:
    """Tell whether a `raise` may come after `node` before the code leaves `end`, a statement or handler round it."""
    for child, parent in module.ancestry(node):
        if isinstance(child, ast.stmt):
            for statement in _block_round(child, parent)[1]:
                if any(isinstance(inner, ast.Raise) for inner in own_nodes([statement])):
                    return True
                if isinstance(statement, _LEAVES):
                    return False
        if parent is end:
            break
    return False


def value_before(name: ast.Name, module: "Module") -> ast.expr | None:
    """Return the expression that a name surely was assigned last, None where that depends on branches or loops."""
    for child, parent in module.ancestry(name):
        if isinstance(parent, _SCOPES) and not isinstance(child, ast.stmt):
            return None
        if not isinstance(child, ast.stmt):
            continue
        if isinstance(child, _LOOPS) and _binds(child, name.id):
            return None
        for statement in reversed(_block_round(child, parent)[0]):
            match statement:
                case ast.Assign(targets=[ast.Name(id=target)], value=value) if target == name.id:
                    return value
                case ast.AnnAssign(target=ast.Name(id=target), value=ast.expr() as value) if target == name.id:
                    return value
                case _ if _binds(statement, name.id):
                    return None
        if isinstance(parent, _SCOPES):
            return None
    return None


def _binds(statement: ast.stmt, name: str) -> bool:
    return any(
        isinstance(node, ast.Name) and node.id == name and not isinstance(node.ctx, ast.Load)
        for node in own_nodes([statement])
    )


def _block_round(statement: ast.stmt, parent: ast.AST) -> tuple[list[ast.stmt], list[ast.stmt]]:
    """Return what stands before and what stands after a statement in its block."""
    for field in ("body", "orelse", "finalbody"):
        block = getattr(parent, field, None)
        if isinstance(block, list) and statement in block:
            place = block.index(statement)
            return block[:place], block[place + 1 :]
    return [], []
