"""PYA413."""

import ast
from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.settings import Layer
from flake8_pyarch.source import Module
from flake8_pyarch.source.import_time import runs_when_imported
from flake8_pyarch.source.injection.collaborators import resource_opened_by, resource_packages

__all__ = ["ImportTimeResource"]

_CONFIGURATION = frozenset({"conf", "config", "configs", "configuration", "settings"})


class ImportTimeResource(Rule):
    """A connection, a client or an engine is opened when the module is imported.

    ## Why is this bad?
    Whoever imports the module, be it a test, a migration or another module that wants one constant, opens the
    resource, with whatever is configured at that moment. Nobody closes it, a forked worker shares it with its parent,
    and an asynchronous client may belong to the wrong event loop. Opened by the composition, in a lifespan or a
    provider, it has an owner, a configuration and an end.

    ## Example
    ```python path=shop/persistence/database.py
    from sqlalchemy import create_engine

    engine = create_engine("sqlite:///shop.db")
    ```

    ## Use instead
    ```python path=shop/persistence/database.py
    from sqlalchemy import Engine, create_engine


    def open_database(url: str) -> Engine:
        return create_engine(url)
    ```

    ## Options
    - `composition`, `extend-composition`: modules that wire the parts together, and so may open what they need

    ## Known problems
    Known are the constructors of the libraries that services commonly use, by their full names. Some of them connect
    only on first use; they are reported all the same, since they read their configuration at import time and belong
    to nobody. The config layer, and modules and packages named like one, are left alone.
    """

    code = "PYA413"
    message = "'{name}' opens a resource when the module is imported: open it in a provider, a lifespan or a factory"
    packages = resource_packages()
    in_composition = False
    service_code_only = True

    def looks_at(self, module: Module) -> bool:
        names = (*module.path_parts[:-1], module.stem)
        return module.layer is not Layer.CONFIG and _CONFIGURATION.isdisjoint(names)

    def visit_Call(self, call: ast.Call, module: Module) -> Iterator[Finding]:
        name = resource_opened_by(call, module)
        if name is not None and runs_when_imported(call, module):
            yield self.finding(call, name=name)
