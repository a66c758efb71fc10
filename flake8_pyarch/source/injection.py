"""Dependency injection: `Depends(…)`, the providers it names, and the route handlers that receive."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flake8_pyarch.source.classes import Function
from flake8_pyarch.source.syntax import FUNCTIONS, literal_string

if TYPE_CHECKING:
    from flake8_pyarch.source.module import Module

__all__ = ["DependsCall", "Provider", "RouteHandler", "read_depends_calls", "read_providers", "read_route_handlers"]

_ROUTE_METHODS = frozenset(
    {"get", "post", "put", "patch", "delete", "head", "options", "trace", "websocket", "api_route", "route"}
)
_ROUTERS = frozenset(
    {"fastapi.APIRouter", "fastapi.FastAPI", "fastapi.routing.APIRouter", "fastapi.applications.FastAPI"}
)


@dataclass(frozen=True, slots=True, eq=False)
class DependsCall:
    """A call of `Depends`, `Security` or another of the `depends-functions`.

    Arguments:
        call: the call.
        provider: the expression it names, None for `Depends()`.
        parameter: the parameter it fills, by default value or by `Annotated`, or None (`dependencies=[…]`, an alias).
        function: the function that has the parameter, or None.
        is_default: whether it stands as the parameter's default.

    """

    call: ast.Call
    provider: ast.expr | None
    parameter: ast.arg | None
    function: Function | None
    is_default: bool


@dataclass(frozen=True, slots=True, eq=False)
class Provider:
    """A function of this file that FastAPI calls to fill a parameter.

    Arguments:
        function: the function.
        is_injected: whether a `Depends` of this file names it; otherwise its name, in a composition module, says so.

    """

    function: Function
    is_injected: bool


@dataclass(frozen=True, slots=True, eq=False)
class RouteHandler:
    """A function that answers requests.

    Arguments:
        function: the function.
        routes: the decorators that route requests to it.

    """

    function: Function
    routes: tuple[ast.Call, ...]

    @property
    def paths(self) -> list[str]:
        """The literal paths of its routes."""
        texts = []
        for route in self.routes:
            path = route.args[0] if route.args else None
            texts.append(literal_string(next((k.value for k in route.keywords if k.arg == "path"), path)))
        return [text for text in texts if text is not None]


def read_depends_calls(module: "Module") -> Iterator[DependsCall]:
    """Yield the calls of `Depends` and its like, in the order of the text."""
    qualified = frozenset(module.settings.depends_functions)
    last_names = {name.rpartition(".")[2] for name in qualified}
    aliases = {entry.bound for entry in module.static_imports if entry.qualified_name in qualified}
    for call in module.syntax.of(ast.Call):
        match call.func:
            case ast.Name(id=name) if name in aliases:
                pass
            case ast.Attribute(attr=name) if name in last_names:
                pass
            case _:
                continue
        if module.resolve(call.func) in qualified:
            given = call.args[0] if call.args else None
            provider = next((keyword.value for keyword in call.keywords if keyword.arg == "dependency"), given)
            yield DependsCall(call, provider, *_parameter_of(call, module))


def _parameter_of(call: ast.Call, module: "Module") -> tuple[ast.arg | None, Function | None, bool]:
    annotation: ast.AST | None = None
    for child, parent in module.ancestry(call):
        match parent:
            case ast.arg():
                annotation = parent
            case ast.arguments():
                owner = module.syntax.parents.get(parent)
                function = owner if isinstance(owner, FUNCTIONS) else None
                if isinstance(annotation, ast.arg):
                    return annotation, function, False
                return (_defaulted(parent, child), function, True) if child is call else (None, None, False)
            case ast.Subscript() | ast.Tuple() | ast.BinOp():
                continue
            case _ if annotation is None:
                break
    return None, None, False


def _defaulted(arguments: ast.arguments, default: ast.AST) -> ast.arg | None:
    """Return the parameter that a default belongs to."""
    positional = [*arguments.posonlyargs, *arguments.args]
    pairs = [
        *zip(positional[len(positional) - len(arguments.defaults) :], arguments.defaults, strict=True),
        *zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True),
    ]
    return next((parameter for parameter, value in pairs if value is default), None)


def read_providers(module: "Module") -> Iterator[Provider]:
    """Yield the provider functions of a file, in the order of the text."""
    named = {
        function
        for entry in module.depends_calls
        if entry.provider is not None and (function := module.function_named(entry.provider)) is not None
    }
    prefixes = module.settings.provider_prefixes
    for function in module.functions:
        if function in named:
            yield Provider(function, is_injected=True)
        elif (
            module.is_composition
            and function.name.startswith(prefixes)
            and isinstance(module.syntax.parents[function], ast.Module)
        ):
            yield Provider(function, is_injected=False)


def read_route_handlers(module: "Module") -> Iterator[RouteHandler]:
    """Yield the route handlers of a file."""
    for function in module.functions:
        routes = tuple(
            decorator
            for decorator in function.decorator_list
            if isinstance(decorator, ast.Call) and _is_route(decorator.func, module)
        )
        if routes:
            yield RouteHandler(function, routes)


def _is_route(function: ast.expr, module: "Module") -> bool:
    if not isinstance(function, ast.Attribute) or function.attr not in _ROUTE_METHODS:
        return False
    router = function.value
    match router:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            if name.endswith(("router", "app")):
                return True
    return any(
        isinstance(value, ast.Call) and module.resolve(value.func) in _ROUTERS
        for value in module.assigned_values(router)
    )
