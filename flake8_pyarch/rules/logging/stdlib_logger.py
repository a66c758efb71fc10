"""PYA611."""

from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import Module
from flake8_pyarch.source.logging.loggers import LOGGER_SETTINGS, GetLogger, Library, fate_of

__all__ = ["StdlibLogger"]


class StdlibLogger(Rule):
    """A module logs through the standard library in a project that depends on structlog.

    ## Why is this bad?
    Two ways of logging make two kinds of entries. Those of the standard library carry no context, pass by structlog's
    processors unless somebody has joined the two, and need a reader of their own. A project that has chosen structlog
    uses it everywhere.

    The rule is off by default: a library, or a service on its way to structlog, has reason to keep both.

    ## Example
    ```python path=shop/usecases/borrow_book.py
    import logging

    import structlog

    logger = logging.getLogger(__name__)
    ```

    ## Use instead
    ```python path=shop/usecases/borrow_book.py
    import structlog

    logger = structlog.get_logger()
    ```

    ## Known problems
    That a project depends on structlog is read from `pyproject.toml` and `requirements*.txt`, from the module's own
    directory up to the project's, and from the imports of the module itself. Code that only configures a logger
    (`getLogger("uvicorn").setLevel(…)`) is left alone.
    """

    code = "PYA611"
    message = "'logging.getLogger' in a project that uses structlog: use 'structlog.get_logger'"
    on_by_default = False
    packages = frozenset({"logging"})

    def visit_GetLogger(self, entry: GetLogger, module: Module) -> Iterator[Finding]:
        if entry.library is not Library.LOGGING or not _uses_structlog(module):
            return
        if fate_of(entry.call, module).attributes.isdisjoint(LOGGER_SETTINGS):
            yield self.finding(entry.call)


def _uses_structlog(module: Module) -> bool:
    if "structlog" in module.imported_packages:
        return True
    return module.source_tree.declares("structlog", module.path)
