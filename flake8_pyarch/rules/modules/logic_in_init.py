"""PYA206."""

import ast
from collections.abc import Iterable, Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import Module
from flake8_pyarch.source.imports import means_type_checking
from flake8_pyarch.source.logging.log_calls import is_logger_factory
from flake8_pyarch.source.naming import is_dunder
from flake8_pyarch.source.packages import is_alone_in_package
from flake8_pyarch.source.syntax import FUNCTIONS, dotted_name, unpacked, walk

__all__ = ["LogicInInit"]

_LAZY_EXPORTS = frozenset({"__getattr__", "__dir__"})
_IMPORT_ERRORS = frozenset({"ImportError", "ModuleNotFoundError", "PackageNotFoundError", "Exception", "BaseException"})
_ENVIRONMENT = frozenset({"sys.version_info", "sys.platform", "os.name", "importlib.util.find_spec"})
"""What a condition may ask: which Python runs, and which distributions are installed."""

_DOES_SOMETHING = (
    *(ast.Call, ast.Lambda, ast.NamedExpr, ast.Await, ast.Yield, ast.YieldFrom),
    *(ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp),
)
_CONTAINERS = frozenset(f"builtins.{name}" for name in ("frozenset", "set", "dict", "list", "tuple"))
_ROUTER_METHODS = frozenset({"include_router", "include_routers"})
_ALL_METHODS = frozenset({"extend", "append", "remove", "sort", "insert"})
_KINDS = {
    ast.For: "a loop",
    ast.AsyncFor: "a loop",
    ast.While: "a loop",
    ast.If: "a condition",
    ast.Match: "a condition",
    ast.Try: "a 'try'",
    ast.TryStar: "a 'try'",
    ast.With: "a 'with' block",
    ast.AsyncWith: "a 'with' block",
    ast.Expr: "a call",
    ast.Assert: "an assertion",
}


class LogicInInit(Rule):
    """An `__init__.py` does more than to make the package's names available.

    ## Why is this bad?
    An `__init__.py` runs whenever anything in its package is imported, before the module that was asked for, and in
    tests too. Code that opens, configures or computes something there happens to people who never asked for it, and is
    the usual way into an import cycle. Classes and functions in it have no module of their own, so nobody looks for
    them there. Put them into a module with a name, and import them.

    Fine are imports, `__all__` and other dunder names, aliases and constants, `__getattr__` and `__dir__`, a logger and
    its `NullHandler`, `warnings.warn`, a router that is assembled from the modules of the package, `try`/`except
    ImportError` round all this, and conditions on `TYPE_CHECKING`, `sys.version_info`, `sys.platform` and `find_spec`.

    ## Example
    ```python path=shop/config/__init__.py
    from shop.config.settings import Settings


    def load_settings() -> Settings:
        return Settings()
    ```
    ```python path=shop/config/settings.py
    class Settings:
        pass
    ```

    ## Use instead
    ```python path=shop/config/__init__.py
    from shop.config.settings import Settings, load_settings

    __all__ = ["Settings", "load_settings"]
    ```
    ```python path=shop/config/settings.py
    class Settings:
        pass


    def load_settings() -> Settings:
        return Settings()
    ```

    ## Known problems
    Only the first such statement of a file is reported. A package that consists of its `__init__.py` alone is left
    alone. A name in upper case is taken for a constant whatever it is assigned. Ruff's `RUF067` reports every statement
    at the top level but imports, docstrings and `__all__`, so also what is said to be fine above; it does not look into
    an `if TYPE_CHECKING`.
    """

    code = "PYA206"
    message = (
        "'__init__.py' of package '{package}' holds {what}: move it to a module of its own and import it from there"
    )
    twins = ("RUF067",)

    def visit_Module(self, node: ast.Module, module: Module) -> Iterator[Finding]:
        if not module.location.is_package or is_alone_in_package(module):
            return
        pending = list(reversed(node.body))
        while pending:
            statement = pending.pop()
            inner = _statements_to_check(statement, module)
            if inner is None:
                where: ast.AST | tuple[int, int, int] = statement
                if isinstance(statement, (*FUNCTIONS, ast.ClassDef)):
                    line, _, end = module.name_span(statement)
                    where = (line, statement.col_offset, end)
                twin = "RUF067" if module.syntax.parents[statement] is node else None
                yield self.finding(where, twin=twin, package=module.name, what=_described(statement))
                return
            pending += reversed(list(inner))


def _described(statement: ast.stmt) -> str:
    match statement:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
            return f"function '{name}'"
        case ast.ClassDef(name=name):
            return f"class '{name}'"
    return _KINDS.get(type(statement), "an assignment that computes something")


def _statements_to_check(statement: ast.stmt, module: Module) -> Iterable[ast.stmt] | None:
    """Return what has to be looked at inside a statement, None where the statement itself is too much."""
    match statement:
        case ast.Import() | ast.ImportFrom() | ast.Pass() | ast.Delete() | ast.Raise() | ast.Global():
            return ()
        case ast.Expr(value=value):
            return () if not isinstance(value, ast.Call) or _is_harmless_call(value, module) else None
        case ast.Assign(targets=targets, value=value):
            return () if _are_harmless(targets, value, module) else None
        case ast.AnnAssign(target=target, value=annotated):
            return () if annotated is None or _are_harmless([target], annotated, module) else None
        case ast.AugAssign(target=target):
            return () if isinstance(target, ast.Name) and is_dunder(target.id) else None
        case ast.FunctionDef(name=name):
            return () if name in _LAZY_EXPORTS else None
        case ast.If(test=test):
            return _branches_to_check(statement, test, module)
        case ast.Try():
            if not all(_catches_import_error(handler) for handler in statement.handlers):
                return None
            handled = [inner for handler in statement.handlers for inner in handler.body]
            return [*statement.body, *handled, *statement.orelse, *statement.finalbody]
        case ast.With(items=[ast.withitem(context_expr=ast.Call(func=function))]):
            return statement.body if module.resolve(function) == "contextlib.suppress" else None
    return () if type(statement).__name__ == "TypeAlias" else None


def _branches_to_check(statement: ast.If, test: ast.expr, module: Module) -> Iterable[ast.stmt] | None:
    if means_type_checking(module, test):
        return statement.orelse
    if isinstance(test, ast.UnaryOp) and means_type_checking(module, test.operand):
        return statement.body
    names = (node for node in walk(test) if isinstance(node, (ast.Name, ast.Attribute)))
    if any(module.resolve(name) in _ENVIRONMENT for name in names):
        return [*statement.body, *statement.orelse]
    return None


def _catches_import_error(handler: ast.ExceptHandler) -> bool:
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    names = {(dotted_name(kind) or "").rpartition(".")[2] for kind in kinds if kind is not None}
    return handler.type is None or not names.isdisjoint(_IMPORT_ERRORS)


def _is_harmless_call(call: ast.Call, module: Module) -> bool:
    match call.func:
        case ast.Attribute(value=ast.Name(id="__all__"), attr=method):
            return method in _ALL_METHODS
        case ast.Attribute(attr="addHandler"):
            return any(isinstance(each, ast.Call) and _is_null_handler(each, module) for each in call.args)
        case ast.Attribute(attr=method) if method in _ROUTER_METHODS:
            return True
    return module.resolve(call.func) == "warnings.warn"


def _is_null_handler(call: ast.Call, module: Module) -> bool:
    return (module.resolve(call.func) or "").endswith(".NullHandler")


def _are_harmless(targets: Iterable[ast.expr], value: ast.expr, module: Module) -> bool:
    places = [place for target in targets for place, _ in unpacked(target, value)]
    if all(_is_dunder_or_constant(place) for place in places):
        return True
    return all(isinstance(place, ast.Name) for place in places) and _is_plain_value(value, module)


def _is_dunder_or_constant(place: ast.expr) -> bool:
    match place:
        case ast.Name(id=name):
            return is_dunder(name) or name == name.upper()
        case ast.Attribute(attr=name):
            return is_dunder(name)
    return False


def _is_plain_value(value: ast.expr, module: Module) -> bool:
    """Tell whether a value is a constant or an alias, a type, a logger, or a router."""
    if isinstance(value, ast.Call):
        name = module.resolve(value.func) or dotted_name(value.func) or ""
        package, _, last = name.rpartition(".")
        is_known = name in _CONTAINERS or package in {"typing", "typing_extensions"} or last.endswith("Router")
        return is_known or is_logger_factory(value, module)
    if isinstance(value, ast.Subscript):
        value = value.value
    return not any(isinstance(node, _DOES_SOMETHING) for node in walk(value))
