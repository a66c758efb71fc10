"""What is known of the use-case objects of a function at one point of it."""

from collections.abc import Iterable
from enum import Enum, auto
from typing import NamedTuple

from mypy_pyarch.use_cases.models import UseCase

__all__ = ["Executed", "Objects", "State", "joined"]


class Executed(Enum):
    """Whether an object has been executed."""

    NO = auto()
    YES = auto()
    EITHER = auto()
    """On some paths it has, on others not."""

    UNKNOWN = auto()
    """Something went wrong on the way, and nobody knows whether that was before or after."""


class State(NamedTuple):
    """What is known of an object.

    Arguments:
        use_case: its class.
        surely: the inputs that are set on every path.
        perhaps: the inputs that are set on some path.
        executed: whether it has been executed.

    """

    use_case: UseCase
    surely: frozenset[str] = frozenset()
    perhaps: frozenset[str] = frozenset()
    executed: Executed = Executed.NO

    def having_set(self, inputs: Iterable[str]) -> "State":
        """Return the state after some inputs have been set."""
        return self._replace(surely=self.surely.union(inputs), perhaps=self.perhaps.union(inputs))

    def joined(self, other: "State") -> "State | None":
        """Return what is known where two paths meet, None for objects of two classes."""
        if self.use_case is not other.use_case:
            return None
        kinds = {self.executed, other.executed}
        is_unknown = Executed.UNKNOWN in kinds
        executed = Executed.UNKNOWN if is_unknown else kinds.pop() if len(kinds) == 1 else Executed.EITHER
        return State(self.use_case, self.surely & other.surely, self.perhaps | other.perhaps, executed)


class Objects:
    """The objects that the names of a function stand for.

    A name that stands for something else stands for None here; one that is not bound yet, or bound to Python's None, is
    left out. An object without a state is one that nothing is known of any more.
    """

    def __init__(self) -> None:
        self.names: dict[object, object | None] = {}
        self.states: dict[object, State] = {}
        self.is_dead = False
        """Whether no path leads here."""

    def copy(self) -> "Objects":
        """Return the same objects, to go on with on another path."""
        other = Objects()
        other.become(self)
        return other

    def become(self, other: "Objects") -> None:
        """Take over what is known on another path."""
        self.names, self.states, self.is_dead = dict(other.names), dict(other.states), other.is_dead

    def end(self) -> None:
        """Note that the path ends."""
        self.names, self.states, self.is_dead = {}, {}, True

    def forget(self, known: object | None) -> None:
        """Note that an object is out of sight: others may do anything with it."""
        if known is not None:
            self.states.pop(known, None)

    def drop_unnamed(self) -> None:
        """Leave out the objects that no name stands for."""
        named = set(self.names.values())
        self.states = {known: state for known, state in self.states.items() if known in named}

    def shape(self) -> object:
        """Return what is known, so that it compares equal to the same elsewhere."""
        names: dict[object, set[object]] = {}
        for name, known in self.names.items():
            names.setdefault(known if known in self.states else None, set()).add(name)
        states = {known: self.states[known] for known in names if known is not None}
        return self.is_dead, {(frozenset(of), states.get(known)) for known, of in names.items()}


_UNBOUND = object()


def joined(paths: Iterable[Objects]) -> Objects:
    """Return what is known where paths meet; a dead end if all of them are."""
    alive = [path for path in paths if not path.is_dead]
    if not alive:
        dead = Objects()
        dead.end()
        return dead
    result = alive[0]
    for other in alive[1:]:
        result = _joined(result, other)
    return result


def _joined(left: Objects, right: Objects) -> Objects:
    pairs = {
        name: (left.names.get(name, _UNBOUND), right.names.get(name, _UNBOUND)) for name in left.names | right.names
    }
    partners = _partners(pairs.values())
    result = Objects()
    met: dict[object, object] = {}
    for name, (held, held_there) in pairs.items():
        if held is None or held_there is None:
            result.names[name] = None
            continue
        one, other = _pair(held, held_there, partners)
        merged = one if one is other or other is _UNBOUND else other if one is _UNBOUND else None
        if merged is None:
            merged = met.setdefault((one, other), object())
        result.names[name] = merged
        if len(partners[one]) <= 1 and len(partners[other]) <= 1:
            state = _state(left.states.get(one), right.states.get(other), one, other)
            if state is not None:
                result.states[merged] = state
    for known in left.states.keys() & right.states.keys() - partners.keys():
        state = left.states[known].joined(right.states[known])
        if state is not None:
            result.states[known] = state
    return result


def _partners(pairs: Iterable[tuple[object | None, object | None]]) -> dict[object, set[object | None]]:
    """Return for each object of one path the objects of the other that share a name with it.

    More than one means that two names stand for the same object on one path only.
    """
    found: dict[object, set[object | None]] = {_UNBOUND: set()}
    for one, other in pairs:
        for known, partner in ((one, other), (other, one)):
            if known is not None and known is not _UNBOUND:
                found.setdefault(known, set()).update(() if partner is _UNBOUND else (partner,))
    return found


def _pair(one: object, other: object, partners: dict[object, set[object | None]]) -> tuple[object, object]:
    """Complete a pair of which one name is not bound by what the other shares another name with."""
    if one is _UNBOUND and len(partners[other]) == 1:
        (partner,) = partners[other]
        return (partner, other) if partner is not None else (one, other)
    if other is _UNBOUND and len(partners[one]) == 1:
        (partner,) = partners[one]
        return (one, partner) if partner is not None else (one, other)
    return one, other


def _state(left: State | None, right: State | None, one: object, other: object) -> State | None:
    if one is _UNBOUND:
        return right
    if other is _UNBOUND:
        return left
    return left.joined(right) if left is not None and right is not None else None
