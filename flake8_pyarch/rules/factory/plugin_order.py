"""PYA903."""

import ast
from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import Module
from flake8_pyarch.source.factory import uses_library
from flake8_pyarch.source.syntax import dotted_name, without_call

__all__ = ["PluginOrder"]


class PluginOrder(Rule):
    """A plugin stands in the list before one that it needs.

    ## Why is this bad?
    The application loads and starts its plugins in the order of the list. `AiopikaPlugin` asks for the tracer that
    `OpenTelemetryPlugin` sets up; listed first, it finds none, and the service does not start.

    ## Example
    ```python path=shop/application.py
    from fastapi_factory_utilities.core.plugins.aiopika import AiopikaPlugin
    from fastapi_factory_utilities.core.plugins.opentelemetry_plugin import OpenTelemetryPlugin

    plugins = [AiopikaPlugin(), OpenTelemetryPlugin()]
    ```

    ## Use instead
    ```python path=shop/application.py
    from fastapi_factory_utilities.core.plugins.aiopika import AiopikaPlugin
    from fastapi_factory_utilities.core.plugins.opentelemetry_plugin import OpenTelemetryPlugin

    plugins = [OpenTelemetryPlugin(), AiopikaPlugin()]
    ```

    ## Options
    - `plugin-order`, `extend-plugin-order`: pairs of class names, the one that must stand first first

    ## Known problems
    Lists that are put together piece by piece (`append`, `add_plugin_to_activate`) are not followed. A plugin that is
    needed and not in the list is no matter of order.
    """

    code = "PYA903"
    message = "plugin '{early}' stands before '{needed}', which it needs: list '{needed}' first"

    def looks_at(self, module: Module) -> bool:
        return uses_library(module)

    def visit_List(self, node: ast.List, module: Module) -> Iterator[Finding]:
        if len(node.elts) < 2:  # noqa: PLR2004 - an order needs two
            return
        plugins = [(element, _class_name(element, module)) for element in node.elts]
        names = [name for _, name in plugins]
        for needed, needing in module.settings.plugin_order:
            if needed in names:
                for element, name in plugins[: names.index(needed)]:
                    if name == needing:
                        yield self.finding(element, early=needing, needed=needed)


def _class_name(element: ast.expr, module: Module) -> str | None:
    """Return the name of the class that an element is made from, or is; a variable is followed to its value."""
    if isinstance(element, ast.Name):
        calls = [value for value in module.assigned_values(element) if isinstance(value, ast.Call)]
        element = calls[0] if len(calls) == 1 else element
    function = without_call(element)
    if not isinstance(function, (ast.Name, ast.Attribute)):
        return None
    return (module.resolve(function) or dotted_name(function) or "").rpartition(".")[2] or None
