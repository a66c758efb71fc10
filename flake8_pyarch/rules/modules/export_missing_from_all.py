"""PYA203."""

import ast
from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.patterns import lazy_pattern
from flake8_pyarch.source import Module
from flake8_pyarch.source.packages import names_from_own_package
from flake8_pyarch.source.syntax import FUNCTIONS, literal_string

__all__ = ["ExportMissingFromAll"]

_ROUND_QUOTED_ANNOTATIONS = (ast.arg, ast.AnnAssign, ast.Subscript, ast.Tuple, ast.BinOp, *FUNCTIONS)
_IDENTIFIER = lazy_pattern(r"[^\W\d]\w*")


class ExportMissingFromAll(Rule):
    """An `__init__.py` imports a public name of its package that its `__all__` does not list.

    ## Why is this bad?
    The import says that the name is part of the package's public API, the `__all__` says that it is not. Callers can
    import it all the same, so sooner or later they do, and a name that nobody meant to publish has to be kept. If it
    is public, list it; if it is not, do not import it here.

    ## Example
    ```python path=shop/domain/__init__.py
    from shop.domain.order import Order, OrderLine

    __all__ = ["Order"]
    ```

    ## Use instead
    ```python path=shop/domain/__init__.py
    from shop.domain.order import Order, OrderLine

    __all__ = ["Order", "OrderLine"]
    ```

    ## Known problems
    An `__all__` that is computed, or takes over one that cannot be found, may hold anything: the file is left alone.
    So are submodules (`from . import routes`), names imported as themselves (`from .order import Order as Order`), and
    names that the file itself uses.

    Ruff's F401 reports the same as unused imports, and imports from outside the package as well. Of several imports
    that bind one name, it reports the last one only, and none where something else binds the name afterwards; here
    each is reported.
    """

    code = "PYA203"
    message = "'{name}' is imported from '{source}' but missing from '__all__': list it there, or do not import it here"
    twins = ("F401",)

    def visit_Module(self, node: ast.Module, module: Module) -> Iterator[Finding]:
        if not module.location.is_package or not module.outline.has_all:
            return
        listed = module.outline.exported_names(module.location, module.source_tree)
        if listed is None:
            return
        for entry in names_from_own_package(module):
            alias = entry.node
            if entry.bound in listed or not isinstance(alias, ast.alias) or alias.asname == alias.name:
                continue
            if entry.bound is not None and entry.bound not in _used_names(module):
                is_last = module.names.scope(node).bindings[entry.bound][-1] is entry
                yield self.finding(
                    alias, twin="F401" if is_last else None, name=entry.bound, source=entry.module or module.name
                )


def _used_names(module: Module) -> set[str]:
    """Return the names a file reads or deletes, those in quoted annotations included."""
    used = {name.id for name in module.syntax.of(ast.Name) if not isinstance(name.ctx, ast.Store)}
    for constant in module.syntax.of(ast.Constant):
        text = literal_string(constant)
        if text is not None and isinstance(module.syntax.parents[constant], _ROUND_QUOTED_ANNOTATIONS):
            used.update(_IDENTIFIER().findall(text))
    return used
