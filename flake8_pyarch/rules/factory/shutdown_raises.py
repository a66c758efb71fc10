"""PYA907."""

import ast
from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import Module
from flake8_pyarch.source.classes import ClassModel
from flake8_pyarch.source.factory import LIBRARY, is_application, is_plugin
from flake8_pyarch.source.syntax import own_nodes

__all__ = ["ShutdownRaises"]

_RELEASES = frozenset({"aclose", "close", "disconnect", "shutdown", "stop"})


class ShutdownRaises(Rule):
    """A release in `on_shutdown` may fail and so keep the next ones from running.

    ## Why is this bad?
    When the first connection does not close, because the broker is already gone, the exception leaves `on_shutdown`,
    and nothing after it is closed. Shutdown is when things are gone. Guard every release but the last.

    Reported is the first call of `close`, `aclose`, `disconnect`, `stop` or `shutdown` that is followed by another and
    stands neither in a `try`, nor in `suppress`, nor in `gather(…, return_exceptions=True)`.

    ## Example
    ```python path=shop/infrastructure/plugins.py
    from fastapi_factory_utilities.core.plugins import PluginAbstract


    class SearchPlugin(PluginAbstract):
        async def on_shutdown(self) -> None:
            await self._index.close()
            await self._cache.close()
    ```

    ## Use instead
    ```python path=shop/infrastructure/plugins.py
    import asyncio

    from fastapi_factory_utilities.core.plugins import PluginAbstract


    class SearchPlugin(PluginAbstract):
        async def on_shutdown(self) -> None:
            await asyncio.gather(self._index.close(), self._cache.close(), return_exceptions=True)
    ```

    ## Known problems
    A release that cannot fail is reported like any other, so the rule is off by default.
    """

    code = "PYA907"
    message = "'{release}' may fail and keep what follows from being released: guard it with 'try' or 'gather'"
    on_by_default = False
    packages = frozenset({LIBRARY})

    def visit_ClassModel(self, model: ClassModel, module: Module) -> Iterator[Finding]:
        hook = model.methods.get("on_shutdown")
        if hook is None or not (is_plugin(model) or is_application(model)):
            return
        releases = [node for node in own_nodes(hook.body) if isinstance(node, ast.Call) and _releases(node)]
        for release in releases[:-1]:
            if not _is_guarded(release, hook, module) and isinstance(release.func, ast.Attribute):
                yield self.finding(release, release=release.func.attr)
                return


def _releases(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and call.func.attr in _RELEASES


def _is_guarded(release: ast.Call, hook: ast.AST, module: Module) -> bool:
    for child, parent in module.ancestry(release):
        if parent is hook:
            return False
        match parent:
            case ast.Try() | ast.TryStar() if child in parent.body:
                return True
            case ast.With() | ast.AsyncWith() if child in parent.body:
                if any(_is_suppress(item.context_expr, module) for item in parent.items):
                    return True
            case ast.Call(keywords=keywords) if any(_returns_exceptions(keyword) for keyword in keywords):
                return True
    return False


def _is_suppress(node: ast.expr, module: Module) -> bool:
    return isinstance(node, ast.Call) and module.resolve(node.func) == "contextlib.suppress"


def _returns_exceptions(keyword: ast.keyword) -> bool:
    return (
        keyword.arg == "return_exceptions" and isinstance(keyword.value, ast.Constant) and keyword.value.value is True
    )
