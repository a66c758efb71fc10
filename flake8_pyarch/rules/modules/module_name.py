"""PYA211."""

import ast
import os
import re
from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.patterns import lazy_pattern
from flake8_pyarch.source import Module
from flake8_pyarch.source.packages import is_in_package

__all__ = ["ModuleName"]

_NAME = lazy_pattern(r"_{0,2}[a-z][a-z0-9_]*", re.ASCII)
_RUFF_NAME = lazy_pattern(r"[a-z_][a-z0-9_]*", re.ASCII)
_REVISION = lazy_pattern(r"[a-z0-9_]+", re.ASCII)
_ALWAYS_FINE = frozenset({"__init__", "__main__"})


class ModuleName(Rule):
    """The name of a module or package is not in lower case with underscores.

    ## Why is this bad?
    Python programmers expect `order_lines.py`, not `OrderLines.py`: a capital says "class", so that
    `from shop import Order` leaves open what was imported. File systems that do not tell case apart make two modules
    of one, and a name with a hyphen or a leading digit cannot be imported at all.

    A package is reported at the top of its `__init__.py`.

    ## Example
    ```python path=shop/domain/OrderLines.py
    LIMIT = 10
    ```

    ## Use instead
    ```python path=shop/domain/order_lines.py
    LIMIT = 10
    ```

    ## Known problems
    Files outside packages are scripts and may be called anything. In a directory called `versions`, where Alembic keeps
    its migrations, a name may begin with a digit.

    Ruff's N999 sees the same, with these differences. It looks at the names of top-level packages only, not at those
    of packages inside packages. It allows any number of leading underscores, and a digit after them. It also reports
    keywords (`class.py`).
    """

    code = "PYA211"
    message = "{kind} name '{name}' is not in snake_case: rename it, with small letters, digits and underscores only"
    twins = ("N999",)

    def visit_Module(self, node: ast.Module, module: Module) -> Iterator[Finding]:
        del node
        is_package = module.location.is_package
        name = module.location.parts[-1] if is_package else module.stem
        if _NAME().fullmatch(name) or name in _ALWAYS_FINE or not is_in_package(module) or _is_revision(name, module):
            return
        twin = "N999" if _is_bad_to_ruff(name, module) else None
        yield self.finding((1, 0, 0), twin=twin, kind="package" if is_package else "module", name=name)


def _is_revision(name: str, module: Module) -> bool:
    """Tell whether a file is a database migration that Alembic named."""
    return os.path.basename(os.path.dirname(module.path)) == "versions" and bool(_REVISION().fullmatch(name))


def _is_bad_to_ruff(name: str, module: Module) -> bool:
    if module.location.is_package:
        outer = os.path.dirname(os.path.dirname(module.path))
        if "__init__" in module.source_tree.listing(outer).modules:
            return False
    return not _RUFF_NAME().fullmatch(name)
