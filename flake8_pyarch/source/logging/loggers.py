"""Loggers: the calls that make or fetch one, and what becomes of it."""

import ast
from collections.abc import Iterable, Iterator
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from flake8_pyarch.source.classes import Function
from flake8_pyarch.source.syntax import own_nodes

if TYPE_CHECKING:
    from flake8_pyarch.source.module import Module

__all__ = [
    "BINDING_METHODS",
    "LOGGER_FACTORIES",
    "LOGGER_SETTINGS",
    "LOG_METHODS",
    "Fate",
    "GetLogger",
    "Library",
    "fate_of",
    "read_get_logger_calls",
]


class Library(Enum):
    """A logging library."""

    STRUCTLOG = auto()
    LOGGING = auto()
    LOGURU = auto()


LOGGER_FACTORIES = {
    "structlog.get_logger": Library.STRUCTLOG,
    "structlog.getLogger": Library.STRUCTLOG,
    "structlog.stdlib.get_logger": Library.STRUCTLOG,
    "logging.getLogger": Library.LOGGING,
}

_LEVELS = ("debug", "info", "warning", "warn", "error", "critical", "fatal", "exception", "msg", "log")
LOG_METHODS = {name: name for name in _LEVELS} | {f"a{name}": name for name in _LEVELS}
"""The names of the log methods, structlog's async forms included → the name without the `a` of the async form."""

BINDING_METHODS = frozenset({"bind", "new", "unbind", "try_unbind"})
LOGGER_SETTINGS = frozenset(
    {"addFilter", "addHandler", "disabled", "filters", "handlers", "level", "parent", "propagate", "removeFilter"}
    | {"removeHandler", "setLevel"}
)
"""What code uses of a logger that it configures rather than logs with."""

_CONTAINERS = (ast.Tuple, ast.List, ast.Set, ast.Starred, ast.IfExp, ast.BoolOp, ast.comprehension)


class GetLogger(NamedTuple):
    """A call that makes or fetches a logger: `logging.getLogger(…)`, `structlog.get_logger(…)`.

    Arguments:
        call: the call.
        factory: the qualified name of what is called.

    """

    call: ast.Call
    factory: str

    @property
    def library(self) -> Library:
        """The library the logger is of."""
        return LOGGER_FACTORIES[self.factory]


class Fate(NamedTuple):
    """What a piece of code does with a logger it fetches.

    Arguments:
        attributes: what it uses of the logger: `info`, `setLevel`, `handlers`.
        is_named: whether it uses them through a local name.
        is_handed_out: whether it returns or yields the logger, or keeps it in a global name.

    """

    attributes: frozenset[str] = frozenset()
    is_named: bool = False
    is_handed_out: bool = False


def read_get_logger_calls(module: "Module") -> Iterator[GetLogger]:
    """Yield the calls that make or fetch a logger."""
    last_names = {name.rpartition(".")[2] for name in LOGGER_FACTORIES}
    aliases = {entry.bound for entry in module.static_imports if entry.qualified_name in LOGGER_FACTORIES}
    for call in module.syntax.of(ast.Call):
        match call.func:
            case ast.Name(id=name) if name in aliases or name in last_names:
                pass
            case ast.Attribute(attr=name) if name in last_names:
                pass
            case _:
                continue
        factory = module.resolve(call.func)
        if factory in LOGGER_FACTORIES:
            yield GetLogger(call, factory)


def fate_of(call: ast.Call, module: "Module") -> Fate:
    """Return what becomes of the logger that a call fetches, as far as its own scope tells."""
    for child, parent in module.ancestry(call):
        match parent:
            case ast.Return() | ast.Yield() | ast.Lambda():
                return Fate(is_handed_out=True)
            case ast.Call() | ast.keyword():
                if not isinstance(module.statement_of(parent), ast.Return):
                    break
            case ast.Attribute(attr=name):
                return Fate(frozenset({name}))
            case ast.Assign(targets=targets):
                return _fate_of_names(targets, parent, module)
            case ast.AnnAssign(target=target) | ast.NamedExpr(target=target):
                return _fate_of_names([target], parent, module)
            case ast.For(target=target) | ast.AsyncFor(target=target) if child is parent.iter:
                return _fate_of_names([target], parent, module)
            case _ if not isinstance(parent, _CONTAINERS):
                break
    return Fate()


def _fate_of_names(targets: Iterable[ast.expr], place: ast.AST, module: "Module") -> Fate:
    names = {target.id for target in targets if isinstance(target, ast.Name)}
    uses = module.once(_uses_of_names, module.enclosing_function(place))
    attributes = {attribute for name in names for attribute in uses.get(name, ()) if attribute is not None}
    is_handed_out = any(None in uses.get(name, ()) for name in names)
    return Fate(frozenset(attributes), is_named=True, is_handed_out=is_handed_out)


def _uses_of_names(module: "Module", function: Function | None) -> dict[str, set[str | None]]:
    """Return the names in a function, or at module level: the attributes used of each, None where it is handed out."""
    uses: dict[str, set[str | None]] = {}
    for node in own_nodes((function or module.tree).body):
        match node:
            case ast.Attribute(value=ast.Name(id=name), attr=attribute):
                uses.setdefault(name, set()).add(attribute)
            case ast.Return(value=ast.Name(id=name)) | ast.Yield(value=ast.Name(id=name)):
                uses.setdefault(name, set()).add(None)
            case ast.Global(names=declared):
                for name in declared:
                    uses.setdefault(name, set()).add(None)
    return uses
