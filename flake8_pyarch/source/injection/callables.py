"""What a function of this file gives back: a generator or not, something that can be called or not."""

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from flake8_pyarch.patterns import lazy_pattern
from flake8_pyarch.source.annotations import alternatives
from flake8_pyarch.source.classes import Function
from flake8_pyarch.source.injection.collaborators import collaborator_built_by, releasable_opened_by
from flake8_pyarch.source.injection.depends import is_caching
from flake8_pyarch.source.syntax import last_name, own_nodes, without_subscript

if TYPE_CHECKING:
    from flake8_pyarch.source.module import Module

__all__ = [
    "evidently_returns_callable",
    "evidently_returns_no_callable",
    "is_annotated_with_no_callable",
    "is_generator",
]

_CALLABLES = lazy_pattern(
    r"(?:typing|typing_extensions|collections\.abc|types|functools)\."
    r"(?:Any|Callable|Type|TypeVar|Protocol|Self|FunctionType|MethodType|partial)"
    r"|builtins\.(?:object|type|super)|fastapi\.security\..*"
)
_PLAIN = (
    *("abc.", "builtins.", "collections.", "contextlib.", "dataclasses.", "datetime.", "enum.", "pydantic.BaseModel"),
    *("typing.", "uuid."),
)
"""Beginnings of the names of classes without `__call__`, `_CALLABLES` excepted."""

_TRANSPARENT_DECORATORS = frozenset(
    {"asynccontextmanager", "classmethod", "contextmanager", "inject", "overload", "override", "staticmethod"}
)
_NAMED_LIKE_CALLABLE = lazy_pattern(
    r".*(?:Auth|Bearer|Callable|Callback|Checker|Dependency|Depends|Factory|Func|Function|Getter|Guard|Handler|Limiter"
    r"|Partial|Permission|Permissions|Protocol|Provider|Required|Resolver|Scheme|Security|Validator|Verifier)"
)
_PLAIN_VALUES = (
    *(ast.Constant, ast.JoinedStr, ast.Compare, ast.List, ast.Tuple, ast.Set, ast.Dict),
    *(ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp),
)
_PLAIN_BUILTINS = frozenset(
    f"builtins.{name}" for name in "bool bytes dict float frozenset int iter len list set sorted str sum tuple".split()
)


def _yields_of(function: Function) -> Iterator[ast.Yield | ast.YieldFrom]:
    """Yield the `yield` expressions that make a function a generator."""
    return (node for node in own_nodes(function.body) if isinstance(node, (ast.Yield, ast.YieldFrom)))


def is_generator(function: Function) -> bool:
    """Tell whether calling a function gives a generator, asynchronous or not."""
    return any(True for _ in _yields_of(function))


def evidently_returns_no_callable(function: Function, module: "Module") -> bool:
    """Tell whether what a call of the function gives certainly cannot be called in turn."""
    if _is_changed_by_decorator(function):
        return False
    if isinstance(function, ast.AsyncFunctionDef) or is_generator(function):
        return True
    if function.returns is not None:
        return _is_no_callable_type(function.returns, module, unless_seen=True)
    returned = [node.value for node in own_nodes(function.body) if isinstance(node, ast.Return)]
    return all(_is_no_callable(value, module) for value in returned)


def evidently_returns_callable(function: Function, module: "Module") -> bool:
    """Tell whether a function makes another one: it returns a function of its own, a lambda or a `partial`.

    An annotation that names a callable type, a `Callable` or a class such as `RoleChecker`, says so too.
    """
    if isinstance(function, ast.AsyncFunctionDef) or is_generator(function):
        return False
    returned = [node.value for node in own_nodes(function.body) if isinstance(node, ast.Return) and node.value]
    if any(_is_callable(value, module) for value in returned):
        return True
    annotation = function.returns
    return annotation is not None and not _is_no_callable_type(annotation, module, unless_seen=False)


def _is_callable(value: ast.expr, module: "Module") -> bool:
    match value:
        case ast.Lambda():
            return True
        case ast.Name():
            return module.function_named(value) is not None
        case ast.Call():
            return module.resolve(value.func) in {"functools.partial", "functools.wraps"}
    return False


def is_annotated_with_no_callable(function: Function, module: "Module") -> bool:
    """Tell whether the return annotation names no callable type, an unknown class taken for a plain one."""
    if function.returns is None or _is_changed_by_decorator(function):
        return False
    return _is_no_callable_type(function.returns, module, unless_seen=False)


def _is_changed_by_decorator(function: Function) -> bool:
    """Tell whether a decorator may make of a function something with another signature."""
    names = {last_name(decorator) for decorator in function.decorator_list}
    return not is_caching(function) and not names <= _TRANSPARENT_DECORATORS


def _is_no_callable_type(annotation: ast.expr, module: "Module", *, unless_seen: bool) -> bool:
    """Tell whether no alternative of a type can be called; `unless_seen`: a class that is not seen here may be."""
    for each in alternatives(annotation):
        kind = without_subscript(each)
        match kind:
            case ast.Constant(value=None):
                continue
            case ast.Name() | ast.Attribute():
                if not _is_plain_class(kind, module, unless_seen=unless_seen):
                    return False
            case _:
                return False
    return True


def _is_plain_class(node: ast.Name | ast.Attribute, module: "Module", *, unless_seen: bool) -> bool:
    model = module.class_named(node)
    if model is not None:
        return not any("__call__" in each.methods for each in model.lineage) and (
            not unless_seen or all(name is not None and name.startswith(_PLAIN) for _, name in model.foreign_bases)
        )
    qualified = module.resolve(node)
    if qualified is None or _CALLABLES().fullmatch(qualified):
        return False
    if qualified.startswith(_PLAIN):
        return True
    name = last_name(node)
    if _NAMED_LIKE_CALLABLE().fullmatch(name):
        return False
    return not unless_seen or name.endswith(("Session", "Repository", "Service", "Client", "Engine", "UnitOfWork"))


def _is_no_callable(value: ast.expr | None, module: "Module") -> bool:
    if isinstance(value, ast.Name):
        values = module.assigned_values(value)
        return bool(values) and len(values) == len(module.bindings(value)) and all(_is_plain(v, module) for v in values)
    return _is_plain(value, module)


def _is_plain(value: ast.expr | None, module: "Module") -> bool:
    if value is None or isinstance(value, _PLAIN_VALUES):
        return True
    if not isinstance(value, ast.Call):
        return False
    if module.resolve(value.func) in _PLAIN_BUILTINS or releasable_opened_by(value, module) is not None:
        return True
    model = module.class_named(value.func)
    if model is not None:
        return _is_plain_class(value.func, module, unless_seen=True)  # type: ignore[arg-type]  # a class has a name
    name = collaborator_built_by(value, module)
    return name is not None and not name.endswith("UseCase")
