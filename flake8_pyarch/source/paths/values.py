"""What is known on a path: which values the names and attributes hold, and which of them are not None.

A value is known by itself, not by a name for it: what a test says of one name holds for all names of the same value.
"""

import ast
from collections.abc import Iterable, Iterator, Sequence

from flake8_pyarch.source.classes import Function

__all__ = [
    "FALSE",
    "NONE",
    "TRUE",
    "UNTOLD",
    "YIELDED",
    "Decision",
    "State",
    "Value",
    "attribute_key",
    "join",
    "limited",
    "literal",
    "truth",
]

UNTOLD = object()
"""The `literal` of a value that is not known."""

YIELDED = "<yielded>"
"""The key under which a state holds whether a generator has yielded."""

_MOST_PATHS = 24


class Value:
    """A value.

    Arguments:
        attribute: the attribute that holds it before anything has run, None for any other value.
        is_object: whether it is the object whose method runs: `self`.
        may_be_object: whether it may be that object, for all that can be told.
        is_something: whether it is certainly not None.
        is_bool: whether it is True or False.
        literal: what it is, where the text says so.
        elements: the elements of a tuple, list or set that is written out.
        items: the keys and values of a dictionary that is written out.
        truth: whether it is true, None where that is open.
        if_true: the values that are not None if this one is true.
        if_false: the values that are not None if this one is false.
        function: the function or method of this file that it is.

    """

    __slots__ = (
        *("attribute", "is_object", "may_be_object", "is_something", "is_bool", "literal", "elements", "items"),
        *("truth", "if_true", "if_false", "function"),
    )

    def __init__(
        self,
        *,
        attribute: str | None = None,
        is_object: bool = False,
        may_be_object: bool = False,
        is_something: bool = False,
        is_bool: bool = False,
        literal: object = UNTOLD,
        elements: "tuple[Value, ...] | None" = None,
        items: "tuple[tuple[Value, Value], ...] | None" = None,
        truth: bool | None = None,
        if_true: "frozenset[Value]" = frozenset(),
        if_false: "frozenset[Value]" = frozenset(),
        function: Function | ast.Lambda | None = None,
    ) -> None:
        self.attribute = attribute
        self.is_object = is_object
        self.may_be_object = may_be_object
        self.is_something = is_something
        self.is_bool = is_bool
        self.literal = literal
        self.elements = elements
        self.items = items
        self.truth = truth
        self.if_true = if_true
        self.if_false = if_false
        self.function = function

    @property
    def is_plain(self) -> bool:
        """Whether nothing is to be noted when it is handed on: it is no attribute's, not the object, no function."""
        return not (self.attribute is not None or self.is_object or self.may_be_object or self.function is not None)

    @property
    def is_container(self) -> bool:
        """Whether it is a tuple, list, set or dictionary that is written out, or was when it was made."""
        return self.elements is not None or self.items is not None or self.truth is not None

    @property
    def is_true(self) -> bool | None:
        """Whether it counts as true in a test, None where that is open."""
        if self.literal is not UNTOLD:
            return bool(self.literal)
        if self.elements is not None:
            return bool(self.elements)
        if self.items is not None:
            return bool(self.items)
        if self.is_object or self.function is not None:
            return True
        return self.truth


TRUE = Value(literal=True, is_something=True, is_bool=True)
FALSE = Value(literal=False, is_something=True, is_bool=True)
NONE = Value(literal=None)


def literal(value: object) -> Value:
    """Return the value of a literal other than None."""
    return Value(literal=value, is_something=True, is_bool=isinstance(value, bool))


class State:
    """What is known at a place that a path has come to.

    Arguments:
        bindings: the value of each local name, and of each attribute of the object under its `attribute_key`.
        something: the values that have turned out not to be None.

    """

    __slots__ = ("bindings", "something")

    def __init__(self, bindings: dict[str, Value], something: frozenset[Value]) -> None:
        self.bindings = bindings
        self.something = something

    def bound(self, key: str, value: Value) -> "State":
        """Return the state after an assignment."""
        return State({**self.bindings, key: value}, self.something)

    def unbound(self, key: str) -> "State":
        """Return the state in which nothing is known of a name."""
        return State({name: value for name, value in self.bindings.items() if name != key}, self.something)

    def learning(self, values: Iterable[Value]) -> "State":
        """Return the state in which these values, too, are known not to be None."""
        new = frozenset(values)
        return self if new <= self.something else State(self.bindings, self.something | new)

    def within(self, other: "State") -> "State":
        """Return what is known here, with the names of another state: that of the code round this."""
        return State(other.bindings, self.something)

    def knows(self, value: Value) -> bool:
        """Tell whether a value is certainly not None."""
        return value.is_something or value.is_object or value in self.something or value.is_true is True

    @property
    def attributes(self) -> Iterator[tuple[str, Value]]:
        """The bindings that are attributes."""
        return ((key, value) for key, value in self.bindings.items() if key.startswith("."))

    def is_weaker(self, other: "State") -> bool:
        """Tell whether everything known here is known in another state as well."""
        return self.something <= other.something and self.bindings == other.bindings


Decision = tuple[list[State], list[State]]
"""The states after a test: where it holds, and where it does not."""


def attribute_key(name: str) -> str:
    """Return the key of an attribute of the object among the bindings of a state."""
    return f".{name}"


def truth(value: Value, state: State) -> Decision:
    """Return the states in which a value is true and in which it is false."""
    known = value.is_true
    when_true = [] if known is False else [state.learning((value, *value.if_true))]
    when_false = [] if known is True else [state.learning(value.if_false)]
    return when_true, when_false


def join(states: Sequence[State]) -> State:
    """Return what is known in all of some states."""
    first, *others = states
    if not others:
        return first
    something = first.something.intersection(*(other.something for other in others))
    bindings: dict[str, Value] = {}
    for key in dict.fromkeys(key for state in states for key in state.bindings):
        held = [state.bindings.get(key) for state in states]
        if all(value is held[0] for value in held):
            bindings[key] = held[0]  # type: ignore[assignment]  # some state binds the key, so all do
        elif None not in held or key.startswith("."):
            known = all(value is not None and state.knows(value) for value, state in zip(held, states, strict=True))
            bindings[key] = Value(is_something=known)
    return State(bindings, something)


def limited(states: Sequence[State]) -> list[State]:
    """Return the states without those that say no more than another one, and joined where they are too many."""
    kept: list[State] = []
    for state in states:
        if any(other.is_weaker(state) for other in kept):
            continue
        kept = [other for other in kept if not state.is_weaker(other)]
        kept.append(state)
        if len(kept) > _MOST_PATHS:
            kept = [join(kept)]
    return kept
