"""PYA816."""

import ast
import os
from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import Module
from flake8_pyarch.source.project_layers import is_application_package, is_one_feature_of_many

__all__ = ["EntryPointMissing"]

_ENTRY_POINTS = frozenset({"__main__", "application"})


class EntryPointMissing(Rule):
    """An application package has no entry point.

    ## Why is this bad?
    Who is new to a service asks first how it starts. `application.py`, which builds the application, and `__main__.py`,
    which runs it (`python -m shop`), answer at a glance; the image that is built of the service needs one of them too.

    The rule is off because other names do as well.

    ## Example
    ```python path=shop/__init__.py
    ```

    ## Use instead
    ```python path=shop/__init__.py
    ```
    ```python path=shop/application.py
    from fastapi import FastAPI


    def create_application() -> FastAPI:
        return FastAPI(title="Shop")
    ```

    ## Options
    - `layers.<name>.packages`, `layers.<name>.extend-packages`: where the layers lie, and so what is an application
      package

    ## Known problems
    It stands on the package's `__init__.py`, so a package without one is not seen. Features of a service, packages side
    by side that each have layers of their own, need no entry point each.
    """

    code = "PYA816"
    message = "application package '{package}' has neither '__main__.py' nor 'application.py': add its entry point"
    on_by_default = False

    def visit_Module(self, _node: ast.Module, module: Module) -> Iterator[Finding]:
        if not is_application_package(module) or is_one_feature_of_many(module):
            return
        location = module.location
        depths = range(len(location.parts), 0, -1)
        directories = (os.path.join(location.root, *location.parts[:depth]) for depth in depths)
        if all(_ENTRY_POINTS.isdisjoint(module.source_tree.listing(place).modules) for place in directories):
            yield self.finding((1, 0, 0), package=location.name)
