"""PYA815."""

import ast
from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import Module
from flake8_pyarch.source.import_time import runs_when_imported
from flake8_pyarch.source.injection.applications import is_application_class

__all__ = ["AppAtImport"]


class AppAtImport(Rule):
    """The FastAPI application is created when the module is imported.

    ## Why is this bad?
    An application that exists as soon as its module is imported cannot be configured first: settings, middlewares and
    plugins have to be there at import time, and every test shares the one object. A factory makes an application when
    it is asked for one, with the settings it is given. `uvicorn --factory` calls it.

    The rule is off because the module-level `app` is what FastAPI's tutorial shows.

    ## Example
    ```python path=shop/application.py
    from fastapi import FastAPI

    app = FastAPI(title="Shop")
    ```

    ## Use instead
    ```python path=shop/application.py
    from fastapi import FastAPI


    def create_application() -> FastAPI:
        return FastAPI(title="Shop")
    ```

    ## Known problems
    What a factory returned may still be kept at module level: `app = create_application()` is no report.
    """

    code = "PYA815"
    message = "'{name}' is created when the module is imported: create it in a factory such as 'create_application()'"
    on_by_default = False
    packages = frozenset({"fastapi"})

    def visit_Assign(self, node: ast.Assign, module: Module) -> Iterator[Finding]:
        yield from self._findings(node.value, node.targets, module)

    def visit_AnnAssign(self, node: ast.AnnAssign, module: Module) -> Iterator[Finding]:
        yield from self._findings(node.value, [node.target], module)

    def _findings(self, value: ast.expr | None, targets: list[ast.expr], module: Module) -> Iterator[Finding]:
        if (
            isinstance(value, ast.Call)
            and is_application_class(value.func, module)
            and runs_when_imported(value, module)
        ):
            names = [target for target in targets if isinstance(target, ast.Name)]
            yield from (self.finding(target, name=target.id) for target in names[:1])
