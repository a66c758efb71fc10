"""What is executed when a file is imported."""

import ast
from typing import TYPE_CHECKING

from flake8_pyarch.source.syntax import FUNCTIONS

if TYPE_CHECKING:
    from flake8_pyarch.source.module import Module

__all__ = ["is_under_main_guard", "runs_when_imported"]


def runs_when_imported(node: ast.AST, module: "Module") -> bool:
    """Tell whether an expression is evaluated by importing the file: outside functions and `if __name__ == …`.

    The body of a class is, and so are decorators and defaults.
    """
    functions = (*FUNCTIONS, ast.Lambda)
    return not any(isinstance(scope, functions) for scope in module.names.enclosing(node)) and not (
        is_under_main_guard(node, module)
    )


def is_under_main_guard(node: ast.AST, module: "Module") -> bool:
    """Tell whether `node` stands in the block under `if __name__ == "__main__"`."""
    return any(
        isinstance(parent, ast.If) and child in parent.body and _tests_for_main(parent.test)
        for child, parent in module.ancestry(node)
    )


def _tests_for_main(test: ast.expr) -> bool:
    match test:
        case ast.Compare(left=left, ops=[ast.Eq()], comparators=[right]):
            sides = (left, right)
            return any(isinstance(side, ast.Name) and side.id == "__name__" for side in sides) and any(
                isinstance(side, ast.Constant) and side.value == "__main__" for side in sides
            )
    return False
