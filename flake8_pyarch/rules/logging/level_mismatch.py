"""PYA610."""

import ast
from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import Module
from flake8_pyarch.source.exceptions.handlers import catches_only, enclosing_handlers, receives_exception
from flake8_pyarch.source.flow import is_followed_by_raise
from flake8_pyarch.source.logging.log_calls import LogCall, is_seen_by_ruff
from flake8_pyarch.source.logging.loggers import LOG_METHODS

__all__ = ["LevelMismatch"]

_ALIASES = {"warn": "warning", "fatal": "critical"}
_CONTROL_FLOW = frozenset(
    {"CancelledError", "GeneratorExit", "KeyboardInterrupt", "StopAsyncIteration", "StopIteration", "SystemExit"}
)
_QUIET = frozenset({"debug", "info"})
_QUIET_LEVELS = frozenset({"logging.DEBUG", "logging.INFO"})
_LEVELS = {10: "DEBUG", 20: "INFO", 30: "WARNING", 40: "ERROR", 50: "CRITICAL"}


class LevelMismatch(Rule):
    """The log method does not fit what is logged.

    ## Why is this bad?
    The level decides who is woken up, and what is kept at all. A failure logged at `info` is found by nobody.
    `exception` outside a handler writes `NoneType: None` where the traceback should be. `warn` and `fatal` are old
    names of `warning` and `critical`, and a number for a level has to be looked up.

    Reported are

    - an exception logged at `debug` or `info` in its `except` handler, by `exc_info` or passed as it is, unless the
      handler goes on to raise
    - `exception` outside a handler
    - `warn` and `fatal`
    - `log` with an integer for the level

    ## Example
    ```python path=shop/usecases/borrow_book.py
    import structlog

    logger = structlog.get_logger()


    def borrow(book_id: str) -> None:
        try:
            lend(book_id)
        except OSError:
            logger.info("lending failed", book_id=book_id, exc_info=True)
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
    `exception` outside a handler is fine where an exception is at hand: `exc_info` is passed, or the function takes an
    exception as an argument, as `__exit__` and exception handlers do, or is itself named like a log method. Other
    functions that are only called from handlers are reported. Exceptions that steer the program, such as
    `CancelledError` and `KeyboardInterrupt`, may be logged at any level.

    Ruff's `LOG004` and `G010` report `exception` outside a handler, those functions included, and `warn`, on loggers
    they recognise.
    """

    code = "PYA610"
    message = "{problem}: {remedy}"
    twins = ("G010", "LOG004")

    def visit_LogCall(self, log: LogCall, module: Module) -> Iterator[Finding]:
        written = log.call.func
        if log.method in _ALIASES:
            twin = "G010" if log.method == "warn" and is_seen_by_ruff(log, module) else None
            remedy = f"use '{_ALIASES[log.method]}'"
            yield self.finding(written, problem=f"'{log.name}' is an old name", remedy=remedy, twin=twin)
        elif log.method == "log" and isinstance(log.level, ast.Constant) and type(log.level.value) is int:
            name = _LEVELS.get(log.level.value)
            remedy = f"use 'logging.{name}'" if name else "use a named level"
            yield self.finding(log.level, problem=f"'{log.name}' gets a number for its level", remedy=remedy)
        elif log.method == "exception":
            if _is_without_exception(log, module):
                twin = "LOG004" if is_seen_by_ruff(log, module) and not _is_written_in_handler(log, module) else None
                problem = f"'{log.name}' is called outside an except handler"
                yield self.finding(written, problem=problem, remedy="use 'error', or pass 'exc_info'", twin=twin)
        elif _is_quiet(log, module) and _logs_caught_exception(log, module):
            problem = f"'{log.name}' logs an exception that goes no further"
            yield self.finding(written, problem=problem, remedy="use 'exception' or 'warning'")


def _is_quiet(log: LogCall, module: Module) -> bool:
    """Tell whether a call logs at debug or info, be it by `log(logging.INFO, …)`."""
    return log.method in _QUIET or (log.level is not None and module.resolve(log.level) in _QUIET_LEVELS)


def _is_without_exception(log: LogCall, module: Module) -> bool:
    calls = (log.call, *log.binds)
    if any(keyword.arg in {None, "exc_info"} for call in calls for keyword in call.keywords):
        return False
    function = module.enclosing_function(log.call)
    is_wrapper = function is not None and function.name.strip("_") in LOG_METHODS
    return not is_wrapper and not enclosing_handlers(log.call, module) and not receives_exception(log.call, module)


def _is_written_in_handler(log: LogCall, module: Module) -> bool:
    """Tell whether a call stands anywhere in a handler, be it in a function that is only defined there."""
    return any(isinstance(parent, ast.ExceptHandler) for _, parent in module.ancestry(log.call))


def _logs_caught_exception(log: LogCall, module: Module) -> bool:
    handlers = enclosing_handlers(log.call, module)
    if not handlers or catches_only(handlers[0], _CONTROL_FLOW) or is_followed_by_raise(log.call, handlers[0], module):
        return False
    if _is_truthy(log.keyword("exc_info")):
        return True
    caught = {handler.name for handler in handlers if handler.name is not None}
    passed = (log.event, *log.values, *(keyword.value for keyword in log.call.keywords))
    return any(isinstance(value, ast.Name) and value.id in caught for value in passed)


def _is_truthy(node: ast.expr | None) -> bool:
    return node is not None and not (isinstance(node, ast.Constant) and not node.value)
