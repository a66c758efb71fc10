"""PYA901."""

import ast
from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import Module
from flake8_pyarch.source.classes import ClassModel, Function
from flake8_pyarch.source.factory import LIBRARY, is_plugin, missing_members

__all__ = ["PluginLifecycle"]

_HOOKS = ("on_load", "on_startup", "on_shutdown")


class PluginLifecycle(Rule):
    """A plugin lacks a hook of its lifecycle, or declares one `async` that must not be, or the other way round.

    ## Why is this bad?
    The application calls `on_load` when it is built, outside any event loop, and awaits `on_startup` and `on_shutdown`.
    A missing hook cannot be instantiated at all. An `async def on_load` is called and never run, which nobody notices;
    a plain `on_startup` ends in "object NoneType can't be used in 'await' expression" when the service starts.

    ## Example
    ```python path=shop/infrastructure/plugins.py
    from fastapi_factory_utilities.core.plugins import PluginAbstract


    class SearchPlugin(PluginAbstract):
        async def on_load(self) -> None:
            pass

        async def on_startup(self) -> None:
            pass
    ```

    ## Use instead
    ```python path=shop/infrastructure/plugins.py
    from fastapi_factory_utilities.core.plugins import PluginAbstract


    class SearchPlugin(PluginAbstract):
        def on_load(self) -> None:
            pass

        async def on_startup(self) -> None:
            pass

        async def on_shutdown(self) -> None:
            pass
    ```

    ## Known problems
    The hooks of base classes in the same file count. Nothing is missed in a class that is abstract or a base for others
    of its file, nor in one with a base from elsewhere that may bring the hooks along. A plugin that derives from
    `PluginAbstract` through a class of another file is not recognised.
    """

    code = "PYA901"
    message = "plugin '{name}' {problem}: the application calls 'on_load' and awaits 'on_startup' and 'on_shutdown'"
    packages = frozenset({LIBRARY})

    def visit_ClassModel(self, model: ClassModel, module: Module) -> Iterator[Finding]:
        if not is_plugin(model):
            return
        missing = missing_members(model, _HOOKS, module)
        if missing:
            lacks = "lacks " + ", ".join(f"'{hook}'" for hook in missing)
            yield self.finding(module.name_span(model.node), name=model.name, problem=lacks)
        for hook in _HOOKS:
            method = model.methods.get(hook)
            if method is not None and not _fits(method):
                how = "declares 'on_load' async" if hook == "on_load" else f"does not declare '{hook}' async"
                yield self.finding(module.name_span(method), name=model.name, problem=how)


def _fits(method: Function) -> bool:
    return isinstance(method, ast.AsyncFunctionDef) != (method.name == "on_load")
