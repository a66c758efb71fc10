"""PYA904."""

from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import Module
from flake8_pyarch.source.classes import ClassModel
from flake8_pyarch.source.factory import LIBRARY, is_application, missing_members

__all__ = ["ApplicationContract"]

_MEMBERS = ("PACKAGE_NAME", "configure", "on_startup", "on_shutdown")


class ApplicationContract(Rule):
    """An application class lacks something that the library asks of it.

    ## Why is this bad?
    The builder reads `PACKAGE_NAME` to find `application.yaml`, calls `configure` when the application is set up, and
    awaits `on_startup` and `on_shutdown`. A class that lacks one of them fails when the service starts.

    ## Example
    ```python path=shop/application.py
    from fastapi_factory_utilities.core.app import ApplicationAbstract


    class Application(ApplicationAbstract):
        def configure(self) -> None:
            pass
    ```

    ## Use instead
    ```python path=shop/application.py
    from typing import ClassVar

    from fastapi_factory_utilities.core.app import ApplicationAbstract


    class Application(ApplicationAbstract):
        PACKAGE_NAME: ClassVar[str] = "shop"

        def configure(self) -> None:
            pass

        async def on_startup(self) -> None:
            pass

        async def on_shutdown(self) -> None:
            pass
    ```

    ## Known problems
    What base classes in the same file have counts. Nothing is missed in a class that is abstract or a base for others
    of its file, nor in one with a base from elsewhere that may bring the rest along. An application that derives from
    `ApplicationAbstract` through a class of another file is not recognised.
    """

    code = "PYA904"
    message = "application '{name}' lacks {missing}: the library reads or calls them when the service starts"
    packages = frozenset({LIBRARY})

    def visit_ClassModel(self, model: ClassModel, module: Module) -> Iterator[Finding]:
        missing = missing_members(model, _MEMBERS, module) if is_application(model) else []
        if missing:
            lacking = ", ".join(f"'{member}'" for member in missing)
            yield self.finding(module.name_span(model.node), name=model.name, missing=lacking)
