"""PYA614."""

import ast
from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import Module
from flake8_pyarch.source.logging.loggers import GetLogger, Library

__all__ = ["LoggerName"]

_WRONG_NAMES = frozenset({"__file__", "__cached__"})


class LoggerName(Rule):
    """A logger is named after a file's path.

    ## Why is this bad?
    Loggers form a tree by their dotted names: a level set for `shop` holds for `shop.usecases.borrow_book`. A path has
    its dots in the wrong places, depends on where the service is installed, and is part of no tree. `__name__` is the
    name of the module.

    ## Example
    ```python path=shop/usecases/borrow_book.py
    import logging

    logger = logging.getLogger(__file__)
    ```

    ## Use instead
    ```python path=shop/usecases/borrow_book.py
    import logging

    logger = logging.getLogger(__name__)
    ```

    ## Known problems
    Ruff's `LOG002` reports the same for `logging.getLogger`. It does not look at structlog's functions.
    """

    code = "PYA614"
    message = "logger is named after '{name}', a path: use '__name__'"
    packages = frozenset({"logging", "structlog"})
    twins = ("LOG002",)

    def visit_GetLogger(self, entry: GetLogger, module: Module) -> Iterator[Finding]:
        given = [*entry.call.args[:1], *(keyword.value for keyword in entry.call.keywords if keyword.arg == "name")]
        for argument in given:
            if isinstance(argument, ast.Name) and argument.id in _WRONG_NAMES and not module.bindings(argument):
                twin = "LOG002" if entry.library is Library.LOGGING else None
                yield self.finding(argument, name=argument.id, twin=twin)
