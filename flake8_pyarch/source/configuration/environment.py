"""The environment: where a file reads or changes the variables of its process, and what becomes of them."""

import ast
from collections.abc import Iterator
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from flake8_pyarch.source.module import Module

__all__ = ["Access", "EnvironmentUse", "is_environment_of_process", "read_environment_uses"]

_MAPPINGS = frozenset({"os.environ", "os.environb"})
_READERS = frozenset({"os.getenv", "os.getenvb", "decouple.config"})
_WRITERS = frozenset({"os.putenv", "os.unsetenv"})
_OBJECTS = frozenset({"environs.Env"})
_NAMES = _MAPPINGS | _READERS | _WRITERS | _OBJECTS
_CHANGES = frozenset({"setdefault", "update", "pop", "popitem", "clear", "__setitem__", "__delitem__"})
_LOOKUPS = frozenset({"get", "__getitem__"})
_PROCESS_PACKAGES = frozenset({"subprocess", "pexpect", "plumbum", "pty", "sh"})
_PROCESS_FUNCTIONS = ("exec", "spawn", "posix_spawn", "popen", "Popen", "run", "check_call", "check_output", "call")
_COPIERS = frozenset({"dict", "copy", "deepcopy"})
_ENVIRONMENT_KEYWORDS = frozenset({"env", "environ", "environment"})


class Access(Enum):
    """What is done with the environment."""

    READ = auto()
    """The value of a variable is taken."""

    TEST = auto()
    """It is asked whether there is a variable."""

    CHANGE = auto()
    """A variable is set or removed."""

    WHOLE = auto()
    """All of it is passed on or copied."""


class EnvironmentUse(NamedTuple):
    """A place where the environment is read or changed.

    Arguments:
        node: what stands for the environment or reads it: `os.environ`, `os.getenv`.
        name: its qualified name.
        access: what is done with it.
        expression: all that does so: `os.environ["X"]`, `os.getenv("X")`.

    """

    node: ast.expr
    name: str
    access: Access
    expression: ast.expr


def read_environment_uses(module: "Module") -> Iterator[EnvironmentUse]:
    """Yield the places where the environment is read or changed, attributes first."""
    names = [name for name in _NAMES if name.partition(".")[0] in module.imported_packages]
    if not names:
        return
    attributes = {name.rpartition(".")[2] for name in names}
    for attribute in module.syntax.of(ast.Attribute):
        if attribute.attr in attributes:
            yield from _uses(attribute, module)
    bound = {entry.bound for entry in module.static_imports if entry.qualified_name in _NAMES}
    if bound:
        for name in module.syntax.of(ast.Name):
            if name.id in bound and isinstance(name.ctx, ast.Load):
                yield from _uses(name, module)


def _uses(node: ast.Name | ast.Attribute, module: "Module") -> Iterator[EnvironmentUse]:
    name = module.resolve(node)
    if name not in _NAMES:
        return
    parent = module.syntax.parents.get(node)
    call = parent if isinstance(parent, ast.Call) and parent.func is node else None
    if name in _MAPPINGS:
        yield EnvironmentUse(node, name, *_access(node, module))
    elif name in _WRITERS:
        yield EnvironmentUse(node, name, Access.CHANGE, call or node)
    elif call is not None or name in {"os.getenv", "os.getenvb"}:
        yield EnvironmentUse(node, name, Access.READ, call or node)


def _access(node: ast.expr, module: "Module") -> tuple[Access, ast.expr]:
    """Return what is done with `os.environ`, and the expression that does it."""
    parent = module.syntax.parents.get(node)
    match parent:
        case ast.Subscript(value=value) if value is node:
            return (Access.READ if isinstance(parent.ctx, ast.Load) else Access.CHANGE), parent
        case ast.Compare(ops=[ast.In() | ast.NotIn()], comparators=[right]) if right is node:
            return Access.TEST, parent
        case ast.Attribute(attr=method):
            call = module.syntax.parents.get(parent)
            whole = call if isinstance(call, ast.Call) and call.func is parent else parent
            if method in _LOOKUPS:
                return Access.READ, whole
            return (Access.CHANGE if method in _CHANGES else Access.WHOLE), whole
    return Access.WHOLE, node


def is_environment_of_process(use: EnvironmentUse, module: "Module") -> bool:
    """Tell whether a use passes the environment, as it is or with additions, to another process.

    That is an argument `env=…`, an argument of a function that starts processes, or a copy in a file that imports a
    library for processes.
    """
    if use.access is not Access.WHOLE:
        return False
    called = use.expression.func if isinstance(use.expression, ast.Call) else None
    is_copy = isinstance(called, ast.Attribute) and called.attr == "copy"
    for _, parent in module.ancestry(use.expression):
        match parent:
            case ast.keyword(arg=str() as name) if name in _ENVIRONMENT_KEYWORDS:
                return True
            case ast.keyword() | ast.Dict() | ast.BinOp() | ast.comprehension() | ast.DictComp():
                is_copy = True
            case ast.IfExp() | ast.BoolOp():
                pass
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in _COPIERS:
                is_copy = True
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
                return name.startswith(_PROCESS_FUNCTIONS)
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)) if _is_passed_on(
                name, module
            ):
                return True
            case _:
                return is_copy and not _PROCESS_PACKAGES.isdisjoint(module.imported_packages)
    return False


def _is_passed_on(name: str, module: "Module") -> bool:
    return any(
        keyword.arg in _ENVIRONMENT_KEYWORDS and isinstance(keyword.value, ast.Name) and keyword.value.id == name
        for keyword in module.syntax.of(ast.keyword)
    )
