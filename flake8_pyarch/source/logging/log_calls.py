"""Log calls: `logger.info("event", key=value)` in all its forms."""

import ast
import re
from collections.abc import Callable, Iterator
from fnmatch import translate
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from flake8_pyarch.patterns import lazy_pattern
from flake8_pyarch.source.logging.loggers import LOG_METHODS, LOGGER_FACTORIES, Library
from flake8_pyarch.source.syntax import dotted_name, walk

if TYPE_CHECKING:
    from flake8_pyarch.source.module import Module

__all__ = [
    "LogCall",
    "is_bind_call",
    "is_logger",
    "is_logger_factory",
    "is_seen_by_ruff",
    "read_log_calls",
]


_WRAPPERS = {"structlog.wrap_logger": Library.STRUCTLOG, "structlog.stdlib.BoundLogger": Library.STRUCTLOG}
_MAKERS = LOGGER_FACTORIES | _WRAPPERS
_LOGURU_LOGGER = "loguru.logger"
_LOGGER_TYPES = frozenset({"logging.Logger", "logging.LoggerAdapter"})

_LONG_CHAIN = 8
_MOST_PLACES = 100
"""How many variables are followed to learn where a logger comes from."""

_CHAINED = frozenset({"bind", "new", "unbind", "try_unbind", "opt", "patch", "getChild"})
_CONTEXT_BINDERS = frozenset({"structlog.contextvars.bind_contextvars", "structlog.contextvars.bound_contextvars"})
_RUFF_METHODS = frozenset({"debug", "info", "warning", "warn", "error", "critical", "exception", "log"})
_RUFF_NAME = lazy_pattern(r"log|LOG|.*(?:logger|logging|LOGGER|LOGGING)$")


class LogCall(NamedTuple):
    """A call of a log method on a logger, or on the `logging` module.

    Arguments:
        call: the whole call.
        method: the log method without the `a` of structlog's async forms: `info`, `exception`, `log`, …
        logger: the logger, without the `.bind(…)` calls between it and the log method; for a function imported from
            `logging`, that function.
        binds: those calls, innermost first.
        is_root: whether it is called on the `logging` module itself.
        library: the library the logger is bound from in this file, or annotated with; None where the file does not
            tell.
        level: the level of a call of `log`, None for the other methods.
        event: the event or message argument, None where there is none that can be told.
        values: the positional arguments after the event.

    """

    call: ast.Call
    method: str
    logger: ast.expr
    binds: tuple[ast.Call, ...]
    is_root: bool
    library: Library | None
    level: ast.expr | None
    event: ast.expr | None
    values: tuple[ast.expr, ...]

    @property
    def is_structlog(self) -> bool:
        """Whether the logger is known to be structlog's."""
        return self.library is Library.STRUCTLOG

    @property
    def name(self) -> str:
        """How the log method is written, `logger.info`, without arguments."""
        logger = "" if self.logger is self.call.func else _written(self.logger)
        method = getattr(self.call.func, "attr", None) or dotted_name(self.call.func) or self.method
        return f"{logger}.{method}".removeprefix(".")

    def keyword(self, name: str) -> ast.expr | None:
        """Return the value of a keyword argument, or None."""
        return next((keyword.value for keyword in self.call.keywords if keyword.arg == name), None)

    def has_unknown_keywords(self) -> bool:
        """Tell whether keywords are passed that the file does not show (`**context`)."""
        return any(keyword.arg is None for keyword in self.call.keywords)


def read_log_calls(module: "Module") -> Iterator[LogCall]:
    """Yield the log calls of a file."""
    functions = {
        entry.bound: entry.name
        for entry in module.static_imports
        if entry.module == "logging" and entry.name in LOG_METHODS
    }
    for call in module.syntax.of(ast.Call):
        match call.func:
            case ast.Attribute(value=receiver, attr=attribute) if attribute in LOG_METHODS:
                logger, binds = _unchained(receiver)
                is_root = module.resolve(logger) == "logging"
                method = LOG_METHODS[attribute]
                if not is_root and not is_logger(logger, module):
                    continue
            case ast.Name(id=name) if name in functions and module.resolve(call.func) == f"logging.{functions[name]}":
                logger, binds, is_root = call.func, (), True
                method = LOG_METHODS[functions[name] or name]
            case _:
                continue
        library = Library.LOGGING if is_root else _library(logger, module)
        yield LogCall(call, method, logger, binds, is_root, library, *_arguments(call, method))


def is_logger(node: ast.expr, module: "Module") -> bool:
    """Tell whether an expression is a logger: by its name, or by what it is bound from."""
    name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
    if name and _logger_names(module.settings.logger_names)(name):
        return True
    return bool(_libraries(node, module))


def is_logger_factory(node: ast.expr, module: "Module") -> bool:
    """Tell whether an expression is a call that makes or fetches a logger."""
    return isinstance(node, ast.Call) and module.resolve(node.func) in LOGGER_FACTORIES


def is_bind_call(call: ast.Call, module: "Module") -> bool:
    """Tell whether a call binds values to a logger, or to the context variables that structlog logs with each event."""
    match call.func:
        case ast.Name():
            return "structlog" in module.imported_packages and module.resolve(call.func) in _CONTEXT_BINDERS
        case ast.Attribute(attr="bind_contextvars" | "bound_contextvars"):
            return module.resolve(call.func) in _CONTEXT_BINDERS
        case ast.Attribute(value=receiver, attr="bind" | "new"):
            return is_logger(_chain_start(receiver, module), module)
    return False


def is_seen_by_ruff(log: LogCall, module: "Module") -> bool:
    """Tell whether Ruff's rules about log calls (G, LOG, TRY400) take a call for one."""
    if log.binds or getattr(log.call.func, "attr", log.method) not in _RUFF_METHODS:
        return False
    if log.is_root:
        return True
    if isinstance(log.logger, ast.Call):
        return module.resolve(log.logger.func) == "logging.getLogger"
    name = dotted_name(log.logger)
    if name is None or not _RUFF_NAME().match(name.rpartition(".")[2]):
        return False
    start = log.logger
    while isinstance(start, ast.Attribute):
        start = start.value
    bindings = module.bindings(start) if isinstance(start, ast.Name) else []
    defined = any(isinstance(binding, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) for binding in bindings)
    return not defined and (module.import_of(start) is None or module.resolve(log.logger) == "flask.current_app.logger")


def _written(logger: ast.expr) -> str:
    if isinstance(logger, ast.Call):
        return f"{dotted_name(logger.func) or '…'}()"
    return dotted_name(logger) or "…"


def _library(node: ast.expr, module: "Module") -> Library | None:
    """Return the one library that a logger is bound from, None where there are several, or none is known."""
    libraries = _libraries(node, module)
    return libraries.pop() if len(libraries) == 1 else None


def _libraries(node: ast.expr, module: "Module") -> set[Library]:
    """Follow assignments, annotations and `.bind()` chains from a logger to the libraries that it may come from."""
    node = _chain_start(node, module)
    known = module.once(_known_libraries)
    place = _place_of(node, module)
    if place not in known:
        known[place] = frozenset(_libraries_behind(node, module))
    return set(known[place])


def _known_libraries(_: "Module") -> dict["_Place", frozenset[Library]]:
    return {}


_Place = tuple[ast.AST | None, str]


def _place_of(node: ast.expr, module: "Module") -> _Place:
    """Return what all mentions of one variable, or of one attribute of `self`, have in common."""
    if isinstance(node, ast.Name):
        found = module.names.lookup(node)
        return found[0].node if found else None, node.id
    owner = module.class_of_self(node) if isinstance(node, ast.Attribute) else None
    return (owner.node, node.attr) if owner is not None and isinstance(node, ast.Attribute) else (node, "")


def _libraries_behind(node: ast.expr, module: "Module") -> set[Library]:
    found: set[Library] = set()
    seen: set[_Place] = set()
    pending = [node]
    while pending and len(seen) < _MOST_PLACES:
        node = _chain_start(pending.pop(), module)
        place = _place_of(node, module)
        if place in seen:
            continue
        seen.add(place)
        match node:
            case ast.Call():
                maker = _MAKERS.get(module.resolve(node.func) or "")
                if maker is not None:
                    found.add(maker)
            case ast.BoolOp(values=values):
                pending += values
            case ast.IfExp(body=body, orelse=orelse):
                pending += (body, orelse)
            case ast.Name() | ast.Attribute():
                if module.resolve(node) == _LOGURU_LOGGER:
                    found.add(Library.LOGURU)
                pending += module.assigned_values(node)
                found.update(library for note in _annotations(node, module) for library in _annotated(note, module))
    return found


def _annotations(node: ast.expr, module: "Module") -> Iterator[ast.expr]:
    """Yield the annotations of a parameter, or of an attribute of `self`."""
    if isinstance(node, ast.Name):
        arguments = (binding for binding in module.bindings(node) if isinstance(binding, ast.arg))
        yield from (argument.annotation for argument in arguments if argument.annotation is not None)
    elif isinstance(node, ast.Attribute):
        owner = module.class_of_self(node)
        for model in owner.lineage if owner is not None else ():
            places = model.attributes.get(node.attr, ())
            yield from (place.annotation for place in places if place.annotation is not None)


def _annotated(annotation: ast.expr, module: "Module") -> Iterator[Library]:
    for node in walk(annotation):
        if isinstance(node, (ast.Name, ast.Attribute)):
            name = module.resolve(node) or ""
            if name in _LOGGER_TYPES:
                yield Library.LOGGING
            elif name.startswith("structlog.") and name.endswith("BoundLogger"):
                yield Library.STRUCTLOG


def _chain_start(node: ast.expr, module: "Module") -> ast.expr:
    """Return what a chain of `.bind()` starts from; a long one is gone through once, not for each of its calls."""
    known = module.once(_known_chain_starts)
    passed: list[ast.expr] = []
    while node not in known and isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        if node.func.attr not in _CHAINED:
            break
        passed.append(node)
        node = node.func.value
    node = known.get(node, node)
    if len(passed) > _LONG_CHAIN:
        known |= dict.fromkeys(passed, node)
    return node


def _known_chain_starts(_: "Module") -> dict[ast.expr, ast.expr]:
    return {}


def _unchained(node: ast.expr) -> tuple[ast.expr, tuple[ast.Call, ...]]:
    binds: list[ast.Call] = []
    while isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _CHAINED:
        binds.append(node)
        node = node.func.value
    return node, tuple(reversed(binds))


def _arguments(call: ast.Call, method: str) -> tuple[ast.expr | None, ast.expr | None, tuple[ast.expr, ...]]:
    """Return the level, the event and the further positional arguments of a log call."""
    keywords = {keyword.arg: keyword.value for keyword in call.keywords}
    level = keywords.get("level") if method == "log" else None
    arguments = call.args
    if method == "log" and level is None and arguments:
        level, *arguments = arguments
    if isinstance(level, ast.Starred) or (arguments and isinstance(arguments[0], ast.Starred)):
        return None, None, ()
    if arguments:
        return level, arguments[0], tuple(arguments[1:])
    return level, keywords.get("event", keywords.get("msg")), ()


@cache
def _logger_names(names: tuple[str, ...]) -> Callable[[str], bool]:
    plain = frozenset(name for name in names if "*" not in name)
    patterns = [re.compile(translate(name), re.IGNORECASE) for name in names if "*" in name]
    return cache(lambda name: name in plain or any(pattern.match(name) for pattern in patterns))
