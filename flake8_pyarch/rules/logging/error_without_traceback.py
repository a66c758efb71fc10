"""PYA607."""

import ast
from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import Module
from flake8_pyarch.source.exceptions.handlers import enclosing_handler
from flake8_pyarch.source.flow import is_followed_by_raise
from flake8_pyarch.source.logging.log_calls import LogCall, is_seen_by_ruff

__all__ = ["ErrorWithoutTraceback"]


class ErrorWithoutTraceback(Rule):
    """An error is logged in an `except` handler without its traceback.

    ## Why is this bad?
    The handler is the last place that knows where the error came from. `logger.error` writes that something failed and
    throws away where and why. When it matters, that is all there is to go by. `logger.exception` costs nothing and
    keeps the traceback.

    ## Example
    ```python path=shop/usecases/borrow_book.py
    import structlog

    logger = structlog.get_logger()


    def borrow(book_id: str) -> None:
        try:
            lend(book_id)
        except OSError:
            logger.error("lending failed", book_id=book_id)
    ```

    ## Use instead
    ```python path=shop/usecases/borrow_book.py
    import structlog

    logger = structlog.get_logger()


    def borrow(book_id: str) -> None:
        try:
            lend(book_id)
        except OSError:
            logger.exception("lending failed", book_id=book_id)
    ```

    ## Options
    - `logger-names`, `extend-logger-names`: names that hold a logger wherever they come from

    ## Known problems
    A call with any `exc_info`, be it false, has decided for itself, and so has a handler that goes on to raise, or that
    calls `logger.exception` as well. Where the failure is expected and its traceback of no use, `logger.warning` says
    so.

    Ruff's `TRY400` reports `error` on loggers it recognises, but not `critical`, `.bind()` chains, imported loggers or
    the async methods. In turn it also reports handlers that go on to raise, functions defined in a handler,
    `exc_info=False` and `exc_info=error`.
    """

    code = "PYA607"
    message = "'{name}' in an except handler drops the traceback: use 'exception', or pass 'exc_info'"
    twins = ("TRY400",)

    def visit_LogCall(self, log: LogCall, module: Module) -> Iterator[Finding]:
        if log.method not in {"error", "critical"} or _tells_of_exception(log):
            return
        handler = enclosing_handler(log.call, module)
        if handler is None or is_followed_by_raise(log.call, handler, module) or _is_traced(handler, module):
            return
        twin = "TRY400" if log.method == "error" and is_seen_by_ruff(log, module) else None
        yield self.finding(log.call.func, name=log.name, twin=twin)


def _tells_of_exception(log: LogCall) -> bool:
    """Tell whether the traceback is logged, or may be: by `exc_info`, loguru's `opt(exception=…)`, unseen keywords."""
    given = {keyword.arg for call in (log.call, *log.binds) for keyword in call.keywords}
    return not given.isdisjoint({None, "exc_info"}) or any(
        keyword.arg == "exception" for call in log.binds for keyword in call.keywords
    )


def _is_traced(handler: ast.ExceptHandler, module: Module) -> bool:
    """Tell whether another statement of the handler logs the traceback."""
    calls = {statement.value for statement in handler.body if isinstance(statement, ast.Expr)}
    return any(log.method == "exception" and log.call in calls for log in module.log_calls)
