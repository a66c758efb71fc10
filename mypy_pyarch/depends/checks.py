"""The checks on injection, from what the hooks hand in."""

import ast
from collections.abc import Iterable
from dataclasses import dataclass, field

from mypy.nodes import CallExpr
from mypy.plugin import FunctionContext
from mypy.types import Type, UnboundType

from flake8_pyarch.settings import Settings
from flake8_pyarch.source.syntax import dotted_name
from mypy_pyarch.depends.aliases import injections_in_aliases
from mypy_pyarch.depends.calls import DependsFunctions
from mypy_pyarch.depends.injections import (
    Injection,
    check_annotated,
    check_declared_type,
    check_flaw,
    provider_of_injection,
)
from mypy_pyarch.depends.overrides import OverrideCheck
from mypy_pyarch.depends.parameters import ParameterCheck
from mypy_pyarch.depends.providers import Provider
from mypy_pyarch.internals import (
    Build,
    Checker,
    Scope,
    has_native_parser,
    is_whole_expression,
    module_of,
    modules_of,
)
from mypy_pyarch.sources import Source, Sources, Span
from mypy_pyarch.statements import Statements

__all__ = ["DependsChecks"]

_Position = tuple[int, int]


@dataclass(slots=True)
class _Noted:
    """What a module was seen to ask for, while mypy was at work on it.

    Arguments:
        source: its text: what was seen of another one no longer counts.
        annotated: injections, by the places of their `Annotated[…]`.
        calls: those of the other calls of `Depends`, by their places.

    """

    source: Source
    annotated: dict[_Position, Injection] = field(default_factory=dict)
    calls: dict[_Position, Injection] = field(default_factory=dict)


class DependsChecks:
    """The checks on injection of one run of mypy.

    While mypy analyses a module, its `Annotated[…]` are read, for only then are the scopes known that their names are
    looked up in; while it checks the module, the default values; the rest is done when all types are known.

    Arguments:
        settings: the settings.
        functions: what declares that something is injected.
        sources: the files of the run.

    """

    def __init__(self, settings: Settings, functions: DependsFunctions, sources: Sources) -> None:
        self._functions = functions
        self._reports_unannotated = settings.check_untyped_providers
        self._sources = sources
        self._noted: dict[str, _Noted] = {}

    def read_annotated(self, typ: UnboundType, declared: Type, scope: Scope) -> None:
        """Note what an `Annotated[…]` asks for, in the module that mypy is analysing."""
        noted = self._noted_of(scope.file.path)
        if not scope.is_checked or not self._functions.are_mentioned_in(noted.source.text):
            return
        native = has_native_parser(scope.options)
        span = Span(typ.line, typ.column, typ.end_line or typ.line, typ.end_column or 0)
        metadata = noted.source.metadata_at(typ.name, span, is_native=native)
        for entry in reversed(metadata):  # the last one counts
            if isinstance(entry.expression, ast.Call) and self._declares_dependency(entry.expression, scope):
                call = scope.bind_call(entry.expression)
                call.set_line(entry.line, entry.column, entry.line + _lines_of(entry.expression))
                noted.annotated[typ.line, typ.column] = Injection(call, declared)
                return

    def _declares_dependency(self, call: ast.Call, scope: Scope) -> bool:
        name = dotted_name(call.func)
        return name is not None and self._functions.include(scope.lookup(name))

    def check_call(self, ctx: FunctionContext, checker: Checker) -> None:
        """Check a call of `Depends` that is the default value of a parameter, or is assigned to a field."""
        call = ctx.context
        if not isinstance(call, CallExpr) or not checker.in_checked_function():
            return
        is_whole = is_whole_expression(checker)
        injection = Injection(call, checker.type_context[-1] if is_whole else None, is_item=not is_whole)
        self._noted_of(checker.path).calls[call.line, call.column] = injection
        if is_whole:
            self._check(injection, checker)

    def _check(self, injection: Injection, checker: Checker) -> Provider | None:
        provider = provider_of_injection(injection, checker)
        if provider is not None:
            check_flaw(injection, provider, checker)
            check_declared_type(injection, provider, checker)
            if self._reports_unannotated:
                check_annotated(injection, provider, checker)
        return provider

    def check_module(self, build: Build, statements: Statements, checker: Checker) -> set[str]:
        """Check the rest of a module, when its types are known; return the modules that the findings hang on."""
        noted = self._noted_of(checker.path) if checker.path in self._noted else None
        self._noted.pop(checker.path, None)
        annotated = noted.annotated if noted else {}
        calls = noted.calls.values() if noted else ()
        injections = [*annotated.values(), *injections_in_aliases(statements, self._functions)]
        provided = [(injection, self._check(injection, checker)) for injection in injections]
        provided += [(injection, provider_of_injection(injection, checker)) for injection in calls]
        parameters = ParameterCheck(build, self._sources, self._functions, checker, annotated)
        parameters.check_endpoints(statements)
        for injection, provider in sorted(provided, key=lambda pair: (pair[0].call.line, pair[0].call.column)):
            if provider is not None:
                parameters.check_provider(provider, injection)
        overrides = OverrideCheck(build, self._sources, self._functions, checker)
        overrides.check(statements)
        return checker.module_refs | _modules_behind(provided, checker) | parameters.modules | overrides.modules

    def _noted_of(self, path: str) -> _Noted:
        source = self._sources.of(path)
        noted = self._noted.get(path)
        if noted is None or noted.source is not source:
            noted = self._noted[path] = _Noted(source)
        return noted


def _lines_of(call: ast.Call) -> int:
    """Return how many lines follow the first of a call: a `type: ignore` may stand on any of them."""
    return (call.end_lineno or call.lineno) - call.lineno


def _modules_behind(provided: Iterable[tuple[Injection, Provider | None]], checker: Checker) -> set[str]:
    """Return the modules that decide on what the providers hand over, and whether it fits."""
    types: list[Type] = []
    modules: set[str] = set()
    for injection, provider in provided:
        if provider is not None:
            types += [*provider.values, *([injection.declared] if injection.declared else [])]
            module = module_of(provider.definition, checker.modules) if provider.definition else None
            modules.update([module.fullname] if module else [])
    return modules | modules_of(types)
