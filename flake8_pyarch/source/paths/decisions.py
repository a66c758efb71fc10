"""Tests on a path: what is known where one holds, and what where it does not."""

# What a `yield` gives has no type mypy could know.
# mypy: disable-error-code="no-any-return"

import ast
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar

from flake8_pyarch.source.paths.outcomes import Outcome, Outcomes, Purpose, is_none
from flake8_pyarch.source.paths.steps import DeadEndError, Steps
from flake8_pyarch.source.paths.values import NONE, Decision, State, Value, join, limited, truth

__all__ = ["Decisions", "is_test"]

_TEST_CALLS = frozenset({"all", "any", "bool", "callable", "isinstance"})
_MOST_ELEMENTS = 32


class Decisions(ABC):
    """Follows tests."""

    @abstractmethod
    def evaluate(self, node: ast.expr, state: State, purpose: Purpose = Purpose.HELD) -> Steps[Outcome]:
        """Return the value of an expression, and the state after it."""

    @abstractmethod
    def parts(self, node: ast.expr, state: State, purpose: Purpose) -> Steps[Outcome]:
        """Evaluate an expression that does something with each of its parts."""

    @abstractmethod
    def consume(self, value: Value, node: ast.expr, state: State, purpose: Purpose) -> Steps[State]:
        """Note what becomes of a value that `node` stands for, and return the state after that."""

    @abstractmethod
    def call(self, node: ast.Call, state: State, purpose: Purpose) -> Steps[Outcomes]:
        """Follow a call."""

    @abstractmethod
    def unpacked(self, target: ast.expr, value: Value, state: State) -> State:
        """Return the state after a local name, or a tuple of them, is assigned a value."""

    def decide(self, node: ast.expr, state: State) -> Steps[Decision]:
        """Return the states in which an expression is true, and those in which it is false."""
        return self._deciders.get(type(node), Decisions._decide_value)(self, node, state)

    def decide_each(self, node: ast.expr, states: Sequence[State]) -> Steps[Decision]:
        """Decide an expression in each of some states."""
        when_true: list[State] = []
        when_false: list[State] = []
        for state in states:
            try:
                decision = yield self.decide(node, state)
            except DeadEndError:
                continue
            when_true += decision[0]
            when_false += decision[1]
        return limited(when_true), limited(when_false)

    def _decide_value(self, node: ast.expr, state: State) -> Steps[Decision]:
        value, state = yield self.evaluate(node, state)
        return truth(value, state)

    def _decide_call(self, node: ast.Call, state: State) -> Steps[Decision]:
        when_true: list[State] = []
        when_false: list[State] = []
        for value, after in (yield self.call(node, state, Purpose.HELD)):
            decision = truth(value, after)
            when_true += decision[0]
            when_false += decision[1]
        return limited(when_true), limited(when_false)

    def _decide_not(self, node: ast.UnaryOp, state: State) -> Steps[Decision]:
        if not isinstance(node.op, ast.Not):
            return (yield self._decide_value(node, state))
        when_true, when_false = yield self.decide(node.operand, state)
        return when_false, when_true

    def _decide_and_or(self, node: ast.BoolOp, state: State) -> Steps[Decision]:
        is_or = isinstance(node.op, ast.Or)
        going_on = [state]
        ended: list[State] = []
        for operand in node.values:
            when_true, when_false = yield self.decide_each(operand, going_on)
            ended += when_true if is_or else when_false
            going_on = when_false if is_or else when_true
        return (limited(ended), going_on) if is_or else (going_on, limited(ended))

    def _decide_ternary(self, node: ast.IfExp, state: State) -> Steps[Decision]:
        first = yield self.decide(node.test, state)
        taken = yield self.decide_each(node.body, first[0])
        other = yield self.decide_each(node.orelse, first[1])
        return limited([*taken[0], *other[0]]), limited([*taken[1], *other[1]])

    def _decide_comparison(self, node: ast.Compare, state: State) -> Steps[Decision]:
        if len(node.ops) != 1:
            return (yield self._decide_value_of_parts(node, state))
        left, right, operator = node.left, node.comparators[0], node.ops[0]
        is_negative = isinstance(operator, (ast.IsNot, ast.NotEq, ast.NotIn))
        match operator:
            case ast.In() | ast.NotIn():
                decision = yield self._decide_membership(left, right, state)
            case ast.Is() | ast.IsNot() | ast.Eq() | ast.NotEq():
                decision = yield self._decide_equality(node, left, right, state)
            case _:
                decision = yield self._decide_length(node, left, right, state)
        when_true, when_false = decision
        return (when_false, when_true) if is_negative else (when_true, when_false)

    def _decide_value_of_parts(self, node: ast.Compare, state: State) -> Steps[Decision]:
        _, state = yield self.parts(node, state, Purpose.USED)
        return [state], [state]

    def _decide_equality(self, node: ast.Compare, left: ast.expr, right: ast.expr, state: State) -> Steps[Decision]:
        if isinstance(left, ast.Constant):
            left, right = right, left
        match right:
            case ast.Constant(value=None):
                value, state = yield self.evaluate(left, state)
                return is_none(value, state)
            case ast.Constant(value=bool(wanted)):
                value, state = yield self.evaluate(left, state)
                when_true, when_false = truth(value, state)
                other = [] if value.is_bool else [*when_true, *when_false]
                return (when_true, other or when_false) if wanted else (when_false, other or when_true)
            case ast.Constant(value=int()) if _is_length(left):
                return (yield self._decide_length(node, left, right, state))
        if is_test(left) and is_test(right):
            return (yield self._decide_sameness(left, right, state))
        is_identity = isinstance(node.ops[0], (ast.Is, ast.IsNot))
        purpose = Purpose.HELD if is_identity else Purpose.USED
        first, state = yield self.evaluate(_typed(left) or left, state, purpose)
        second, state = yield self.evaluate(right, state, purpose)
        if NONE in {first, second}:
            return is_none(second if first is NONE else first, state)
        is_something = second.is_something or _typed(left) is not None
        return [state.learning([first]) if is_something else state], [state]

    def _decide_sameness(self, left: ast.expr, right: ast.expr, state: State) -> Steps[Decision]:
        """Return the states in which two tests come to the same, and those in which they do not."""
        first = yield self.decide(left, state)
        second_if_true = yield self.decide_each(right, first[0])
        second_if_false = yield self.decide_each(right, first[1])
        return [*second_if_true[0], *second_if_false[1]], [*second_if_true[1], *second_if_false[0]]

    def _decide_length(self, node: ast.Compare, left: ast.expr, right: ast.expr, state: State) -> Steps[Decision]:
        """Decide `len(x) > 0` and its like as `x` itself is decided."""
        match node.ops[0], right:
            case (ast.Gt() | ast.NotEq() | ast.Eq()) as operator, ast.Constant(value=0) if _is_length(left):
                is_turned = not isinstance(operator, ast.Gt)
            case ast.GtE(), ast.Constant(value=1) if _is_length(left):
                is_turned = False
            case _:
                return (yield self._decide_value_of_parts(node, state))
        value, state = yield self.evaluate(left.args[0], state)  # type: ignore[attr-defined]  # a call of `len`
        if value.attribute is not None:
            state = yield self.consume(value, left, state, Purpose.USED)
        when_true, when_false = truth(value, state)
        return (when_false, when_true) if is_turned else (when_true, when_false)

    def _decide_membership(self, left: ast.expr, right: ast.expr, state: State) -> Steps[Decision]:
        container, state = yield self.evaluate(right, state)
        if isinstance(left, ast.Constant) and left.value is None:
            if container.elements is None and container.items is None:
                state = yield self.consume(container, right, state, Purpose.USED)
            return [state], [state.learning(_held_by(container))]
        held = list(_held_by(container))
        if NONE in held:
            value, state = yield self.evaluate(left, state)
            return [state], [state.learning([value])]
        state = yield self.consume(container, right, state, Purpose.USED)
        value, state = yield self.evaluate(left, state, Purpose.USED)
        return [state.learning([value])], [state]

    # Comprehensions

    def if_any(self, states: Sequence[State], node: ast.expr, purpose: Purpose) -> Steps[Outcomes]:
        """Evaluate an expression where some path comes to it and goes on after it."""
        if not states:
            return []
        try:
            return [(yield self.evaluate(node, join(states), purpose))]
        except DeadEndError:
            return []

    def listed(self, node: ast.expr, state: State) -> Steps[tuple[Value, ...] | None]:
        """Return what a comprehension goes through, where that is written out."""
        if not isinstance(node, (ast.ListComp, ast.SetComp, ast.GeneratorExp)) or len(node.generators) != 1:
            return None
        try:
            value, _ = yield self.evaluate(node.generators[0].iter, state, Purpose.HELD)
        except DeadEndError:
            return None
        elements: tuple[Value, ...] | None = value.elements
        return elements if elements is not None and len(elements) <= _MOST_ELEMENTS else None

    def quantified(
        self,
        node: ast.expr | None,
        elements: Sequence[Value],
        state: State,
        *,
        for_all: bool = False,
        counts_elements: bool = False,
    ) -> Steps[Decision]:
        """Return the states in which one element passes a test, or all do, and those in which that is not so.

        Arguments:
            node: the comprehension that tests them, None where they themselves are true or false.
            elements: the elements.
            state: the state before.
            for_all: whether all have to pass.
            counts_elements: whether an element passes as soon as the comprehension takes it.

        """
        going_on = [state]
        decided: list[State] = []
        for element in elements:
            passing, failing = [], []
            for each in going_on:
                if node is None:
                    passed, failed = truth(element, each)
                else:
                    passed, failed = yield self._taken(
                        node, element, each, for_all=for_all, counts_elements=counts_elements
                    )
                passing += passed
                failing += failed
            decided += failing if for_all else passing
            going_on = limited(passing if for_all else failing)
        return (going_on, limited(decided)) if for_all else (limited(decided), going_on)

    def _taken(
        self, node: ast.expr, element: Value, state: State, *, for_all: bool, counts_elements: bool
    ) -> Steps[Decision]:
        (generator,) = node.generators  # type: ignore[attr-defined]  # `listed` takes nothing but comprehensions
        inside = [self.unpacked(generator.target, element, state)]
        left_out: list[State] = []
        for condition in generator.ifs:
            inside, outside = yield self.decide_each(condition, inside)
            left_out += outside
        failing: list[State] = []
        if not counts_elements:
            inside, failing = yield self.decide_each(node.elt, inside)  # type: ignore[attr-defined]
        elif inside:
            yield self.if_any(inside, node.elt, Purpose.HELD)  # type: ignore[attr-defined]
        passing = [*inside, *left_out] if for_all else inside
        failing = failing if for_all else [*failing, *left_out]
        return [each.within(state) for each in passing], [each.within(state) for each in failing]

    _deciders: ClassVar[dict[type[ast.expr], Callable[..., Steps[Decision]]]] = {
        ast.BoolOp: _decide_and_or,
        ast.Call: _decide_call,
        ast.Compare: _decide_comparison,
        ast.IfExp: _decide_ternary,
        ast.UnaryOp: _decide_not,
    }


def _held_by(container: Value) -> Iterator[Value]:
    yield from container.elements or ()
    yield from (key for key, _ in container.items or ())


def is_test(node: ast.expr) -> bool:
    """Tell whether an expression is True or False for sure."""
    pending = [node]
    while pending:
        part = pending.pop()
        match part:
            case ast.Compare():
                continue
            case ast.UnaryOp(op=ast.Not()):
                continue
            case ast.Call(func=ast.Name(id=name)) if name in _TEST_CALLS:
                continue
            case ast.BoolOp(values=values):
                pending += values
            case _:
                return False
    return True


def _is_length(node: ast.expr) -> bool:
    match node:
        case ast.Call(func=ast.Name(id="len"), args=[_]):
            return True
    return False


def _typed(node: ast.expr) -> ast.expr | None:
    """Return `x` of `type(x)`, None for anything else."""
    match node:
        case ast.Call(func=ast.Name(id="type"), args=[inner]):
            return inner
    return None
