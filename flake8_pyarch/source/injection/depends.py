"""Dependency injection: `Depends(…)`, the providers it names, and the route handlers that receive."""

import ast
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from flake8_pyarch.patterns import lazy_pattern
from flake8_pyarch.source.classes import Function
from flake8_pyarch.source.syntax import FUNCTIONS, defaults_of, last_name, literal_string, without_call

if TYPE_CHECKING:
    from flake8_pyarch.source.module import Module

__all__ = [
    "DependsCall",
    "Provider",
    "RouteHandler",
    "is_caching",
    "keeps_results",
    "read_depends_calls",
    "read_providers",
    "read_route_handlers",
]

_ROUTE_METHODS = frozenset(
    {"get", "post", "put", "patch", "delete", "head", "options", "trace", "websocket", "api_route", "route"}
)
_ROUTERS = frozenset(
    {"fastapi.APIRouter", "fastapi.FastAPI", "fastapi.routing.APIRouter", "fastapi.applications.FastAPI"}
)
_OTHER_FRAMEWORKS = frozenset({"aiohttp", "bottle", "click", "flask", "quart", "sanic", "typer"})
"""Packages whose `app` has decorators of the same names and knows no `Depends`."""

_PATH_PARAMETER = lazy_pattern(r"\{(\w+)(?::\w+)?\}")
_KEEPING = lazy_pattern(r"cache|singleton|resource|lru", re.IGNORECASE)
_PROVIDER_DECORATOR = lazy_pattern(r"cache|singleton|lru|inject|contextmanager|overload", re.IGNORECASE)


class DependsCall(NamedTuple):
    """A call of `Depends`, `Security` or another of the `depends-functions`.

    Arguments:
        call: the call.
        provider: the expression it names, None for `Depends()`.
        parameter: the parameter it fills, by default value or by `Annotated`, or None (`dependencies=[…]`, an alias).
        function: the function that has the parameter, or None (a lambda's parameter).
        is_default: whether it stands as the parameter's default.

    """

    call: ast.Call
    provider: ast.expr | None
    parameter: ast.arg | None
    function: Function | None
    is_default: bool


class Provider(NamedTuple):
    """A function of this file that FastAPI calls to fill a parameter.

    Arguments:
        function: the function.
        is_injected: whether a `Depends` of this file names it; otherwise its name, in a composition module, says so.

    """

    function: Function
    is_injected: bool


class RouteHandler(NamedTuple):
    """A function that answers requests.

    Arguments:
        function: the function.
        routes: the decorators that route requests to it.
        path_parameters: the names in braces in the literal paths of its routes, and in a router's literal prefix
            where the router is made in this file.

    """

    function: Function
    routes: tuple[ast.Call, ...]
    path_parameters: frozenset[str]


def read_depends_calls(module: "Module") -> Iterator[DependsCall]:
    """Yield the calls of `Depends` and its like, in the order of the text."""
    qualified = frozenset(module.settings.depends_functions)
    if module.imported_packages.isdisjoint(name.partition(".")[0] for name in qualified):
        return
    names = _names_of(qualified, module)
    last_names = {name.rpartition(".")[2] for name in qualified}
    for call in module.syntax.of(ast.Call):
        match call.func:
            case ast.Name(id=name) if name in names:
                pass
            case ast.Attribute(attr=name) if name in last_names:
                pass
            case _:
                continue
        if module.resolve(call.func) in qualified:
            given = call.args[0] if call.args and not isinstance(call.args[0], ast.Starred) else None
            provider = next((keyword.value for keyword in call.keywords if keyword.arg == "dependency"), given)
            yield DependsCall(call, provider, *_parameter_of(call, module))


def _names_of(qualified: frozenset[str], module: "Module") -> set[str]:
    """Return the names that may stand for one of the functions: imported, or assigned from such a name."""
    names = {entry.bound for entry in module.static_imports if entry.bound and entry.qualified_name in qualified}
    last_names = {name.rpartition(".")[2] for name in qualified}
    for statement in module.syntax.of(ast.Assign):
        match statement.value:
            case ast.Name(id=name) if name in names:
                pass
            case ast.Attribute(attr=name) if name in last_names:
                pass
            case _:
                continue
        names.update(target.id for target in statement.targets if isinstance(target, ast.Name))
    return names


def _parameter_of(call: ast.Call, module: "Module") -> tuple[ast.arg | None, Function | None, bool]:
    annotated: ast.arg | None = None
    for child, parent in module.ancestry(call):
        match parent:
            case ast.arg():
                annotated = parent
            case ast.arguments():
                owner = module.syntax.parents.get(parent)
                function = owner if isinstance(owner, FUNCTIONS) else None
                if annotated is not None:
                    return annotated, function, False
                return (_defaulted(parent, child), function, True) if child is call else (None, None, False)
            case ast.Subscript() | ast.Tuple() | ast.BinOp():
                continue
            case _:
                break
    return None, None, False


def _defaulted(arguments: ast.arguments, default: ast.AST) -> ast.arg | None:
    """Return the parameter that a default belongs to."""
    return next((parameter for parameter, value in defaults_of(arguments) if value is default), None)


def read_providers(module: "Module") -> Iterator[Provider]:
    """Yield the provider functions of a file, in the order of the text."""
    named = {
        function
        for entry in module.depends_calls
        if entry.provider is not None
        for function in _functions_named(entry.provider, module)
    }
    prefixes = module.settings.provider_prefixes
    handlers = {handler.function for handler in module.route_handlers}
    for function in module.functions:
        if function in named:
            yield Provider(function, is_injected=True)
        elif (
            module.is_composition
            and function.name.startswith(prefixes)
            and function not in handlers
            and not any(True for _ in _definitions_round(function, module))
            and all(_PROVIDER_DECORATOR().search(_last_name(decorator)) for decorator in function.decorator_list)
        ):
            yield Provider(function, is_injected=False)


def _definitions_round(function: Function, module: "Module") -> Iterator[ast.AST]:
    return (parent for _, parent in module.ancestry(function) if isinstance(parent, (*FUNCTIONS, ast.ClassDef)))


def _functions_named(provider: ast.expr, module: "Module") -> Iterator[Function]:
    """Yield the functions of this file that the argument of `Depends` stands for, `partial(f, …)` seen through."""
    match provider:
        case ast.Call(args=[ast.expr() as wrapped, *_]) if _last_name(provider.func) == "partial":
            yield from _functions_named(wrapped, module) if not isinstance(wrapped, ast.Call) else ()
        case ast.Name():
            yield from (each for each in module.bindings(provider) if isinstance(each, FUNCTIONS))
        case ast.Attribute():
            owner = module.class_of_self(provider) or module.class_named(provider.value)
            models = owner.lineage if owner is not None else []
            method = next((model.methods[provider.attr] for model in models if provider.attr in model.methods), None)
            if method is not None:
                yield method


def is_caching(function: Function) -> bool:
    """Tell whether a decorator keeps what a function returned: `lru_cache`, `cache`, `singleton` and the like."""
    return any(map(keeps_results, function.decorator_list))


def keeps_results(wrapper: ast.expr) -> bool:
    """Tell whether what wraps a function keeps what that returned: `lru_cache`, a container's `Singleton`."""
    return _KEEPING().search(_last_name(wrapper)) is not None


def _last_name(node: ast.expr) -> str:
    """Return the last segment of a name, of an attribute chain, or of what is called; empty for anything else."""
    return last_name(without_call(node))


def read_route_handlers(module: "Module") -> Iterator[RouteHandler]:
    """Yield the route handlers of a file."""
    for function in module.functions:
        routes = [
            decorator
            for decorator in function.decorator_list
            if isinstance(decorator, ast.Call) and _is_route(decorator.func, module)
        ]
        if routes:
            texts = [text for route in routes for text in (_path(route), _prefix(route, module)) if text]
            names = frozenset(name for text in texts for name in _PATH_PARAMETER().findall(text))
            yield RouteHandler(function, tuple(routes), names)


def _is_route(function: ast.expr, module: "Module") -> bool:
    if not isinstance(function, ast.Attribute) or function.attr not in _ROUTE_METHODS:
        return False
    made_by = {module.resolve(call.func) for call in _constructions(function.value, module)}
    if not made_by.isdisjoint(_ROUTERS):
        return True
    if any(name is not None and name.partition(".")[0] in _OTHER_FRAMEWORKS for name in made_by):
        return False
    return _last_name(function.value).endswith(("router", "app")) and not isinstance(function.value, ast.Call)


def _constructions(router: ast.expr, module: "Module") -> list[ast.Call]:
    return [value for value in module.assigned_values(router) if isinstance(value, ast.Call)]


def _path(route: ast.Call) -> str | None:
    first = route.args[0] if route.args else None
    return literal_string(next((keyword.value for keyword in route.keywords if keyword.arg == "path"), first))


def _prefix(route: ast.Call, module: "Module") -> str | None:
    router = route.func.value if isinstance(route.func, ast.Attribute) else route.func
    keywords = [keyword for made in _constructions(router, module) for keyword in made.keywords]
    return literal_string(next((keyword.value for keyword in keywords if keyword.arg == "prefix"), None))
