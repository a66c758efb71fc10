"""The parameters of endpoints and providers, which FastAPI has to fill."""

import ast
from collections.abc import Collection, Iterable, Iterator
from enum import Enum, auto

from mypy.nodes import (
    Argument,
    CallExpr,
    Context,
    Decorator,
    Expression,
    ExpressionStmt,
    FuncDef,
    MemberExpr,
    MypyFile,
    Node,
    RefExpr,
    SymbolNode,
    TypeInfo,
)
from mypy.types import ANNOTATED_TYPE_NAMES, CallableType, Instance, Type, UnboundType, get_proper_type

from flake8_pyarch.source.syntax import dotted_name, parameters_of
from mypy_pyarch.depends.calls import DependsFunctions
from mypy_pyarch.depends.fillable import is_plain, refused_classes
from mypy_pyarch.depends.injections import Injection, name_of
from mypy_pyarch.depends.providers import Provider, definition_behind
from mypy_pyarch.errors import DEPENDS_UNRESOLVABLE
from mypy_pyarch.internals import Build, Checker, formatted, module_of, modules_of
from mypy_pyarch.names import definition_of
from mypy_pyarch.sources import Source, Sources, parsed_annotation
from mypy_pyarch.statements import Statements

__all__ = ["ParameterCheck"]

_ROUTERS = ("fastapi.routing.APIRouter", "fastapi.applications.FastAPI")
_ADDING = ("add_api_route", "add_api_websocket_route")
_REGISTERING = ("api_route", *_ADDING)
_ROUTES = frozenset("get post put patch delete head options trace websocket api_route".split())


def _is_endpoint(decorated: Decorator, checker: Checker) -> bool:
    """Tell whether a function is called by FastAPI, with nothing in between: all its decorators declare routes."""
    return bool(decorated.decorators) and all(_is_route(decorator, checker) for decorator in decorated.decorators)


def _is_route(decorator: Expression, checker: Checker) -> bool:
    match decorator:
        case CallExpr(callee=MemberExpr(name=name, expr=router)) if name in _ROUTES:
            return _has_methods_of_fastapi(router, (name, *_REGISTERING), checker)
    return False


def _added_endpoint(statement: ExpressionStmt, checker: Checker) -> Expression | None:
    """Return what a statement adds as an endpoint: the second argument of `router.add_api_route(…)`."""
    match statement.expr:
        case CallExpr(callee=MemberExpr(name=name, expr=router)) as call if name in _ADDING:
            if _has_methods_of_fastapi(router, _ADDING, checker):
                named = dict(zip(call.arg_names, call.args, strict=True))
                return named.get("endpoint") or (call.args[1] if call.arg_names[1:2] == [None] else None)
    return None


def _has_methods_of_fastapi(router: Expression, methods: Iterable[str], checker: Checker) -> bool:
    with checker.msg.filter_errors():
        typ = get_proper_type(checker.get_expression_type(router))
    return isinstance(typ, Instance) and all(_is_inherited(typ.type, method) for method in methods)


def _is_inherited(router: TypeInfo, method: str) -> bool:
    """Tell whether a method of a router is FastAPI's own, which passes on the function as it is."""
    definition = router.get_method(method)
    return definition is not None and definition.info.fullname in _ROUTERS


def _is_of_fastapi(call: CallExpr) -> bool:
    """Tell whether it is FastAPI that injects: what other frameworks can fill is not known."""
    return isinstance(call.callee, RefExpr) and call.callee.fullname.startswith("fastapi.")


def _called_function(definition: Node | None) -> FuncDef | None:
    """Return the function whose parameters FastAPI sees when it calls a provider, None where that is unclear."""
    if isinstance(definition, TypeInfo):
        symbol = definition.get("__init__")
        has_own_new = any("__new__" in base.names for base in definition.mro if base.fullname != "builtins.object")
        definition = None if has_own_new or symbol is None else symbol.node
    return definition if isinstance(definition, FuncDef) else None


class ParameterCheck:
    """Checks the parameters of the endpoints and providers that a module speaks of.

    Arguments:
        build: the run of mypy.
        sources: its files: types do not show how a parameter is written.
        functions: what declares that something is injected.
        checker: the checker of the module.
        annotated: where `Annotated[…]` with a call of those stand in the module, by line and column.

    """

    def __init__(
        self,
        build: Build,
        sources: Sources,
        functions: DependsFunctions,
        checker: Checker,
        annotated: Collection[tuple[int, int]],
    ) -> None:
        self._build = build
        self._sources = sources
        self._functions = functions
        self._checker = checker
        self._annotated = annotated
        self._checked: set[FuncDef] = set()
        self.modules: set[str] = set()
        """The modules that the findings hang on."""

    def check_endpoints(self, statements: Statements) -> None:
        """Report the parameters of endpoints that FastAPI cannot fill."""
        for decorated in statements.of(Decorator):
            if _is_endpoint(decorated, self._checker):
                self._check(decorated.func, self._checker.tree, None)
        for statement in statements.of(ExpressionStmt):
            endpoint = _added_endpoint(statement, self._checker)
            function = definition_behind(endpoint, self._checker) if endpoint else None
            if isinstance(function, FuncDef):
                self._check_use(function, endpoint)

    def check_provider(self, provider: Provider, injection: Injection) -> None:
        """Report the parameters of a provider that FastAPI cannot fill: at its use, if it is defined elsewhere."""
        function = _called_function(provider.definition)
        if function is not None and _is_of_fastapi(injection.call):
            self._check_use(function, None if injection.is_item else injection.call)

    def _check_use(self, function: FuncDef, use: Expression | None) -> None:
        """Check a function of this module, or one of another module where that is used, if it is."""
        module = module_of(function, self._build.modules) or self._checker.tree
        if module is self._checker.tree:
            self._check(function, module, None)
        elif use is not None:
            self._check(function, module, use)

    def _check(self, function: FuncDef, module: MypyFile, use: Expression | None) -> None:
        """Check a function of this module, or one of another module, that an expression of this one names."""
        if function in self._checked:
            return
        self._checked.add(function)
        for parameter, typ, remedy in self._unfillable(function, module, is_here=use is None):
            of_function = f' of "{name_of(function)}"' if use else ""
            (shown,) = formatted(typ, options=self._checker.options)
            message = f'FastAPI cannot fill the parameter "{parameter.arg}"{of_function}, declared as {shown}: {remedy}'
            source = self._sources.of(module.path)
            place = use or Context(parameter.lineno, source.character(parameter))
            self._checker.fail(message, place, code=DEPENDS_UNRESOLVABLE)

    def _unfillable(self, function: FuncDef, module: MypyFile, *, is_here: bool) -> Iterator[tuple[ast.arg, Type, str]]:
        suspects = {name: typ for name, typ in _typed_parameters(function) if any(refused_classes(typ))}
        self.modules |= modules_of(suspects.values())
        for argument in function.arguments if is_here else ():
            if self._is_injected(argument):  # most are, so that the file need not be parsed
                suspects.pop(argument.variable.name, None)
        if not suspects or module.is_stub:
            return
        source = self._sources.of(module.path)
        for parameter, default in _parameters_as_written(function, module, source, is_here=is_here):
            typ = suspects.get(parameter.arg)
            if typ is None or not (default is None or isinstance(default, ast.Constant)):
                continue
            remedy = self._remedy(parameter, module, source)
            if remedy is not None and any(is_plain(info, self._build, self._sources) for info in refused_classes(typ)):
                yield parameter, typ, remedy

    def _is_injected(self, argument: Argument) -> bool:
        """Tell whether a parameter of this module is known to be injected, or to have a default value."""
        annotation = argument.type_annotation
        is_annotated = isinstance(annotation, UnboundType) and (annotation.line, annotation.column) in self._annotated
        return is_annotated or isinstance(argument.initializer, CallExpr)

    def _remedy(self, parameter: ast.arg, module: MypyFile, source: Source) -> str | None:
        """Return what is to be done about an annotation, None where nothing is, or where it is not understood."""
        annotation = parsed_annotation(parameter.annotation) if parameter.annotation else None
        if annotation is None:
            return None
        stack: list[ast.AST] = [annotation]
        marks: set[_Mark] = set()
        while stack:
            node = stack.pop()
            match node:
                case ast.Subscript(value=base, slice=ast.Tuple(elts=[typ, *metadata])) if self._is_annotated(
                    base, module
                ):
                    marks.update(self._mark(entry, module, is_inside=node is not annotation) for entry in metadata)
                    stack.append(typ)
                case ast.Name() | ast.Attribute():
                    name = (dotted_name(node) or "").partition(".")[0]
                    is_clear = _is_class(definition_of(node, module, self._build.modules))
                    if not is_clear or not source.binds_by(name, parameter.lineno):
                        return None
                case ast.Constant(value=str()):
                    return None
                case _:
                    stack.extend(ast.iter_child_nodes(node))
        return _REMEDIES.get(frozenset(marks - {_Mark.TEXT}))

    def _is_annotated(self, base: ast.expr, module: MypyFile) -> bool:
        definition = definition_of(base, module, self._build.modules)
        return definition is not None and definition.fullname in ANNOTATED_TYPE_NAMES

    def _mark(self, entry: ast.expr, module: MypyFile, *, is_inside: bool) -> "_Mark":
        if isinstance(entry, ast.Constant) and isinstance(entry.value, str):
            return _Mark.TEXT
        called = entry.func if isinstance(entry, ast.Call) else None
        if not self._functions.include(definition_of(called or entry, module, self._build.modules)):
            return _Mark.OTHER
        if is_inside:
            return _Mark.DEPENDS_INSIDE if called else _Mark.OTHER
        return _Mark.OTHER if called else _Mark.DEPENDS_NOT_CALLED


class _Mark(Enum):
    """What an entry in the metadata of an `Annotated` is."""

    TEXT = auto()
    DEPENDS_NOT_CALLED = auto()
    DEPENDS_INSIDE = auto()
    OTHER = auto()


_REMEDIES = {
    frozenset[_Mark](): "give it a Depends(...)",
    frozenset({_Mark.DEPENDS_NOT_CALLED}): "call Depends",
    frozenset({_Mark.DEPENDS_INSIDE}): "put Annotated[...] outermost, elsewhere it is not looked at",
}
"""What makes FastAPI fill a parameter, by what its annotation holds."""


def _is_class(definition: SymbolNode | None) -> bool:
    """Tell whether a name in an annotation is a class, or one of `typing`: an alias may hide an `Annotated`."""
    return isinstance(definition, TypeInfo) or (definition is not None and definition.fullname.startswith("typing."))


def _typed_parameters(function: FuncDef) -> Iterator[tuple[str, Type]]:
    if not isinstance(function.type, CallableType):
        return
    is_bound = bool(function.info) and not function.is_static
    signature = zip(function.type.arg_names, function.type.arg_types, function.type.arg_kinds, strict=True)
    for name, typ, kind in [*signature][is_bound:]:
        if name is not None and not kind.is_star():
            yield name, typ


def _parameters_as_written(
    function: FuncDef, module: MypyFile, source: Source, *, is_here: bool
) -> Iterator[tuple[ast.arg, ast.expr | None]]:
    """Yield the parameters with their default values; a function from mypy's cache has no line to find it by."""
    same_name = source.functions.get(function.fullname.removeprefix(f"{module.fullname}."), [])
    only_one = same_name[0] if len(same_name) == 1 else None
    written = source.function_at(function.line) if is_here else only_one
    if written is not None:
        yield from parameters_of(written.args)
