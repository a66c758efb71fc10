"""Outcomes: what an expression comes to on the paths through it, and what becomes of a value that is read."""

import ast
from enum import Enum, auto
from typing import NamedTuple

from flake8_pyarch.source.paths.steps import DeadEndError
from flake8_pyarch.source.paths.values import FALSE, NONE, TRUE, Decision, State, Value, join, truth

__all__ = ["Arguments", "Outcome", "Outcomes", "Purpose", "Read", "as_outcomes", "is_none", "merged"]

Outcome = tuple[Value, State]
Outcomes = list[Outcome]
Arguments = tuple[list[Value], dict[str, Value]]
"""The values of the positional arguments of a call, and those of its keywords."""


class Purpose(Enum):
    """What becomes of a value that is read."""

    HELD = auto()
    """It is given a name, put into a container, or tested."""
    USED = auto()
    """Something is done with it that None would not bear."""
    PASSED = auto()
    """It is handed to somebody who may do anything with it."""
    RETURNED = auto()
    """It is what the followed function returns."""


class Read(NamedTuple):
    """A place that reads an attribute which may still be what it was before anything ran.

    Arguments:
        attribute: the attribute.
        node: the expression that reads it: `self._x`, or a local name for its value.
        purpose: what becomes of it.

    """

    attribute: str
    node: ast.expr
    purpose: Purpose


def is_none(value: Value, state: State) -> Decision:
    """Return the states in which a value is None, and those in which it is not."""
    if value is NONE:
        return [state], []
    # What is None is false, too.
    return ([] if state.knows(value) else [state.learning(value.if_false)]), [state.learning([value])]


def as_outcomes(decision: Decision) -> Outcomes:
    """Return the outcomes of a test: True, and False."""
    return [*((TRUE, state) for state in decision[0]), *((FALSE, state) for state in decision[1])]


def merged(outcomes: Outcomes) -> Outcome:
    """Return one outcome for several, with what is known of the value in all of them.

    Raises:
        DeadEndError: there is none.

    """
    if not outcomes:
        raise DeadEndError
    if len(outcomes) == 1:
        return outcomes[0]
    state = join([after for _, after in outcomes])
    first = outcomes[0][0]
    if all(value is first for value, _ in outcomes):
        return first, state
    when_true: list[State] = []
    when_false: list[State] = []
    for value, after in outcomes:
        decision = truth(value, after)
        when_true += decision[0]
        when_false += decision[1]
    value = Value(
        is_something=all(after.knows(value) for value, after in outcomes),
        is_bool=all(value.is_bool for value, _ in outcomes),
        may_be_object=all(value.is_object or value.may_be_object for value, _ in outcomes),
        truth=None if when_true and when_false else bool(when_true),
        if_true=join(when_true).something - state.something if when_true else frozenset(),
        if_false=join(when_false).something - state.something if when_false else frozenset(),
    )
    return value, state
