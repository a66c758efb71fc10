"""PYA606."""

from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import Module
from flake8_pyarch.source.classes import Function
from flake8_pyarch.source.logging.loggers import BINDING_METHODS, LOG_METHODS, LOGGER_SETTINGS, GetLogger, fate_of
from flake8_pyarch.source.syntax import last_name, without_call

__all__ = ["LoggerNotModuleLevel"]

_CONSTRUCTORS = frozenset({"__init__", "__new__", "__post_init__", "__attrs_post_init__", "model_post_init"})


class LoggerNotModuleLevel(Rule):
    """A function fetches its logger each time it is called.

    ## Why is this bad?
    A logger belongs to the module, as its name says. Fetched inside a function, it is looked up on every call, each
    function may give it another name, and nobody sees at the top of the file that the module logs at all. Put it at
    module level, once.

    Fine are constructors, providers, cached functions and those that return the logger. So is `.bind(…)` for a single
    call, and code that configures a logger (`getLogger("uvicorn").setLevel(…)`) rather than log with it.

    ## Example
    ```python path=shop/usecases/borrow_book.py
    import structlog


    def borrow(book_id: str) -> None:
        logger = structlog.get_logger()
        logger.info("book borrowed", book_id=book_id)
    ```

    ## Use instead
    ```python path=shop/usecases/borrow_book.py
    import structlog

    logger = structlog.get_logger()


    def borrow(book_id: str) -> None:
        logger.info("book borrowed", book_id=book_id)
    ```

    ## Known problems
    Only `logging.getLogger` and structlog's functions are known. A `get_logger` of the project itself is not reported.
    """

    code = "PYA606"
    message = "'{name}' is called in '{function}': fetch the logger once, at module level"
    packages = frozenset({"logging", "structlog"})

    def visit_GetLogger(self, entry: GetLogger, module: Module) -> Iterator[Finding]:
        function = module.enclosing_function(entry.call)
        if function is not None and not _may_fetch(function, module) and _is_logged_with(entry, module):
            yield self.finding(entry.call, name=entry.factory, function=function.name)


def _may_fetch(function: Function, module: Module) -> bool:
    if function.name in _CONSTRUCTORS or any(provider.function is function for provider in module.providers):
        return True
    return any("cache" in last_name(without_call(decorator)) for decorator in function.decorator_list)


def _is_logged_with(entry: GetLogger, module: Module) -> bool:
    """Tell whether the logger is used for logging, rather than returned, bound for one call or configured."""
    fate = fate_of(entry.call, module)
    if fate.is_handed_out:
        return False
    if fate.is_named:
        return fate.attributes.isdisjoint(LOGGER_SETTINGS | BINDING_METHODS)
    return fate.attributes.issubset(LOG_METHODS)
