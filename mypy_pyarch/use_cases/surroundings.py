"""What the types tell of the paths through a function: which calls never return, which matches leave nothing over."""

from collections.abc import Iterator

from mypy.nodes import CallExpr, Decorator, Expression, FuncDef, MatchStmt, MemberExpr, NameExpr, RefExpr, TypeInfo, Var
from mypy.patterns import AsPattern, ClassPattern, OrPattern, Pattern, SingletonPattern, ValuePattern
from mypy.types import CallableType, Instance, LiteralType, NoneType, Type, UninhabitedType, UnionType, get_proper_type

from mypy_pyarch.internals import Checker

__all__ = ["is_exhaustive", "never_returns"]


def never_returns(call: CallExpr) -> bool:
    """Tell whether a call is one of a function that is declared `NoReturn`."""
    function = _function_called(call.callee)
    function = function.func if isinstance(function, Decorator) else function
    if not isinstance(function, FuncDef) or not isinstance(function.type, CallableType):
        return False
    returned = get_proper_type(function.type.ret_type)
    if isinstance(returned, Instance) and function.is_coroutine and len(returned.args) == len("TSR"):
        returned = get_proper_type(returned.args[-1])
    return isinstance(returned, UninhabitedType)


def _function_called(callee: Expression) -> object:
    if isinstance(callee, RefExpr) and callee.node is not None:
        return callee.node
    if isinstance(callee, MemberExpr) and isinstance(callee.expr, NameExpr) and isinstance(callee.expr.node, Var):
        owner = callee.expr.node.type
        owner = get_proper_type(owner) if owner is not None else None
        return owner.type.get_method(callee.name) if isinstance(owner, Instance) else None
    return None


def is_exhaustive(statement: MatchStmt, checker: Checker) -> bool:
    """Tell whether the cases of a match leave nothing over: each member of an enum, each class of a union."""
    with checker.msg.filter_errors():
        subject = get_proper_type(checker.get_expression_type(statement.subject))
    left = {*_alternatives(subject)}
    for pattern, guard in zip(statement.patterns, statement.guards, strict=True):
        if guard is None:
            left.difference_update(_covered(pattern))
    return not left


def _alternatives(typ: Type) -> Iterator[object]:
    """Yield what a value may be: the members of an enum, literal values, classes."""
    proper = get_proper_type(typ)
    match proper:
        case UnionType(items=items):
            for item in items:
                yield from _alternatives(item)
        case LiteralType(value=value):
            yield value
        case NoneType():
            yield None
        case Instance(type=info) if info.is_enum:
            yield from info.enum_members
        case Instance(type=TypeInfo(fullname="builtins.bool")):
            yield from (True, False)
        case Instance(type=info):
            yield info
        case _:
            yield proper


def _covered(pattern: Pattern) -> Iterator[object]:
    match pattern:
        case OrPattern(patterns=patterns):
            for each in patterns:
                yield from _covered(each)
        case AsPattern(pattern=Pattern() as inner):
            yield from _covered(inner)
        case SingletonPattern(value=value):
            yield value
        case ValuePattern(expr=MemberExpr(name=name)):
            yield name
        case ValuePattern(expr=expression):
            yield getattr(expression, "value", expression)
        case ClassPattern(class_ref=RefExpr(node=info), positionals=[], keyword_values=[]):
            yield info
