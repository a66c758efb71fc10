"""PYA605."""

import ast
from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.patterns import lazy_pattern
from flake8_pyarch.source import Module
from flake8_pyarch.source.logging.log_calls import LogCall
from flake8_pyarch.source.logging.loggers import Library
from flake8_pyarch.source.syntax import literal_string

__all__ = ["PositionalLogArguments"]

_PLACEHOLDER = lazy_pattern(r"(?<![%\d])(?:%%)*%(?:\(\w+\))?(?:\.\d+)?[sdrifxg]")


class PositionalLogArguments(Rule):
    """A structlog call gets its context as positional arguments.

    ## Why is this bad?
    structlog keeps an entry as data: the event, and what belongs to it under its name. A positional argument has no
    name, so it can only be melted into the text, if the configuration does even that. It cannot be searched, filtered
    or masked by a processor. An event with `%s` in it has lost its values altogether when none are passed.

    In a module that imports structlog, loggers of the standard library are reported too when they get positional
    values: the two styles of a project end up in one log.

    ## Example
    ```python path=shop/usecases/borrow_book.py
    import structlog

    logger = structlog.get_logger()


    def borrow(book_id: str) -> None:
        logger.info("book %s borrowed", book_id)
    ```

    ## Use instead
    ```python path=shop/usecases/borrow_book.py
    import structlog

    logger = structlog.get_logger()


    def borrow(book_id: str) -> None:
        logger.info("book borrowed", book_id=book_id)
    ```

    ## Options
    - `logger-names`, `extend-logger-names`: names that hold a logger wherever they come from

    ## Known problems
    Arguments that are merely handed on (`*args`) are not reported.
    """

    code = "PYA605"
    message = "{problem}: pass the context as keywords"

    def visit_LogCall(self, log: LogCall, module: Module) -> Iterator[Finding]:
        values = [value for value in log.values if not isinstance(value, ast.Starred)]
        if values and _is_in_structlog_style(log, module):
            yield self.finding(values[0], problem=f"'{log.name}' gets positional values beside the event")
        elif log.event is not None and log.is_structlog and not log.values and _has_placeholder(log.event):
            yield self.finding(log.event, problem=f"the event of '{log.name}' holds %-placeholders")


def _is_in_structlog_style(log: LogCall, module: Module) -> bool:
    return log.is_structlog or ("structlog" in module.imported_packages and log.library is not Library.LOGURU)


def _has_placeholder(event: ast.expr) -> bool:
    text = literal_string(event)
    return text is not None and _PLACEHOLDER().search(text) is not None
