"""PYA613."""

import ast
from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import Module
from flake8_pyarch.source.logging.log_calls import LogCall, is_seen_by_ruff
from flake8_pyarch.source.logging.loggers import Library
from flake8_pyarch.source.syntax import literal_string

__all__ = ["ReservedLogKey"]

_RECORD_ATTRIBUTES = frozenset(
    {"args", "asctime", "created", "exc_info", "exc_text", "filename", "funcName", "levelname", "levelno", "lineno"}
    | {"message", "module", "msecs", "msg", "name", "pathname", "process", "processName", "relativeCreated"}
    | {"stack_info", "taskName", "thread", "threadName"}
)
_UNKNOWN_TO_RUFF = frozenset({"taskName"})


class ReservedLogKey(Rule):
    """A log call passes a key that the logging library keeps for itself.

    ## Why is this bad?
    The call fails where it is made, in the middle of the work, and often in the branch that handles an error. structlog
    takes its first argument as `event`, so an `event=` beside it raises a `TypeError`. The standard library raises a
    `KeyError` for a key of `extra` that a log record has already.

    ## Example
    ```python path=shop/usecases/borrow_book.py
    import logging

    logger = logging.getLogger(__name__)


    def borrow(name: str) -> None:
        logger.info("book borrowed", extra={"name": name})
    ```

    ## Use instead
    ```python path=shop/usecases/borrow_book.py
    import logging

    logger = logging.getLogger(__name__)


    def borrow(name: str) -> None:
        logger.info("book borrowed", extra={"book_name": name})
    ```

    ## Options
    - `logger-names`, `extend-logger-names`: names that hold a logger wherever they come from

    ## Known problems
    An `extra` that is not written out in the call is not seen. loguru keeps `extra` apart and is not reported.

    Ruff's `G101` reports the keys of `extra` on loggers it recognises, but not on `.bind()` chains, imported loggers
    and the async methods, and never `event=`.
    """

    code = "PYA613"
    message = "{problem}: choose another name"
    twins = ("G101",)

    def visit_LogCall(self, log: LogCall, module: Module) -> Iterator[Finding]:
        for keyword in log.call.keywords:
            if keyword.arg == "event" and log.is_structlog and log.event not in {None, keyword.value}:
                yield self.finding(keyword, problem=f"'event' is passed to '{log.name}' twice")
            elif keyword.arg == "extra" and log.library is not Library.LOGURU:
                is_seen = is_seen_by_ruff(log, module)
                for place, name in _keys(keyword.value):
                    if name in _RECORD_ATTRIBUTES:
                        twin = "G101" if is_seen and name not in _UNKNOWN_TO_RUFF else None
                        yield self.finding(
                            place, problem="'extra' has a key that every log record has already", twin=twin
                        )


def _keys(extra: ast.expr) -> Iterator[tuple[ast.expr | ast.keyword, str | None]]:
    match extra:
        case ast.Dict(keys=keys):
            yield from ((key, literal_string(key)) for key in keys if key is not None)
        case ast.Call(func=ast.Name(id="dict"), keywords=keywords):
            yield from ((keyword, keyword.arg) for keyword in keywords)
