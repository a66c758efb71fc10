"""Statements on a path: where it goes on, and where it leaves."""

# What a `yield` gives has no type mypy could know.
# mypy: disable-error-code="no-any-return"

import ast
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from flake8_pyarch.source.classes import ClassModel, Function
from flake8_pyarch.source.paths.calls import Calls
from flake8_pyarch.source.paths.outcomes import Arguments, Outcome, Outcomes, Purpose, is_none, merged
from flake8_pyarch.source.paths.steps import DeadEndError, Steps
from flake8_pyarch.source.paths.values import (
    FALSE,
    NONE,
    YIELDED,
    Decision,
    State,
    Value,
    attribute_key,
    join,
    limited,
)
from flake8_pyarch.source.syntax import last_name, own_nodes

if TYPE_CHECKING:
    from flake8_pyarch.source.module import Module

__all__ = ["Exit", "Statements"]

_MOST_CALLS = 16
_MOST_ELEMENTS = 32
_ROUNDS = 2


class Exit(NamedTuple):
    """A way out of a function.

    Arguments:
        statement: the `return`, None for the end of the body.
        value: what is returned.
        state: what is known then.

    """

    statement: ast.Return | None
    value: Value
    state: State


class _Ways(NamedTuple):
    """The ways out of a block, other than past its end."""

    returned: list[Exit]
    raised: list[State]
    broken: list[State]
    continued: list[State]

    def raise_at(self, state: State) -> None:
        """Note that something may be raised where this much is known."""
        if not self.raised or self.raised[-1] is not state:
            self.raised.append(state)


class Statements(Calls):
    """Follows statements and functions."""

    def __init__(self, module: "Module", lineage: Sequence[ClassModel], watched: Collection[str]) -> None:
        super().__init__(module, lineage, watched)
        self._generators: dict[Function | ast.Lambda, bool] = {}

    _ways = _Ways([], [], [], [])
    """Where the statement that is being followed may leave."""

    _active: tuple[Function | ast.Lambda, ...] = ()
    """The functions that are being followed, each called by the one before."""

    _returned = Purpose.HELD
    """What becomes of what the first of them returns."""

    def attribute(self, name: str, state: State) -> Steps[Outcome]:
        """Return what an attribute of the object is."""
        for model in self.lineage:
            method = next((each for each in reversed(model.all_methods) if each.name == name), None)
            if method is None:
                continue
            getter = next((each for each in model.all_methods if each.name == name and _is_getter(each)), None)
            if getter is None:
                return Value(function=method), state
            return merged((yield self.enter(getter, state, ([], {}))))
        if name == "__dict__":
            self.lose_sight()
        bound = state.bindings.get(attribute_key(name)) or (yield self._first_value(name))
        return bound, state

    def _first_value(self, name: str) -> Steps[Value]:
        """Return what an attribute holds before anything has run: for a constant of the class what it is."""
        places = [place for model in self.lineage for place in model.attributes.get(name, [])]
        if name not in self.watched and len(places) == 1 and places[0].method is None:
            return (yield self.constant(places[0].value, places[0].node))
        return self.first_value(name)

    # Functions

    def follow(self, function: Function | ast.Lambda, returned: Purpose) -> Steps[list[Exit]]:
        """Follow a function from outside, and return the ways out of it."""
        bindings = {attribute_key(name): value for name, value in self.watched.items()}
        bindings |= self.parameters(function, None)
        return (yield self._body(function, State(bindings, frozenset()), returned))

    def enter(
        self, function: Function | ast.Lambda, state: State, arguments: Arguments | None = None
    ) -> Steps[Outcomes]:
        """Follow a function of this file as it is called; the arguments are None where they cannot be told."""
        if function in self._active or len(self._active) >= _MOST_CALLS:
            return [(Value(may_be_object=True), state)]
        if not self.is_followed(function):
            return [(Value(may_be_object=True), self.nothing_certain(state))]
        is_nested = isinstance(function, ast.Lambda) or function in self._nested(state)
        bindings = dict(state.bindings) if is_nested else dict(state.attributes)
        inside = State(bindings | self.parameters(function, arguments), state.something)
        outer = self._ways
        shared = _shared_names(function) if is_nested else ()
        exits = yield self._body(function, inside, Purpose.HELD)
        raised, self._ways = self._ways.raised, outer
        if raised:
            outer.raise_at(_outside(join(limited(raised)), state, shared))
        if self.never_returns(function):
            return []
        makes_generator = self._is_generator(function)
        return [
            (_generator(left.state) if makes_generator else left.value, _outside(left.state, state, shared))
            for left in exits
        ]

    def _is_generator(self, function: Function | ast.Lambda) -> bool:
        known = self._generators.get(function)
        if known is None:
            body = function.body if isinstance(function.body, list) else [function.body]
            known = any(isinstance(node, (ast.Yield, ast.YieldFrom)) for node in own_nodes(body))
            self._generators[function] = known
        return known

    def _nested(self, state: State) -> Iterator[Function | ast.Lambda | None]:
        return (value.function for key, value in state.bindings.items() if not key.startswith("."))

    def _body(self, function: Function | ast.Lambda, state: State, returned: Purpose) -> Steps[list[Exit]]:
        """Follow the body of a function; `_ways` are then those out of it."""
        before = self._active
        ways = self._ways = _Ways([], [], [], [])
        self._active = (*before, function)
        if isinstance(function, ast.Lambda):
            try:
                value, after = yield self.evaluate(function.body, state, returned)
            except DeadEndError:
                exits = []
            else:
                exits = [Exit(None, value, after)]
        else:
            if not before:
                self._returned = returned
            ends = yield self.block(function.body, [state.bound(YIELDED, FALSE)], ways)
            exits = [*ways.returned, *(Exit(None, NONE, end) for end in ends)]
        self._active, self._ways = before, ways
        return exits

    # Blocks

    def block(self, body: Sequence[ast.stmt], states: Sequence[State], ways: _Ways) -> Steps[list[State]]:
        """Follow statements from each of some states, and return the states after the last one."""
        going_on = limited(states)
        for statement in body:
            if not going_on:
                break
            follow = self._followers.get(type(statement))
            if follow is None:
                continue
            after: list[State] = []
            for state in going_on:
                self._ways = ways
                if not _is_harmless(statement):
                    ways.raise_at(state)
                try:
                    after += yield follow(self, statement, state, ways)
                except DeadEndError:
                    continue
            going_on = limited(after)
        return going_on

    def _expression(self, node: ast.Expr, state: State, _ways: _Ways) -> Steps[list[State]]:
        if isinstance(node.value, ast.Constant):
            return [state]
        if isinstance(node.value, ast.Call):
            return [after for _, after in (yield self.call(node.value, state, Purpose.HELD))]
        _, state = yield self.evaluate(node.value, state)
        return [state]

    def _assignment(self, node: ast.Assign, state: State, _ways: _Ways) -> Steps[list[State]]:
        return [(yield self._assigned(node.targets, node.value, state))]

    def _annotated(self, node: ast.AnnAssign, state: State, _ways: _Ways) -> Steps[list[State]]:
        if node.value is None:
            return [state]
        return [(yield self._assigned([node.target], node.value, state))]

    def _assigned(self, targets: Sequence[ast.expr], node: ast.expr, state: State) -> Steps[State]:
        stays_here = all(isinstance(target, (ast.Name, ast.Tuple, ast.List)) for target in targets)
        value, state = yield self.evaluate(node, state, Purpose.HELD if stays_here else Purpose.PASSED)
        for target in targets:
            if isinstance(target, (ast.Attribute, ast.Subscript)):
                _, state = yield self.evaluate(target.value, state, Purpose.USED)
            elif isinstance(target, (ast.Tuple, ast.List)) and value.elements is None:
                state = yield self.consume(value, node, state, Purpose.USED)
            state = self.unpacked(target, value, state)
        return state

    def _augmented(self, node: ast.AugAssign, state: State, _ways: _Ways) -> Steps[list[State]]:
        old, state = yield self.evaluate(node.target, state)
        added, state = yield self.evaluate(node.value, state, Purpose.USED)
        if old.elements is not None or old.truth is not None:
            return [self.grown(old, state, is_true=True if old.is_true or added.is_true else None)]
        state = yield self.consume(old, node.target, state, Purpose.USED)
        return [self.unpacked(node.target, Value(is_something=True), state)]

    def _deletion(self, node: ast.Delete, state: State, _ways: _Ways) -> Steps[list[State]]:
        for target in node.targets:
            if isinstance(target, ast.Name):
                state = state.unbound(target.id)
        return [state]
        yield

    def _import(self, node: ast.Import | ast.ImportFrom, state: State, _ways: _Ways) -> Steps[list[State]]:
        for alias in node.names:
            state = state.unbound(alias.asname or alias.name.partition(".")[0])
        return [state]
        yield

    def _definition(self, node: Function, state: State, _ways: _Ways) -> Steps[list[State]]:
        for default in (*node.decorator_list, *node.args.defaults, *filter(None, node.args.kw_defaults)):
            _, state = yield self.evaluate(default, state)
        return [state.bound(node.name, Value(function=node))]

    def _class(self, node: ast.ClassDef, state: State, _ways: _Ways) -> Steps[list[State]]:
        return [state.bound(node.name, self.unknown(node))]
        yield

    def _return(self, node: ast.Return, state: State, ways: _Ways) -> Steps[list[State]]:
        value = NONE
        if node.value is not None:
            purpose = self._returned if len(self._active) == 1 else Purpose.HELD
            value, state = yield self.evaluate(node.value, state, purpose)
        ways.returned.append(Exit(node, value, state))
        return []

    def _raise(self, _node: ast.Raise, _state: State, _ways: _Ways) -> Steps[list[State]]:
        return []
        yield

    def _break(self, _node: ast.Break, state: State, ways: _Ways) -> Steps[list[State]]:
        ways.broken.append(state)
        return []
        yield

    def _continue(self, _node: ast.Continue, state: State, ways: _Ways) -> Steps[list[State]]:
        ways.continued.append(state)
        return []
        yield

    def _assertion(self, node: ast.Assert, state: State, ways: _Ways) -> Steps[list[State]]:
        when_true, when_false = yield self.decide(node.test, state)
        for failed in when_false:
            ways.raise_at(failed)
        return when_true

    # Branches

    def _if(self, node: ast.If, state: State, ways: _Ways) -> Steps[list[State]]:
        after: list[State] = []
        pending: list[ast.stmt] = [node]
        while len(pending) == 1 and isinstance(pending[0], ast.If):
            # An `elif` is an `if` alone in the `else` before it; there may be thousands.
            branch = pending[0]
            self._ways = ways
            try:
                when_true, when_false = yield self.decide(branch.test, state)
            except DeadEndError:
                return after
            after = limited([*after, *(yield self.block(branch.body, when_true, ways))])
            if not when_false:
                return after
            pending = branch.orelse
            if len(when_false) > 1:
                return [*after, *(yield self.block(pending, when_false, ways))]
            (state,) = when_false
        return [*after, *(yield self.block(pending, [state], ways))]

    def _match(self, node: ast.Match, state: State, ways: _Ways) -> Steps[list[State]]:
        subject, state = yield self.evaluate(node.subject, state)
        going_on = [state]
        after: list[State] = []
        for case in node.cases:
            matching: list[State] = []
            failing: list[State] = []
            for each in going_on:
                matched, failed = yield self._pattern(case.pattern, subject, each)
                matching += matched
                failing += failed
            if case.guard is not None:
                matching, refused = yield self.decide_each(case.guard, matching)
                failing += refused
            going_on = limited(failing)
            after += yield self.block(case.body, matching, ways)
        return [*after, *going_on]

    def _pattern(self, pattern: ast.pattern, value: Value, state: State) -> Steps[Decision]:
        """Return the states in which a value matches a pattern, and those in which it does not."""
        match pattern:
            case ast.MatchSingleton(value=None):
                return is_none(value, state)
            case ast.MatchAs(pattern=None, name=name):
                return [state if name is None else state.bound(name, value)], []
            case ast.MatchAs(pattern=ast.pattern() as inner, name=name):
                matched, failed = yield self._pattern(inner, value, state)
                return [each.bound(name or "", value) for each in matched], failed
            case ast.MatchOr(patterns=patterns):
                return (yield self._alternatives(patterns, value, state))
            case ast.MatchSequence(patterns=patterns) if value.elements is not None:
                if not any(isinstance(each, ast.MatchStar) for each in patterns):
                    return (yield self._sequence(patterns, value.elements, state))
        bound = state
        for name in _captured(pattern):
            bound = bound.bound(name, Value())
        is_object = isinstance(pattern, ast.MatchClass) and isinstance(pattern.cls, ast.Name)
        allows_none = is_object and pattern.cls.id in {"object", "NoneType"}  # type: ignore[attr-defined]
        return [bound if allows_none else bound.learning([value])], [state]

    def _alternatives(self, patterns: Sequence[ast.pattern], value: Value, state: State) -> Steps[Decision]:
        going_on = [state]
        matching: list[State] = []
        for pattern in patterns:
            failing: list[State] = []
            for each in going_on:
                matched, failed = yield self._pattern(pattern, value, each)
                matching += matched
                failing += failed
            going_on = limited(failing)
        return limited(matching), going_on

    def _sequence(self, patterns: Sequence[ast.pattern], elements: Sequence[Value], state: State) -> Steps[Decision]:
        if len(patterns) != len(elements):
            return [], [state]
        matching = [state]
        failing: list[State] = []
        for pattern, element in zip(patterns, elements, strict=True):
            still: list[State] = []
            for each in matching:
                matched, failed = yield self._pattern(pattern, element, each)
                still += matched
                failing += failed
            matching = limited(still)
        return matching, limited(failing)

    # Loops

    def _while(self, node: ast.While, state: State, ways: _Ways) -> Steps[list[State]]:
        inside = ways._replace(broken=[], continued=[])
        finished: list[State] = []
        entering = [state]
        for _ in range(_ROUNDS):
            self._ways = ways
            when_true, when_false = yield self.decide_each(node.test, entering)
            finished += when_false
            entering = limited([*(yield self.block(node.body, when_true, inside)), *inside.continued])
            inside.continued.clear()
            if not entering:
                break
        else:
            self._ways = ways
            _, when_false = yield self.decide_each(node.test, [join(entering)])
            finished += when_false
        after = yield self.block(node.orelse, finished, ways)
        return [*after, *inside.broken]

    def _for(self, node: ast.For | ast.AsyncFor, state: State, ways: _Ways) -> Steps[list[State]]:
        iterated, state = yield self.evaluate(node.iter, state)
        inside = ways._replace(broken=[], continued=[])
        elements = iterated.elements
        if elements is None and iterated.items is not None:
            elements = tuple(key for key, _ in iterated.items)
        if elements is not None and len(elements) <= _MOST_ELEMENTS:
            finished = [state]
            for element in elements:
                entering = [self.unpacked(node.target, element, each) for each in finished]
                finished = limited([*(yield self.block(node.body, entering, inside)), *inside.continued])
                inside.continued.clear()
        else:
            state = yield self.consume(iterated, node.iter, state, Purpose.USED)
            finished = entering = [state]
            for _ in range(_ROUNDS):
                started = [self.unpacked(node.target, self.unknown(node), each) for each in entering]
                entering = limited([*(yield self.block(node.body, started, inside)), *inside.continued])
                inside.continued.clear()
                finished = limited([*finished, *entering])
        after = yield self.block(node.orelse, finished, ways)
        return [*after, *inside.broken]

    # Blocks that guard others

    def _try(self, node: ast.Try, state: State, ways: _Ways) -> Steps[list[State]]:
        around = _Ways([], [], [], []) if node.finalbody else ways
        inside = around._replace(raised=[])
        going_on = yield self.block(node.body, [state], inside)
        caught = [join(limited(inside.raised))] if inside.raised else []
        after = yield self.block(node.orelse, going_on, around)
        for handler in node.handlers:
            entering = [each.bound(handler.name, Value(is_something=True)) if handler.name else each for each in caught]
            after += yield self.block(handler.body, entering, around)
        for each in caught:
            around.raise_at(each)
        return (yield self._finally(node, limited(after), around, ways)) if node.finalbody else after

    def _finally(self, node: ast.Try, after: list[State], around: _Ways, ways: _Ways) -> Steps[list[State]]:
        body = node.finalbody
        for left in around.returned:
            ends = yield self.block(body, [left.state], ways)
            ways.returned.extend(left._replace(state=end) for end in ends)
        ways.broken.extend((yield self.block(body, around.broken, ways)))
        ways.continued.extend((yield self.block(body, around.continued, ways)))
        if around.raised:
            for end in (yield self.block(body, [join(limited(around.raised))], ways)):
                ways.raise_at(end)
        return (yield self.block(body, after, ways))

    def _with(self, node: ast.With | ast.AsyncWith, state: State, ways: _Ways) -> Steps[list[State]]:
        suppresses = False
        for item in node.items:
            suppresses = suppresses or _suppresses(item.context_expr)
            value, state = yield self.evaluate(item.context_expr, state)
            if item.optional_vars is not None:
                state = self.unpacked(item.optional_vars, Value(), state)
            state = yield self.consume(value, item.context_expr, state, Purpose.USED)
        inside = ways._replace(raised=[]) if suppresses else ways
        after: list[State] = yield self.block(node.body, [state], inside)
        return [*after, join(limited(inside.raised))] if suppresses and inside.raised else after

    _followers: ClassVar[dict[type[ast.stmt], Callable[..., Steps[list[State]]]]] = {
        ast.AnnAssign: _annotated,
        ast.Assert: _assertion,
        ast.Assign: _assignment,
        ast.AsyncFor: _for,
        ast.AsyncFunctionDef: _definition,
        ast.AsyncWith: _with,
        ast.AugAssign: _augmented,
        ast.Break: _break,
        ast.ClassDef: _class,
        ast.Continue: _continue,
        ast.Delete: _deletion,
        ast.Expr: _expression,
        ast.For: _for,
        ast.FunctionDef: _definition,
        ast.If: _if,
        ast.Import: _import,
        ast.ImportFrom: _import,
        ast.Match: _match,
        ast.Raise: _raise,
        ast.Return: _return,
        ast.Try: _try,
        ast.TryStar: _try,
        ast.While: _while,
        ast.With: _with,
    }


def _generator(end: State) -> Value:
    """Return what a generator gives, as far as it matters: something, or nothing at all."""
    return Value(truth=end.bindings[YIELDED].is_true if YIELDED in end.bindings else None, is_something=True)


def _outside(inner: State, outer: State, shared: Iterable[str]) -> State:
    """Return the state after a call: the names of the caller, and the attributes as the function left them."""
    kept = {key: value for key, value in outer.bindings.items() if not key.startswith(".")}
    changed = {name: inner.bindings[name] for name in shared if name in inner.bindings}
    return State({**kept, **changed, **dict(inner.attributes)}, inner.something)


def _shared_names(function: Function | ast.Lambda) -> list[str]:
    """Return the names of the function round it that a nested function assigns."""
    body = function.body if isinstance(function.body, list) else ()
    return [name for node in own_nodes(body) if isinstance(node, ast.Nonlocal) for name in node.names]


def _is_getter(method: Function) -> bool:
    return any(last_name(decorator) in {"property", "cached_property"} for decorator in method.decorator_list)


def _is_harmless(statement: ast.stmt) -> bool:
    """Tell whether nothing can go wrong in a statement."""
    match statement:
        case ast.Break() | ast.Continue() | ast.Try() | ast.TryStar():
            return True
        case ast.Return(value=None | ast.Name() | ast.Constant()):
            return True
    return False


def _suppresses(context: ast.expr) -> bool:
    match context:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            return name in {"suppress", "raises", "assertRaises"}
    return False


def _captured(pattern: ast.pattern) -> Iterator[str]:
    for node in own_nodes([pattern]):
        match node:
            case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)) | ast.MatchMapping(rest=str(name)):
                yield name
