"""PYA207."""

from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import ImportedName, Location, Module

__all__ = ["PublicApiBypassed"]


class PublicApiBypassed(Rule):
    """A name is imported from a module although the package round it exports the name.

    ## Why is this bad?
    The package lists the name in its `__all__` so that callers need not know in which of its modules the name lives.
    A caller that reaches past it ties itself to the inside of the package: the module can no longer be split, renamed
    or made private without breaking code elsewhere.

    ## Example
    ```python path=shop/domain/__init__.py
    from shop.domain.order import Order

    __all__ = ["Order"]
    ```
    ```python path=shop/usecases/place_order.py
    from shop.domain.order import Order
    ```

    ## Use instead
    ```python path=shop/domain/__init__.py
    from shop.domain.order import Order

    __all__ = ["Order"]
    ```
    ```python path=shop/usecases/place_order.py
    from shop.domain import Order
    ```

    ## Known problems
    Only the package that directly holds the module is looked at. Where its `__init__.py` takes the name from another
    module, or the module is a package that exports the name itself, nothing is reported. Sometimes the detour is meant,
    for example to break an import cycle; this is why the rule is off by default.
    """

    code = "PYA207"
    message = "'{name}' is imported from '{module}' past the public API: import it from '{package}', which exports it"
    on_by_default = False

    def visit_ImportedName(self, entry: ImportedName, module: Module) -> Iterator[Finding]:
        package_name, _, stem = entry.module.rpartition(".")
        if entry.name is None or entry.name == "*" or not package_name:
            return
        package = module.source_tree.find(package_name, module.location)
        if package is None or package.parts[-1] != package_name.rpartition(".")[2]:
            return
        if not package.contains(module.location) and _exports(package, stem, entry.name, module):
            yield self.finding(entry.node, name=entry.name, module=f"{package.name}.{stem}", package=package.name)


def _exports(package: Location, stem: str, name: str, module: Module) -> bool:
    """Tell whether a package exports a name that it may have from its module `stem`."""
    outline = module.source_tree.outline(package) if package.is_package else None
    if outline is None or name not in outline.listed_names:
        return False
    sources = outline.sources.get(name)
    if sources is not None and not any(source.endswith(f".{stem}.{name}") for source in sources):
        return False
    home = Location(package.root, (*package.parts, stem), is_package=True)
    own = module.source_tree.outline(home)
    return own is None or name not in own.listed_names
