"""`app.dependency_overrides`: a fake has to fit where the provider it stands in for is injected."""

from collections.abc import Iterable, Iterator

from mypy.nodes import (
    AssignmentStmt,
    CallExpr,
    DictExpr,
    Expression,
    ExpressionStmt,
    IndexExpr,
    MemberExpr,
    Node,
    OperatorAssignmentStmt,
    RefExpr,
)
from mypy.types import Instance, NoneType, Type, get_proper_type

from mypy_pyarch.depends.calls import DependsFunctions, written
from mypy_pyarch.depends.injections import report
from mypy_pyarch.depends.places import Place, Places
from mypy_pyarch.depends.providers import provider_of
from mypy_pyarch.errors import DEPENDS_OVERRIDE
from mypy_pyarch.internals import Build, Checker, formatted, is_assignable, without_type_variables
from mypy_pyarch.sources import Sources
from mypy_pyarch.statements import Statements

__all__ = ["OverrideCheck"]

_OVERRIDES = "dependency_overrides"

_Override = tuple[Expression, Expression]
"""A provider, and the fake that stands in for it."""


class OverrideCheck:
    """Checks the overrides of a module.

    A fake need not be what the provider is: it has to fit where that is injected, which the modules show that are
    imported here, directly or not. Where none does, what the provider promises is what is asked for; None, though, is
    what one writes for a provider whose value nobody uses.

    Arguments:
        build: the run of mypy.
        sources: its files.
        functions: what declares that something is injected.
        checker: the checker of the module.

    """

    def __init__(self, build: Build, sources: Sources, functions: DependsFunctions, checker: Checker) -> None:
        self._build = build
        self._sources = sources
        self._functions = functions
        self._checker = checker
        self.modules: set[str] = set()
        """The modules that the findings hang on."""

    def check(self, statements: Statements) -> None:
        """Check the overrides among the statements of the module."""
        if _OVERRIDES.encode() not in self._sources.of(self._checker.path).text:
            return
        for kind in (AssignmentStmt, OperatorAssignmentStmt, ExpressionStmt):
            for statement in statements.of(kind):
                for provider, fake in _overrides_of(statement, self._checker):
                    self._check_override(provider, fake)

    def _check_override(self, provider: Expression, fake: Expression) -> None:
        with self._checker.msg.filter_errors():
            real = provider_of(provider, self._checker.get_expression_type(provider), self._checker)
            given = provider_of(fake, self._checker.get_expression_type(fake), self._checker)
        if not given.values or any(_fits(given.values, value) for value in real.values):
            return
        name = written(provider)
        places = [*self._places_of(provider)]
        if any(place.declared is None for place in places):
            return
        misfits = [
            (place.declared, f'"{name}" is injected as {{}} in "{place.module}"')
            for place in places
            if place.declared and not _fits(given.values, place.declared)
        ]
        if not places and not isinstance(get_proper_type(given.values[0]), NoneType):
            misfits = [(value, f'"{name}" provides {{}}') for value in real.values]
        for declared, promise in misfits[:1]:
            shown, expected = formatted(given.values[0], declared, options=self._checker.options)
            message = f'Override "{given.name}" provides {shown}, but {promise.format(expected)}'
            report(self._checker, message, fake, DEPENDS_OVERRIDE, given.definition)

    def _places_of(self, provider: Expression) -> Iterator[Place]:
        """Yield the places where a provider is injected, as far as they are imported here."""
        if not isinstance(provider, RefExpr) or "." not in provider.fullname:
            return
        places = Places(self._build, self._sources, self._functions)
        for module in places.reachable_from(self._checker.tree):
            self.modules.add(module.fullname)
            yield from places.of(provider.fullname, module)


def _fits(values: Iterable[Type], declared: Type) -> bool:
    return any(is_assignable(value, without_type_variables(declared)) for value in values)


def _overrides_of(statement: Node, checker: Checker) -> Iterator[_Override]:
    found: Iterable[tuple[Expression | None, Expression]]
    match statement:
        case AssignmentStmt(lvalues=[IndexExpr(base=MemberExpr() as target, index=provider)], rvalue=fake):
            found = [(provider, fake)]
        case AssignmentStmt(lvalues=[MemberExpr() as target], rvalue=DictExpr(items=found)):
            pass
        case OperatorAssignmentStmt(op="|", lvalue=MemberExpr() as target, rvalue=DictExpr(items=found)):
            pass
        case ExpressionStmt(
            expr=CallExpr(callee=MemberExpr(name="update", expr=MemberExpr() as target), args=[DictExpr(items=found)])
        ):
            pass
        case _:
            return
    if target.name == _OVERRIDES and _is_application(target.expr, checker):
        yield from ((provider, fake) for provider, fake in found if provider is not None)


def _is_application(expression: Expression, checker: Checker) -> bool:
    with checker.msg.filter_errors():
        typ = get_proper_type(checker.get_expression_type(expression))
    return isinstance(typ, Instance) and typ.type.has_base("fastapi.applications.FastAPI")
