"""PYA104."""

from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.settings import Layer
from flake8_pyarch.source import ImportedName, Module

__all__ = ["SkippedLayer"]

_BEHIND_USE_CASES = frozenset({Layer.PERSISTENCE, Layer.EXTERNAL, Layer.INFRASTRUCTURE})


class SkippedLayer(Rule):
    """A module of the API layer imports persistence, external or infrastructure code.

    ## Why is this bad?
    A route that reads the database itself skips the use case, and with it every rule the use case enforces. The same
    logic then grows twice, once behind HTTP and once behind the queue, and a change of the table changes the API.
    Routes translate between HTTP and use cases; which repository a use case gets is decided by a composition module.

    Imports inside functions and dynamic imports of a literal name count as well.

    ## Example
    ```python path=shop/api/books/routes.py
    from shop.persistence.book_repository import SqlBookRepository
    ```

    ## Use instead
    ```python path=shop/api/books/routes.py
    from shop.api.dependencies import get_borrow_book_use_case
    from shop.usecases.borrow_book import BorrowBookUseCase
    ```

    ## Options
    - `layers.api.may-import`: what the API layer may import
    - `layers.<name>.packages`, `layers.<name>.extend-packages`: where the layers lie
    - `composition`, `extend-composition`: what counts as a composition module
    - `type-checking-imports`: whether imports under `if TYPE_CHECKING` count

    ## Known problems
    Providers written into a route's module have to import what they provide. Move them into a composition module, such
    as `dependencies.py` beside the routes.
    """

    code = "PYA104"
    message = "api module '{module}' imports {place} module '{target}': go through a use case"
    layers = frozenset({Layer.API})

    def visit_ImportedName(self, entry: ImportedName, module: Module) -> Iterator[Finding]:
        found = module.forbidden_target(entry)
        if found is None:
            return
        target, place = found
        if place.layer in _BEHIND_USE_CASES:
            yield self.finding(entry.node, module=module.name, place=place.layer, target=target.name)
