"""PYA215."""

import ast
import os
from collections.abc import Iterator
from fnmatch import fnmatch

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import Module
from flake8_pyarch.source.import_time import is_under_main_guard
from flake8_pyarch.source.naming import is_dunder, snake_case
from flake8_pyarch.source.packages import is_in_package
from flake8_pyarch.source.syntax import scope_statements, unpacked, without_subscript

__all__ = ["ConstantName"]

_READ_BY_FRAMEWORKS = frozenset(
    {"revision", "down_revision", "branch_labels", "depends_on", "pytestmark", "pytest_plugins", "collect_ignore"}
)
_CONFIGURATION_FILES = ("conf.py", "*.conf.py", "celeryconfig.py", "gunicorn*")
_FINAL = frozenset({"typing.Final", "typing_extensions.Final"})
_NO_LITERALS = (bool, type(None), type(...))
_TYPE_ALIAS = frozenset({"typing.TypeAlias", "typing_extensions.TypeAlias"})


class ConstantName(Rule):
    """The name of a constant is not in upper case.

    ## Why is this bad?
    `MAX_LOANS` says that the value stands at the top of the module and never changes. In lower case it looks like a
    variable: readers search for the place that sets it, and sooner or later somebody writes that place. A module-level
    name counts as a constant if it is bound once, to a literal, or if it is annotated as `Final`.

    ## Example
    ```python path=shop/usecases/borrow_book.py
    max_loans = 5
    ```

    ## Use instead
    ```python path=shop/usecases/borrow_book.py
    MAX_LOANS = 5
    ```

    ## Known problems
    Literals are numbers, texts, bytes, and tuples and frozensets of literals. Left alone are True, False and None,
    dunders, names that frameworks read (`revision`, `pytestmark`, …), what stands under `if __name__ == "__main__"`,
    files outside packages, and configuration files (`conf.py`, `celeryconfig.py`, `gunicorn*`). A name that another
    module assigns cannot be told from a constant.
    """

    code = "PYA215"
    message = "constant '{name}' is not in upper case: rename it '{suggestion}'"

    def visit_Module(self, node: ast.Module, module: Module) -> Iterator[Finding]:
        if not is_in_package(module) or _is_configuration_file(module):
            return
        for statement in scope_statements(node.body):
            for name in _constants(statement, module):
                if _is_free(name, module) and not is_under_main_guard(name, module):
                    yield self.finding(name, name=name.id, suggestion=snake_case(name.id).upper())


def _is_free(name: ast.Name, module: Module) -> bool:
    """Tell whether a name is bound once, and nobody else decides what it is called."""
    return len(module.bindings(name)) == 1 and not is_dunder(name.id) and name.id not in _READ_BY_FRAMEWORKS


def _constants(statement: ast.stmt | ast.ExceptHandler, module: Module) -> Iterator[ast.Name]:
    """Yield the names not in upper case that a statement of a module assigns a literal, or declares final."""
    match statement:
        case ast.Assign(targets=targets, value=assigned):
            for target in targets:
                for place, value in unpacked(target, assigned):
                    if isinstance(place, ast.Name) and _is_lower(place) and _is_literal(value, module):
                        yield place
        case ast.AnnAssign(target=ast.Name() as name, annotation=annotation, value=ast.expr() as value):
            if _is_lower(name):
                kind = module.resolve(without_subscript(annotation))
                if kind in _FINAL or (kind not in _TYPE_ALIAS and _is_literal(value, module)):
                    yield name


def _is_lower(name: ast.Name) -> bool:
    return name.id != name.id.upper()


def _is_configuration_file(module: Module) -> bool:
    name = os.path.basename(module.path)
    return any(fnmatch(name, pattern) for pattern in _CONFIGURATION_FILES)


def _is_literal(value: ast.expr | None, module: Module) -> bool:
    if value is None or (isinstance(value, ast.Constant) and isinstance(value.value, _NO_LITERALS)):
        return False
    pending = [value]
    while pending:
        match pending.pop():
            case ast.Constant() | ast.UnaryOp(op=ast.USub() | ast.UAdd(), operand=ast.Constant()):
                pass
            case ast.Tuple(elts=elements):
                pending += elements
            case ast.Call(func=function, args=[*arguments], keywords=[]) if len(arguments) <= 1:
                if module.resolve(function) != "builtins.frozenset":
                    return False
                for argument in arguments:
                    if not isinstance(argument, (ast.Set, ast.List, ast.Tuple)):
                        return False
                    pending += argument.elts
            case _:
                return False
    return True
