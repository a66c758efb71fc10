"""PYA906."""

import ast
from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import Module
from flake8_pyarch.source.classes import ClassModel
from flake8_pyarch.source.factory import LIBRARY, hook_nodes, is_application
from flake8_pyarch.source.injection.collaborators import opens_resource
from flake8_pyarch.source.syntax import dotted_name

__all__ = ["HeavyConfigure"]


class HeavyConfigure(Rule):
    """An application opens a resource, or awaits something, while it is configured.

    ## Why is this bad?
    `configure` runs while the application is being built, outside the event loop: it is for routers, middleware and
    exception handlers. What it opens nobody closes, and an `async def configure` is called and never run. Connect in
    `on_startup` or in a plugin.

    Reported is each call in `configure`, or in a method of the application that it calls, that opens a resource of a
    known library (the list of PYA413), and each `await`, `async with` and `async for`.

    ## Example
    ```python path=shop/application.py
    from typing import ClassVar

    from fastapi_factory_utilities.core.app import ApplicationAbstract
    from redis.asyncio import Redis


    class Application(ApplicationAbstract):
        PACKAGE_NAME: ClassVar[str] = "shop"

        def configure(self) -> None:
            self.redis = Redis()
    ```

    ## Use instead
    ```python path=shop/application.py
    from typing import ClassVar

    from fastapi_factory_utilities.core.app import ApplicationAbstract
    from redis.asyncio import Redis


    class Application(ApplicationAbstract):
        PACKAGE_NAME: ClassVar[str] = "shop"

        def configure(self) -> None:
            pass

        async def on_startup(self) -> None:
            self.redis = Redis()
    ```

    ## Known problems
    What a function or a class of the project opens on the application's behalf is not seen.
    """

    code = "PYA906"
    message = "application '{name}' {what} in 'configure': do it in 'on_startup' or in a plugin"
    packages = frozenset({LIBRARY})

    def visit_ClassModel(self, model: ClassModel, module: Module) -> Iterator[Finding]:
        if "configure" not in model.methods or not is_application(model):
            return
        for node in hook_nodes(model, "configure"):
            match node:
                case ast.Call() if opens_resource(node, module):
                    yield self.finding(node, name=model.name, what=f"opens '{dotted_name(node.func)}'")
                case ast.Await(value=value) if not opens_resource(value, module):
                    yield self.finding(node, name=model.name, what="awaits")
                case ast.AsyncWith(items=[item, *_]) if not opens_resource(item.context_expr, module):
                    yield self.finding(item.context_expr, name=model.name, what="awaits")
                case ast.AsyncFor(iter=iterated):
                    yield self.finding(iterated, name=model.name, what="awaits")
