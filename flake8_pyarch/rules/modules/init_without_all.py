"""PYA202."""

import ast
from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import Module
from flake8_pyarch.source.packages import names_from_own_package
from flake8_pyarch.source.syntax import FUNCTIONS, scope_statements

__all__ = ["InitWithoutAll"]


class InitWithoutAll(Rule):
    """An `__init__.py` exposes names of its package without an `__all__`.

    ## Why is this bad?
    The `__init__.py` is the door of a package: what it takes in from the package's modules is the public API. Without
    an `__all__` nobody can tell what is meant to be public from what the file merely needed. A star import takes
    everything along, type checkers and linters take the imports for unused ones, and the next clean-up removes one
    that a customer relied on.

    ## Example
    ```python path=shop/domain/__init__.py
    from shop.domain.order import Order
    ```

    ## Use instead
    ```python path=shop/domain/__init__.py
    from shop.domain.order import Order

    __all__ = ["Order"]
    ```

    ## Known problems
    Submodules (`from . import routes`), names that begin with an underscore, and whatever comes from outside the
    package do not count. A name that is imported as itself (`from .order import Order as Order`) does: type checkers
    take it for public, but only an `__all__` tells everybody.
    """

    code = "PYA202"
    message = "package '{package}' exposes {what} without an '__all__': list its public names in '__all__'"

    def visit_Module(self, node: ast.Module, module: Module) -> Iterator[Finding]:
        if not module.location.is_package or module.outline.has_all:
            return
        imported = {entry.statement: _described(entry.bound) for entry in reversed([*names_from_own_package(module)])}
        for statement in scope_statements(node.body):
            if isinstance(statement, (*FUNCTIONS, ast.ClassDef)) and not statement.name.startswith("_"):
                line, _, end = module.name_span(statement)
                where: ast.AST | tuple[int, int, int] = (line, statement.col_offset, end)
                yield self.finding(where, package=module.name, what=_described(statement.name))
                return
            if statement in imported:
                yield self.finding(statement, package=module.name, what=imported[statement])
                return


def _described(name: str | None) -> str:
    return f"'{name}'" if name is not None else "all that a module holds"
