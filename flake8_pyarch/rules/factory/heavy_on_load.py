"""PYA902."""

import ast
from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import Module
from flake8_pyarch.source.classes import ClassModel
from flake8_pyarch.source.factory import LIBRARY, hook_nodes, is_plugin
from flake8_pyarch.source.injection.collaborators import opens_resource
from flake8_pyarch.source.syntax import dotted_name

__all__ = ["HeavyOnLoad"]


class HeavyOnLoad(Rule):
    """A plugin opens a connection, a client or an engine when it is loaded.

    ## Why is this bad?
    `on_load` runs while the application is being built: outside the event loop, before anything could close what it
    opens, and also in tests that never start the application. Read and check the configuration there. Connect in
    `on_startup`, which is awaited and has its `on_shutdown`.

    Reported is each call in `on_load`, or in a method of the plugin that it calls, that opens a resource of a known
    library: the list of PYA413.

    ## Example
    ```python path=shop/infrastructure/plugins.py
    from fastapi_factory_utilities.core.plugins import PluginAbstract
    from redis.asyncio import Redis


    class CachePlugin(PluginAbstract):
        def on_load(self) -> None:
            self._redis = Redis()

        async def on_startup(self) -> None:
            pass

        async def on_shutdown(self) -> None:
            await self._redis.aclose()
    ```

    ## Use instead
    ```python path=shop/infrastructure/plugins.py
    from fastapi_factory_utilities.core.plugins import PluginAbstract
    from redis.asyncio import Redis


    class CachePlugin(PluginAbstract):
        def on_load(self) -> None:
            pass

        async def on_startup(self) -> None:
            self._redis = Redis()

        async def on_shutdown(self) -> None:
            await self._redis.aclose()
    ```

    ## Known problems
    What a function or a class of the project opens on the plugin's behalf is not seen.
    """

    code = "PYA902"
    message = "plugin '{name}' opens '{resource}' when it is loaded: connect in 'on_startup'"
    packages = frozenset({LIBRARY})

    def visit_ClassModel(self, model: ClassModel, module: Module) -> Iterator[Finding]:
        if "on_load" not in model.methods or not is_plugin(model):
            return
        for node in hook_nodes(model, "on_load"):
            if isinstance(node, ast.Call) and opens_resource(node, module):
                yield self.finding(node, name=model.name, resource=dotted_name(node.func) or "a resource")
