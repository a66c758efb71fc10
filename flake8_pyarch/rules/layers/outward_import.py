"""PYA101."""

from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.settings import Layer
from flake8_pyarch.source import ImportedName, Module

__all__ = ["OutwardImport"]

_INNER = frozenset({Layer.DOMAIN, Layer.APPLICATION, Layer.CONFIG})
_REMEDIES = {
    Layer.DOMAIN: "depend on an abstraction owned by the domain",
    Layer.APPLICATION: "depend on a port of the application layer",
    Layer.CONFIG: "let the importer pass in what the configuration needs",
}


class OutwardImport(Rule):
    """A module of an inner layer imports one of an outer layer.

    ## Why is this bad?
    In Clean Architecture dependencies point inward: the domain knows nobody, use cases know the domain, and whatever
    delivers or stores things knows them. An import that points outward ties the business to a detail. It can then
    neither be tested without the detail nor outlive it.

    The domain may import no other layer, the application layer only the domain, the config layer only the domain.
    Neither the domain nor the application layer may import a composition module, which knows everybody. Imports inside
    functions and dynamic imports of a literal name count as well.

    ## Example
    ```python path=shop/usecases/borrow_book.py
    from shop.persistence.book_repository import SqlBookRepository
    ```

    ## Use instead
    ```python path=shop/usecases/borrow_book.py
    from shop.domain.book_repository import BookRepository
    ```

    ## Options
    - `layers.<name>.packages`, `layers.<name>.extend-packages`: where the layers lie
    - `layers.<name>.may-import`: what a layer may import
    - `composition`, `extend-composition`: what counts as a composition module
    - `type-checking-imports`: whether imports under `if TYPE_CHECKING` count

    ## Known problems
    A module whose layer cannot be told by its place is never a reason for a report.
    """

    code = "PYA101"
    message = "{layer} module '{module}' imports {place} module '{target}': {remedy}"

    def visit_ImportedName(self, entry: ImportedName, module: Module) -> Iterator[Finding]:
        found = module.forbidden_target(entry)
        if found is None or module.layer is None:
            return
        target, place = found
        if module.layer in _INNER or place.layer in _INNER:
            yield self.finding(
                entry.node,
                layer=module.layer,
                module=module.name,
                place=place.layer or "composition",
                target=target.name,
                remedy=_REMEDIES.get(module.layer, "its layer may import only what its 'may-import' setting lists"),
            )
