"""What FastAPI makes of a provider: which value it injects.

It calls the provider, looking through `functools.wraps` and `partial` to see what kind of function it is. Of generators
it injects what they yield, of `async def` what they return, of classes the instance, of anything else what the call
returns. So the function's own kind decides, not its annotation: one that returns an iterator without being a generator
provides the iterator.
"""

from dataclasses import dataclass
from enum import Enum, auto
from typing import TypeGuard

from mypy.nodes import (
    NOT_ABSTRACT,
    CallExpr,
    Decorator,
    Expression,
    FuncDef,
    FuncItem,
    IndexExpr,
    LambdaExpr,
    MemberExpr,
    Node,
    OverloadedFuncDef,
    RefExpr,
    TypeApplication,
    TypeInfo,
)
from mypy.types import (
    AnyType,
    CallableType,
    Instance,
    LiteralType,
    NoneType,
    Overloaded,
    ProperType,
    TupleType,
    Type,
    TypedDictType,
    TypeOfAny,
    TypeType,
    UnionType,
    get_proper_type,
)

from mypy_pyarch.depends.calls import is_reference_to, written
from mypy_pyarch.internals import Checker, call_method_type, is_in_stub, without_type_variables
from mypy_pyarch.types import AWAITABLES, without_none

__all__ = ["Flaw", "Provider", "definition_behind", "provider_of", "provider_of_class"]

_PARTIAL = "functools.partial"
_CONTEXT_MANAGERS = frozenset({"contextlib._GeneratorContextManager", "contextlib._AsyncGeneratorContextManager"})
_GENERATORS = frozenset(
    f"typing.{name}"
    for name in ("Generator", "Iterator", "Iterable", "AsyncGenerator", "AsyncIterator", "AsyncIterable")
)
_OBJECT = frozenset({"builtins.object"})


class Flaw(Enum):
    """Why no value comes of calling a provider."""

    NOT_CALLABLE = auto()
    ABSTRACT = auto()
    CONTEXT_MANAGER = auto()


@dataclass(frozen=True, slots=True)
class Provider:
    """What stands in `Depends(…)`.

    Arguments:
        name: the expression, as messages show it.
        definition: the function or class it leads to, None where that is unknown.
        values: the types of what may be injected: several where a wrapper may or may not keep a function's kind, none
            where nothing is known.
        flaw: why calling it gives no value.

    """

    name: str
    definition: Node | None = None
    values: tuple[Type, ...] = ()
    flaw: Flaw | None = None

    @property
    def is_unannotated(self) -> bool:
        """Whether it is a function that does not say what it returns."""
        function = self.definition.func if isinstance(self.definition, Decorator) else self.definition
        if not isinstance(function, FuncDef):
            return False
        returned = function.type.ret_type if isinstance(function.type, CallableType) else None
        return returned is None or _is_any(returned, TypeOfAny.unannotated)


def provider_of(expression: Expression, typ: Type, checker: Checker) -> Provider:
    """Return what an expression in `Depends(…)`, of the given type, provides."""
    name, found = written(expression), get_proper_type(typ)
    definition = definition_behind(expression, checker)
    if isinstance(definition, TypeInfo) and _is_abstract(definition):
        return Provider(name, definition, flaw=Flaw.ABSTRACT)
    if _cannot_be_called(found) or _is_call_of_generator(expression, checker):
        return Provider(name, flaw=Flaw.NOT_CALLABLE)
    if isinstance(found, Instance) and not isinstance(definition, Decorator) and found.type.fullname != _PARTIAL:
        definition = found.type.get_method("__call__")
    kind = _kind(definition, checker)
    values = _values(found, kind)
    if kind is _Kind.UNKNOWN and any(_is_instance(value, _CONTEXT_MANAGERS) for value in values):
        return Provider(name, definition, flaw=Flaw.CONTEXT_MANAGER)
    known = not any(_is_any(value) for value in values)
    return Provider(name, definition, values if known else ())


def provider_of_class(instance: Instance) -> Provider:
    """Return what `Depends()` provides, which calls the class that the parameter declares."""
    info = instance.type
    return Provider(info.name, info, (instance,), Flaw.ABSTRACT if _is_abstract(info) else None)


def definition_behind(expression: Expression, checker: Checker) -> Node | None:
    """Return the function, class or variable that an expression leads to, None where that is unknown."""
    match expression:
        case MemberExpr(node=None):
            owner = _class_of(get_proper_type(checker.get_expression_type(expression.expr)))
            symbol = owner.get(expression.name) if owner else None
            return symbol.node if symbol else None
        case RefExpr():
            return expression.node
        case IndexExpr(analyzed=TypeApplication(expr=generic)):
            return definition_behind(generic, checker)
        case CallExpr(args=[wrapped, *_]) if is_reference_to(expression.callee, _PARTIAL):
            return definition_behind(wrapped, checker)
        case LambdaExpr():
            return expression
    return None


def _class_of(owner: ProperType) -> TypeInfo | None:
    match owner:
        case Instance():
            return owner.type
        case CallableType() | Overloaded() if owner.is_type_obj():
            return owner.type_object()
    return None


def _is_abstract(info: TypeInfo) -> bool:
    has_abstract_metaclass = info.metaclass_type is not None and info.metaclass_type.type.has_base("abc.ABCMeta")
    return info.is_protocol or (info.is_abstract and has_abstract_metaclass)


def _cannot_be_called(typ: ProperType) -> bool:
    match typ:
        case NoneType() | TupleType() | LiteralType() | TypedDictType():
            return True
        case UnionType():
            return all(_cannot_be_called(get_proper_type(item)) for item in typ.items)
        case Instance():
            is_unknown = typ.type.fallback_to_any or typ.type.fullname == "builtins.object"
            return not is_unknown and call_method_type(typ) is None
    return False


def _is_call_of_generator(expression: Expression, checker: Checker) -> bool:
    """Tell whether the expression calls a generator or coroutine function, also one without annotations."""
    function = definition_behind(expression.callee, checker) if isinstance(expression, CallExpr) else None
    return isinstance(function, FuncDef) and _kind(function, checker) in {_Kind.ITERATED, _Kind.AWAITED}


class _Kind(Enum):
    """What FastAPI does with what a function returns."""

    TAKEN = auto()
    ITERATED = auto()
    AWAITED = auto()
    UNKNOWN = auto()


def _kind(definition: Node | None, checker: Checker) -> _Kind:
    match definition:
        case OverloadedFuncDef(impl=FuncDef() as implementation):
            return _kind(implementation, checker)
        case FuncDef() if definition.abstract_status != NOT_ABSTRACT or is_in_stub(definition, checker.modules):
            return _Kind.UNKNOWN
        case FuncItem() if definition.is_generator or definition.is_async_generator:
            return _Kind.ITERATED
        case FuncItem():
            return _Kind.AWAITED if definition.is_coroutine else _Kind.TAKEN
        case TypeInfo():
            return _Kind.TAKEN
    return _Kind.UNKNOWN


def _values(typ: ProperType, kind: _Kind) -> tuple[Type, ...]:
    match typ:
        case CallableType():
            is_class = typ.is_type_obj()
            return _handed_over(typ.ret_type, _Kind.TAKEN if is_class else kind)
        case Overloaded() if typ.is_type_obj():
            return tuple(_values(item, kind)[0] for item in typ.items)
        case Overloaded():
            by_item = [_values(item, kind) for item in typ.items]
            return tuple(UnionType.make_union(list(column)) for column in zip(*by_item, strict=False))
        case TypeType():
            return (without_type_variables(typ.item),)
        case Instance() if typ.type.fullname == _PARTIAL:
            return _handed_over(typ.args[0], kind)
        case Instance():
            method = call_method_type(typ)
            values = _values(get_proper_type(method), kind) if method else ()
            # What `fastapi.security` returns is None only with `auto_error=False`.
            is_security = any(base.fullname.startswith("fastapi.security.") for base in typ.type.mro)
            return tuple(map(without_none, values)) if is_security else values
    return ()


def _handed_over(returned: Type, kind: _Kind) -> tuple[Type, ...]:
    typ = get_proper_type(without_type_variables(returned))
    if kind is _Kind.TAKEN:
        return (typ,)
    inner: tuple[Type, ...] = ()
    if kind is not _Kind.AWAITED and _is_instance(typ, _GENERATORS):
        inner = typ.args[:1]
    elif kind is not _Kind.ITERATED and _is_instance(typ, AWAITABLES):
        inner = typ.args[-1:]
    is_certain = kind is not _Kind.UNKNOWN or _is_instance(typ, _OBJECT)
    return inner if is_certain else (*inner, typ)


def _is_instance(typ: Type, fullnames: frozenset[str]) -> TypeGuard[Instance]:
    typ = get_proper_type(typ)
    return isinstance(typ, Instance) and typ.type.fullname in fullnames


def _is_any(typ: Type, kind: int | None = None) -> bool:
    typ = get_proper_type(typ)
    return isinstance(typ, AnyType) and kind in {None, typ.type_of_any}
