"""PYA105."""

from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.settings import Layer
from flake8_pyarch.source import ImportedName, Module

__all__ = ["SiblingImport"]

_REMEDIES = {
    Layer.API: "move what both need into the application layer",
    Layer.PERSISTENCE: "let a use case coordinate the two",
    Layer.EXTERNAL: "let a use case coordinate the two",
    Layer.INFRASTRUCTURE: "its layer may import only what its 'may-import' setting lists",
}


class SiblingImport(Rule):
    """A module of the persistence, external or infrastructure layer imports an adapter of another kind.

    ## Why is this bad?
    Adapters stand side by side at the edge of the service: each serves the use cases, and none knows the others. A
    repository that calls a mail client hides a business step where no use case mentions it. A client that imports a
    route's schema breaks when the API changes. What has to happen together is coordinated by a use case, and what both
    need lies further inside.

    Reported are imports between persistence and external code, and imports of API code from any of the three layers.
    Imports inside functions and dynamic imports of a literal name count as well. What a package's `__init__.py` takes
    from its own modules does not.

    ## Example
    ```python path=shop/persistence/book_repository.py
    from shop.external.mail_client import MailClient
    ```

    ## Use instead
    ```python path=shop/usecases/borrow_book.py
    from shop.usecases.ports import BookRepository, Mailer
    ```

    ## Options
    - `layers.<name>.may-import`: what a layer may import
    - `layers.<name>.packages`, `layers.<name>.extend-packages`: where the layers lie
    - `composition`, `extend-composition`: what counts as a composition module
    - `type-checking-imports`: whether imports under `if TYPE_CHECKING` count
    """

    code = "PYA105"
    message = "{layer} module '{module}' imports {place} module '{target}': {remedy}"
    layers = frozenset({Layer.PERSISTENCE, Layer.EXTERNAL, Layer.INFRASTRUCTURE})

    def visit_ImportedName(self, entry: ImportedName, module: Module) -> Iterator[Finding]:
        found = module.forbidden_target(entry)
        if found is None or module.location.contains(found[0]):
            return
        target, place = found
        if place.layer in _REMEDIES:
            yield self.finding(
                entry.node,
                layer=module.layer,
                module=module.name,
                place=place.layer,
                target=target.name,
                remedy=_REMEDIES[place.layer],
            )
