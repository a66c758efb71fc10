"""PYA811."""

import ast
from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.settings import Layer
from flake8_pyarch.source import Module
from flake8_pyarch.source.project_layers import holds_layer, is_application_package, layers_held

__all__ = ["LayerDirectoryMissing"]

_LAYERS_OF_AN_APPLICATION = 2
_EXPECTED = (Layer.DOMAIN, Layer.APPLICATION, Layer.API)


class LayerDirectoryMissing(Rule):
    """An application package lacks one of the layers that every service has.

    ## Why is this bad?
    Who opens a service for the first time looks for what it is about (the domain), for what it does (the use cases) and
    for how it is reached (the API). A layer that has no place is not absent: its code stands in another layer, where
    nobody expects it and where it may not import what it needs.

    The rule is off because a small service may do without.

    ## Example
    ```python path=library/__init__.py
    ```
    ```python path=library/domain/__init__.py
    ```
    ```python path=library/api/__init__.py
    ```

    ## Use instead
    ```python path=library/__init__.py
    ```
    ```python path=library/domain/__init__.py
    ```
    ```python path=library/usecases/__init__.py
    ```
    ```python path=library/api/__init__.py
    ```

    ## Options
    - `layers.<name>.packages`, `layers.<name>.extend-packages`: where the layers lie

    ## Known problems
    It stands on the package's `__init__.py`, so a package without one is not seen.
    """

    code = "PYA811"
    message = "application package '{package}' has no {missing} layer: give it a place of its own"
    on_by_default = False

    def visit_Module(self, _node: ast.Module, module: Module) -> Iterator[Finding]:
        if not is_application_package(module) or len(layers_held(module)) < _LAYERS_OF_AN_APPLICATION:
            return
        missing = [layer for layer in _EXPECTED if not holds_layer(layer, module)]
        if missing:
            yield self.finding((1, 0, 0), package=module.location.name, missing=" and no ".join(missing))
