"""PYA205."""

import ast
from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import Module
from flake8_pyarch.source.syntax import literal_string

__all__ = ["PrivateInAll"]


class PrivateInAll(Rule):
    """An `__all__` lists a name that begins with an underscore.

    ## Why is this bad?
    The underscore says "keep out", the `__all__` says "come in". Whoever reads only one of the two gets it wrong: the
    caller relies on something that the author feels free to change. Decide which it is. If others need it, take the
    underscore away; if not, take it off the list.

    ## Example
    ```python path=shop/domain/__init__.py
    from shop.domain.order import Order, _next_number

    __all__ = ["Order", "_next_number"]
    ```

    ## Use instead
    ```python path=shop/domain/__init__.py
    from shop.domain.order import Order, next_number

    __all__ = ["Order", "next_number"]
    ```

    ## Known problems
    Names such as `__version__`, and `_` itself, which translates texts, may be listed.
    """

    code = "PYA205"
    message = "'__all__' of '{module}' lists a private name: take it out, or rename it without the underscore"

    def visit_Module(self, node: ast.Module, module: Module) -> Iterator[Finding]:
        del node
        for statement in module.outline.exports:
            for entry in statement.entries:
                if _is_private(literal_string(entry) or ""):
                    yield self.finding(entry, module=module.name)


def _is_private(name: str) -> bool:
    return name.startswith("_") and name != "_" and not (name.startswith("__") and name.endswith("__"))
