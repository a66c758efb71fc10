"""PYA107."""

from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.settings import Layer
from flake8_pyarch.source import Module
from flake8_pyarch.source.classes import ClassModel
from flake8_pyarch.source.interfaces import is_interface

__all__ = ["MisplacedPort"]


class MisplacedPort(Rule):
    """An interface is defined in the persistence or external layer.

    ## Why is this bad?
    A port belongs to the one who needs it: the use case says what it wants stored, and the adapter follows. With the
    port beside its implementation, whoever needs the port imports the outer layer, so the dependency points outward
    again, and the interface ends up describing the tool instead of the need.

    Reported is a class that is nothing but an interface: a `Protocol` whose methods have no code, or an ABC that has
    methods, all of them abstract. A base class that shares code between adapters is in its place, and so is a Protocol
    with a leading underscore.

    ## Example
    ```python path=shop/persistence/book_repository.py
    from abc import ABC, abstractmethod


    class BookRepository(ABC):
        @abstractmethod
        def get(self, book_id: str) -> str: ...
    ```

    ## Use instead
    ```python path=shop/domain/book_repository.py
    from abc import ABC, abstractmethod


    class BookRepository(ABC):
        @abstractmethod
        def get(self, book_id: str) -> str: ...
    ```

    ## Options
    - `layers.<name>.packages`, `layers.<name>.extend-packages`: where the layers lie
    """

    code = "PYA107"
    message = "port '{name}' is defined in the {layer} layer: move it to the application or domain layer that owns it"
    layers = frozenset({Layer.PERSISTENCE, Layer.EXTERNAL})

    def visit_ClassModel(self, model: ClassModel, module: Module) -> Iterator[Finding]:
        if not model.name.startswith("_") and is_interface(model, module):
            yield self.finding(module.name_span(model.node), name=model.name, layer=module.layer)
