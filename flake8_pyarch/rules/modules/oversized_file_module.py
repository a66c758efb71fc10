"""PYA208."""

import ast
from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import Module

__all__ = ["OversizedFileModule"]


class OversizedFileModule(Rule):
    """A module has outgrown its one file.

    ## Why is this bad?
    A file is right for a small concept. Hundreds of lines, or a dozen public classes, are several concepts that share
    a file by accident: it is hard to find anything, every change meets every other change in the same place, and
    nothing says which parts are for others. A directory gives each concept a file, and its `__init__.py` keeps the
    imports of the callers as they are.

    ## Example
    ```toml
    max-public-classes = 2
    ```
    ```python path=shop/domain/orders.py
    class Order: ...


    class Invoice: ...


    class Shipment: ...
    ```

    ## Use instead
    ```toml
    max-public-classes = 2
    ```
    ```python path=shop/domain/orders/__init__.py
    from shop.domain.orders.invoice import Invoice
    from shop.domain.orders.order import Order
    from shop.domain.orders.shipment import Shipment

    __all__ = ["Invoice", "Order", "Shipment"]
    ```

    ## Options
    - `max-module-lines`: how many lines a module may have
    - `max-public-classes`: how many public classes a module may have

    ## Known problems
    All lines count, blank ones and comments too. An `__init__.py` is a directory module already, and scripts, tests and
    tools are no service code: they are not looked at. Some files are long by nature, such as a table of constants; this
    is why the rule is off by default.
    """

    code = "PYA208"
    message = "module '{module}' has {size}: split it up into a directory module"
    on_by_default = False
    service_code_only = True

    def visit_Module(self, node: ast.Module, module: Module) -> Iterator[Finding]:
        if module.stem == "__init__":
            return
        classes = sum(isinstance(each, ast.ClassDef) and not each.name.startswith("_") for each in node.body)
        sizes = (
            (len(module.lines), module.settings.max_module_lines, "lines"),
            (classes, module.settings.max_public_classes, "public classes"),
        )
        found = [f"{size} {what}, more than {limit}" for size, limit, what in sizes if size > limit]
        if found:
            yield self.finding((1, 0, 0), module=module.name, size=" and ".join(found))
