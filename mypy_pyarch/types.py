"""Questions about types that several checks ask."""

from mypy.nodes import FuncDef, SymbolNode, TypeInfo, Var
from mypy.types import AnyType, CallableType, Instance, NoneType, Type, TypeOfAny, UnionType, get_proper_type

from mypy_pyarch.internals import is_assignable

__all__ = [
    "AWAITABLES",
    "accepts_none",
    "attribute_type",
    "awaited",
    "is_same",
    "is_unknown",
    "is_written_any",
    "signature_of",
    "takes_anything",
    "without_none",
]

AWAITABLES = frozenset({"typing.Coroutine", "typing.Awaitable"})


def accepts_none(typ: Type) -> bool:
    """Tell whether a type says that a value of it may be None."""
    proper = get_proper_type(typ)
    items = proper.items if isinstance(proper, UnionType) else [proper]
    return any(isinstance(get_proper_type(item), NoneType) for item in items)


def without_none(typ: Type) -> Type:
    """Return what is left of a type when None is taken away."""
    proper = get_proper_type(typ)
    items = proper.items if isinstance(proper, UnionType) else [proper]
    return get_proper_type(
        UnionType.make_union([item for item in items if not isinstance(get_proper_type(item), NoneType)])
    )


def takes_anything(typ: Type) -> bool:
    """Tell whether any value is one of a type: `Any`, `object`."""
    proper = get_proper_type(typ)
    return isinstance(proper, AnyType) or (isinstance(proper, Instance) and proper.type.fullname == "builtins.object")


def is_written_any(typ: Type) -> bool:
    """Tell whether a type is an `Any` that somebody wrote."""
    proper = get_proper_type(typ)
    return isinstance(proper, AnyType) and proper.type_of_any == TypeOfAny.explicit


def is_unknown(typ: Type) -> bool:
    """Tell whether a type is an `Any` that nobody wrote: mypy does not know the type."""
    return isinstance(get_proper_type(typ), AnyType) and not is_written_any(typ)


def is_same(one: Type, other: Type) -> bool:
    """Tell whether the values of two types are the same."""
    return is_assignable(one, other) and is_assignable(other, one)


def awaited(typ: Type) -> Type:
    """Return what an awaitable gives, the type itself of anything else."""
    proper = get_proper_type(typ)
    if isinstance(proper, Instance) and proper.type.fullname in AWAITABLES and proper.args:
        return proper.args[-1]
    return proper


def signature_of(function: object) -> CallableType | None:
    """Return the type of a function, None of one that is decorated, overloaded or without annotations."""
    if isinstance(function, FuncDef) and isinstance(function.type, CallableType):
        return function.type
    return None


def attribute_type(info: TypeInfo, attribute: str) -> Type | None:
    """Return the type of an attribute of a class."""
    symbol = info.get(attribute)
    node: SymbolNode | None = symbol.node if symbol is not None else None
    return node.type if isinstance(node, Var) else None
