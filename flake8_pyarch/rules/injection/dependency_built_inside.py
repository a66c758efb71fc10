"""PYA407."""

from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import Module
from flake8_pyarch.source.classes import ClassModel
from flake8_pyarch.source.injection.collaborators import collaborators_stored, is_use_case_or_service

__all__ = ["DependencyBuiltInside"]


class DependencyBuiltInside(Rule):
    """A class builds a collaborator in its constructor instead of being given it.

    ## Why is this bad?
    A class that makes its own repository, client or service is tied to that one for good: a test cannot replace it, a
    second configuration cannot exist, and whatever the collaborator needs, the class needs as well. Taken as a
    parameter it can be any implementation, and the composition module decides which.

    Looked for are classes of the project whose name ends with `Repository`, `Service`, `Client`, `Gateway`,
    `UnitOfWork`, `Connection`, `Session`, `Engine`, `Adapter` or `UseCase`. Use cases and application services have a
    rule of their own, PYA316.

    ## Example
    ```python path=shop/external/stock_monitor.py
    from shop.external.warehouse import WarehouseClient


    class StockMonitor:
        def __init__(self) -> None:
            self._warehouse = WarehouseClient()
    ```

    ## Use instead
    ```python path=shop/external/stock_monitor.py
    from shop.external.warehouse import WarehouseClient


    class StockMonitor:
        def __init__(self, warehouse: WarehouseClient) -> None:
            self._warehouse = warehouse
    ```

    ## Options
    - `composition`, `extend-composition`: modules that wire the parts together, and so may build them

    ## Known problems
    A class is known by its name. A `*Client`, `*Connection`, `*Session`, `*Engine` or `*Adapter` may just as well be a
    record, so those are left alone that are dataclasses or models, lie in the domain layer, or in a module named like
    one of records (`models`, `entities`, `schemas`). So are the parts that a client of the same file is made of, and
    what a class builds whose business it is: a `*Factory`, `*Container`, `*Registry` or `*UnitOfWork`. A default that a
    caller can replace, `repository or SqlRepository()`, is no report.
    """

    code = "PYA407"
    message = "'{owner}' builds its own '{name}': take it as a parameter of the constructor"
    in_composition = False

    def visit_ClassModel(self, model: ClassModel, module: Module) -> Iterator[Finding]:
        if "__init__" not in model.methods:
            return
        stored = list(collaborators_stored(model, module))
        if stored and not is_use_case_or_service(model, module):
            yield from (self.finding(call, owner=model.name, name=name) for call, _, name in stored)
