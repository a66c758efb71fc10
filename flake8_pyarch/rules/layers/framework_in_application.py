"""PYA103."""

from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.settings import Layer
from flake8_pyarch.source import Module, PackageImport

__all__ = ["FrameworkInApplication"]


class FrameworkInApplication(Rule):
    """The application layer imports a web framework, an ORM or driver, an HTTP client, or a broker or cloud client.

    ## Why is this bad?
    A use case says what the service does, not with what. One that imports `fastapi` cannot be run from a queue consumer
    or a command, one that imports `sqlalchemy` needs a database for its tests, and one that calls `httpx` fails in
    ways that only the HTTP client can explain. Let the use case own a port, and let an adapter of an outer layer
    implement it with the library.

    A statement is reported once for each such package.

    ## Example
    ```python path=shop/usecases/borrow_book.py
    import httpx


    async def notify(borrower_id: str) -> None:
        async with httpx.AsyncClient() as client:
            await client.post(f"https://mail.example.com/{borrower_id}")
    ```

    ## Use instead
    ```python path=shop/usecases/borrow_book.py
    from typing import Protocol


    class Notifier(Protocol):
        async def notify(self, borrower_id: str) -> None: ...
    ```

    ## Options
    - `application-deny`, `extend-application-deny`: the packages the application layer may not import
    - `application-allow`, `extend-application-allow`: those it may import although they are denied
    - `layers.application.packages`, `layers.application.extend-packages`: where the application layer lies
    - `type-checking-imports`: whether imports under `if TYPE_CHECKING` count
    """

    code = "PYA103"
    message = "application module '{module}' imports '{package}': use it in an adapter, behind a port"
    layers = frozenset({Layer.APPLICATION})

    def visit_PackageImport(self, imported: PackageImport, module: Module) -> Iterator[Finding]:
        settings = module.settings
        denied = imported.named_by(settings.application_deny, but_not=settings.application_allow)
        if denied and module.foreign_origin(imported):
            yield self.finding(imported.node, module=module.name, package=denied)
