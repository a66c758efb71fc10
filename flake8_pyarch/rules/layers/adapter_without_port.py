"""PYA108."""

from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.settings import Layer
from flake8_pyarch.source import Module
from flake8_pyarch.source.classes import ClassModel

__all__ = ["AdapterWithoutPort"]

_SUFFIXES = ("Repository", "Store", "Dao", "DAO", "UnitOfWork")
_NO_PORTS = frozenset({"builtins.object", "typing.Generic", "typing_extensions.Generic"})


class AdapterWithoutPort(Rule):
    """A repository, store, data-access object or unit of work implements no port.

    ## Why is this bad?
    Use cases depend on an abstraction that they own, and an adapter implements it. An adapter without a base leaves
    them nothing to depend on but itself: the use case imports the persistence layer, and a test needs a database. An
    explicit base also lets the type checker say when the adapter no longer keeps its promise.

    Reported are public classes named `…Repository`, `…Store`, `…Dao`, `…DAO` or `…UnitOfWork` that have no base but
    `object` or `Generic[…]`. A class that others derive from is no adapter by itself: not reported are bases of other
    classes of the same file, and the classes of a module named `base`.

    ## Example
    ```python path=shop/persistence/book_repository.py
    class SqlBookRepository:
        def get(self, book_id: str) -> str:
            return book_id
    ```

    ## Use instead
    ```python path=shop/persistence/book_repository.py
    from shop.domain.book_repository import BookRepository


    class SqlBookRepository(BookRepository):
        def get(self, book_id: str) -> str:
            return book_id
    ```

    ## Options
    - `layers.persistence.packages`, `layers.persistence.extend-packages`: where the persistence layer lies

    ## Known problems
    A class may fulfil a `Protocol` without naming it as a base. Name it all the same: it costs nothing and tells the
    reader, and the type checker, what the class is for.
    """

    code = "PYA108"
    message = "'{name}' implements no port: derive it from an abstraction of the application or domain layer"
    layers = frozenset({Layer.PERSISTENCE})

    def visit_ClassModel(self, model: ClassModel, module: Module) -> Iterator[Finding]:
        if (
            model.name.endswith(_SUFFIXES)
            and not model.name.startswith("_")
            and not model.node.keywords
            and _NO_PORTS.issuperset(model.base_names)
            and not _is_base(model, module)
        ):
            yield self.finding(module.name_span(model.node), name=model.name)


def _is_base(model: ClassModel, module: Module) -> bool:
    return module.stem.strip("_") == "base" or any(model in other.local_bases for other in module.classes)
