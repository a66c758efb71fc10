"""Log calls: `logger.info("event", key=value)` in all its forms."""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fnmatch import translate
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flake8_pyarch.source.module import Module

__all__ = ["LogCall", "is_logger", "is_logger_factory", "is_structlog_logger", "read_log_calls"]

STRUCTLOG_FACTORIES = frozenset({"structlog.get_logger", "structlog.getLogger", "structlog.stdlib.get_logger"})
LOGGER_FACTORIES = STRUCTLOG_FACTORIES | {"logging.getLogger"}

_LEVELS = ("debug", "info", "warning", "warn", "error", "critical", "fatal", "exception", "msg", "log")
_METHODS = {name: name for name in _LEVELS} | {f"a{name}": name for name in _LEVELS}
_CHAINED = frozenset({"bind", "new", "unbind", "try_unbind", "opt"})


@dataclass(frozen=True, slots=True, eq=False)
class LogCall:
    """A call of a log method on a logger, or on the `logging` module.

    Arguments:
        call: the whole call.
        method: the log method without the `a` of structlog's async forms: `info`, `exception`, `log`, …
        logger: the logger, without the `.bind(…)` calls between it and the log method.
        binds: those calls, innermost first.
        is_root: whether it is called on the `logging` module itself.
        is_structlog: whether the logger is bound from structlog in this file.
        event: the event or message argument, None where there is none that can be told.
        values: the positional arguments after the event.

    """

    call: ast.Call
    method: str
    logger: ast.expr
    binds: tuple[ast.Call, ...]
    is_root: bool
    is_structlog: bool
    event: ast.expr | None
    values: tuple[ast.expr, ...]

    def keyword(self, name: str) -> ast.expr | None:
        """Return the value of a keyword argument, or None."""
        return next((keyword.value for keyword in self.call.keywords if keyword.arg == name), None)


def read_log_calls(module: "Module") -> Iterator[LogCall]:
    """Yield the log calls of a file."""
    for call in module.syntax.of(ast.Call):
        function = call.func
        if not isinstance(function, ast.Attribute) or function.attr not in _METHODS:
            continue
        logger, binds = _unchained(function.value)
        is_root = module.resolve(logger) == "logging"
        if not is_root and not is_logger(logger, module):
            continue
        method = _METHODS[function.attr]
        event, values = _event(call, method)
        structlog = not is_root and is_structlog_logger(logger, module)
        yield LogCall(call, method, logger, binds, is_root, structlog, event, values)


def is_logger(node: ast.expr, module: "Module") -> bool:
    """Tell whether an expression is a logger: by its name, or by what it is bound from."""
    name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
    if name and _logger_names(module.settings.logger_names)(name):
        return True
    return module.resolve(node) == "loguru.logger" or _comes_from(node, LOGGER_FACTORIES, module)


def is_structlog_logger(node: ast.expr, module: "Module") -> bool:
    """Tell whether an expression is a logger that is bound from structlog in this file."""
    return _comes_from(node, STRUCTLOG_FACTORIES, module)


def is_logger_factory(call: ast.expr, module: "Module") -> bool:
    """Tell whether an expression is a call that makes or fetches a logger."""
    return isinstance(call, ast.Call) and module.resolve(call.func) in LOGGER_FACTORIES


def _comes_from(node: ast.expr, factories: frozenset[str], module: "Module") -> bool:
    """Follow assignments and `.bind()` chains from a logger to the call that made it."""
    seen: set[ast.expr] = set()
    pending = [node]
    while pending:
        node = pending.pop()
        if node in seen:
            continue
        seen.add(node)
        node, _ = _unchained(node)
        if isinstance(node, ast.Call):
            if module.resolve(node.func) in factories:
                return True
        else:
            pending += module.assigned_values(node)
    return False


def _unchained(node: ast.expr) -> tuple[ast.expr, tuple[ast.Call, ...]]:
    binds: list[ast.Call] = []
    while isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _CHAINED:
        binds.append(node)
        node = node.func.value
    return node, tuple(reversed(binds))


def _event(call: ast.Call, method: str) -> tuple[ast.expr | None, tuple[ast.expr, ...]]:
    keywords = {keyword.arg: keyword.value for keyword in call.keywords}
    arguments = call.args[1:] if method == "log" and "level" not in keywords else call.args
    if arguments:
        event = None if isinstance(arguments[0], ast.Starred) else arguments[0]
        return event, tuple(arguments[1:])
    return keywords.get("event", keywords.get("msg")), ()


@cache
def _logger_names(names: tuple[str, ...]) -> Callable[[str], bool]:
    plain = frozenset(name for name in names if "*" not in name)
    patterns = [re.compile(translate(name), re.IGNORECASE) for name in names if "*" in name]
    return lambda name: name in plain or any(pattern.match(name) for pattern in patterns)
