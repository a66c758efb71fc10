"""Expressions on a path: the value of each."""

# What a `yield` gives has no type mypy could know.
# mypy: disable-error-code="no-any-return"

import ast
from abc import abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar

from flake8_pyarch.source.classes import ClassModel, Function
from flake8_pyarch.source.paths.decisions import Decisions, is_test
from flake8_pyarch.source.paths.outcomes import Arguments, Outcome, Outcomes, Purpose, Read, as_outcomes, merged
from flake8_pyarch.source.paths.steps import Steps
from flake8_pyarch.source.paths.values import NONE, TRUE, YIELDED, State, Value, attribute_key, join, limited, literal

if TYPE_CHECKING:
    from flake8_pyarch.source.module import Module

__all__ = ["Expressions"]

_SOMETHING = (
    *(ast.JoinedStr, ast.Tuple, ast.List, ast.Set, ast.Dict, ast.BinOp, ast.Compare, ast.Lambda, ast.Slice),
    *(ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp),
)


class Expressions(Decisions):
    """Follows expressions.

    Arguments:
        module: the file.
        lineage: the class whose method is followed, and its ancestors in the file.
        watched: the attributes whose reads matter.

    Attributes:
        reads: the reads that were met.
        handed: the values that were handed to the function being followed, each with the argument that handed it:
            there it is read, whatever the function calls it.

    """

    def __init__(self, module: "Module", lineage: Sequence[ClassModel], watched: Collection[str]) -> None:
        self.module = module
        self.lineage = lineage
        self.object = Value(is_object=True)
        self.reads: list[Read] = []
        self._sees = True
        self.handed: dict[Value, ast.expr] = {}
        self.watched = {name: Value(attribute=name) for name in watched}
        self._first_values: dict[str, Value] = {}
        self._values_of_nodes: dict[ast.AST, Value] = {}

    @abstractmethod
    def enter(
        self, function: Function | ast.Lambda, state: State, arguments: Arguments | None = None
    ) -> Steps[Outcomes]:
        """Follow a function of this file as it is called; the arguments are None where they cannot be told."""

    @abstractmethod
    def attribute(self, name: str, state: State) -> Steps[Outcome]:
        """Return what an attribute of the object is."""

    # Evaluation

    def evaluate(self, node: ast.expr, state: State, purpose: Purpose = Purpose.HELD) -> Steps[Outcome]:
        """Return the value of an expression, and the state after it.

        Raises:
            DeadEndError: there is no value, for nothing goes on after it.

        """
        return self._evaluators.get(type(node), Expressions.parts)(self, node, state, purpose)

    def unknown(self, node: ast.AST) -> Value:
        """Return a value of which nothing is known, the same one for each time a path comes past `node`."""
        value = self._values_of_nodes.get(node)
        if value is None:
            value = self._values_of_nodes[node] = Value(is_something=isinstance(node, _SOMETHING))
        return value

    def first_value(self, name: str) -> Value:
        """Return what an attribute holds before anything has run."""
        return self.watched.get(name) or self._first_values.setdefault(name, Value())

    def nothing_certain(self, state: State) -> State:
        """Return the state after something nobody sees through, which may have checked every attribute."""
        return state.learning(self.watched.values())

    def lose_sight(self) -> None:
        """Give up on what follows: attributes are read in a way that does not show which ones."""
        self._sees = False

    def consume(self, value: Value, node: ast.expr, state: State, purpose: Purpose) -> Steps[State]:
        """Note what becomes of a value that `node` stands for, and return the state after that."""
        if purpose is Purpose.HELD:
            return state
        if value.attribute in self.watched and self._sees and not state.knows(value):
            place = self.handed.get(value, node) if isinstance(node, ast.Name) else node
            self.reads.append(Read(value.attribute or "", place, purpose))
            state = state.learning([value])
        if purpose is Purpose.PASSED:
            if value.is_object:
                state = self.nothing_certain(state)
            if value.function is not None:
                yield self.enter(value.function, state)
        for element in value.elements or ():
            state = yield self.consume(element, node, state, purpose)
        for _, element in value.items or ():
            state = yield self.consume(element, node, state, purpose)
        return state

    def _name(self, node: ast.Name, state: State, purpose: Purpose) -> Steps[Outcome]:
        value = state.bindings.get(node.id) or (yield self._outer(node))
        state = yield self.consume(value, node, state, purpose)
        return value, state

    def _outer(self, name: ast.Name) -> Steps[Value]:
        """Return what a name that is not local stands for: a function, or what is written out, of the module."""
        if name.id in self.module.names.scope(self.module.tree).bindings:
            bindings = self.module.bindings(name)
            if len(bindings) == 1:
                return (yield self.constant(bindings[0], name))
        return self.unknown(name)

    def constant(self, binding: object, node: ast.AST) -> Steps[Value]:
        """Return the value that a module or a class body binds: a function, or something that is written out."""
        if isinstance(binding, (ast.FunctionDef, ast.AsyncFunctionDef)):
            return Value(function=binding)
        if isinstance(binding, (ast.Constant, ast.Tuple, ast.List, ast.Set, ast.Dict, ast.Lambda)):
            value, _ = yield self.evaluate(binding, State({}, frozenset()))
            return value
        return self.unknown(node)

    def _literal(self, node: ast.Constant, state: State, _purpose: Purpose) -> Steps[Outcome]:
        value = self._values_of_nodes.get(node)
        if value is None:
            value = NONE if node.value is None else literal(node.value)
            self._values_of_nodes[node] = value
        return value, state
        yield

    def owner(self, node: ast.Attribute, state: State) -> Steps[Outcome]:
        """Return the value whose attribute is taken; to take one of a container does nothing to its elements."""
        base, state = yield self.evaluate(node.value, state)
        if not base.is_container:
            state = yield self.consume(base, node.value, state, Purpose.USED)
        return base, state

    def _attribute(self, node: ast.Attribute, state: State, purpose: Purpose) -> Steps[Outcome]:
        base, state = yield self.owner(node, state)
        if base.is_object:
            value, state = yield self.attribute(node.attr, state)
        else:
            value = self.unknown(node)
        state = yield self.consume(value, node, state, purpose)
        return value, state

    def _call(self, node: ast.Call, state: State, purpose: Purpose) -> Steps[Outcome]:
        value, state = merged((yield self.call(node, state, purpose)))
        state = yield self.consume(value, node, state, purpose)
        return value, state

    def _container(self, node: ast.Tuple | ast.List | ast.Set, state: State, purpose: Purpose) -> Steps[Outcome]:
        elements: list[Value] = []
        is_whole = True
        purpose = _inside(purpose)
        for element in node.elts:
            inner = element.value if isinstance(element, ast.Starred) else element
            value, state = yield self.evaluate(inner, state, purpose)
            if inner is element:
                elements.append(value)
            else:
                is_whole = is_whole and value.elements is not None
                elements += value.elements or ()
        return (Value(elements=tuple(elements), is_something=True) if is_whole else self.unknown(node)), state

    def _dictionary(self, node: ast.Dict, state: State, purpose: Purpose) -> Steps[Outcome]:
        items: list[tuple[Value, Value]] = []
        purpose = _inside(purpose)
        for key, value in zip(node.keys, node.values, strict=True):
            held_key = NONE
            if key is not None:
                held_key, state = yield self.evaluate(key, state, Purpose.USED)
            held, state = yield self.evaluate(value, state, purpose)
            items.append((held_key, held))
        is_whole = None not in node.keys
        return (Value(items=tuple(items), is_something=True) if is_whole else self.unknown(node)), state

    def _walrus(self, node: ast.NamedExpr, state: State, purpose: Purpose) -> Steps[Outcome]:
        value, state = yield self.evaluate(node.value, state, purpose)
        return value, state.bound(node.target.id, value)

    def _awaited(self, node: ast.Await, state: State, purpose: Purpose) -> Steps[Outcome]:
        value, state = yield self.evaluate(node.value, state, purpose)
        if not isinstance(node.value, ast.Call):
            state = yield self.consume(value, node.value, state, Purpose.USED)
        return value, state

    def _starred(self, node: ast.Starred, state: State, purpose: Purpose) -> Steps[Outcome]:
        return (yield self.evaluate(node.value, state, purpose))

    def _lambda(self, node: ast.Lambda, state: State, purpose: Purpose) -> Steps[Outcome]:
        value = Value(function=node, is_something=True)
        return value, (yield self.consume(value, node, state, purpose))

    def _ternary(self, node: ast.IfExp, state: State, purpose: Purpose) -> Steps[Outcome]:
        when_true, when_false = yield self.decide(node.test, state)
        found: Outcomes = []
        for states, branch in ((when_true, node.body), (when_false, node.orelse)):
            found += yield self.if_any(states, branch, purpose)
        return merged(found)

    def _operation(self, node: ast.UnaryOp, state: State, purpose: Purpose) -> Steps[Outcome]:
        follow = self._test if isinstance(node.op, ast.Not) else self.parts
        return (yield follow(node, state, purpose))

    def _test(self, node: ast.expr, state: State, _purpose: Purpose) -> Steps[Outcome]:
        return merged(as_outcomes((yield self.decide(node, state))))

    def _and_or(self, node: ast.BoolOp, state: State, purpose: Purpose) -> Steps[Outcome]:
        """Evaluate `a or b` to what it hands on: `b` where `a` is false, and something where `a` is true."""
        if is_test(node):
            return (yield self._test(node, state, purpose))
        is_or = isinstance(node.op, ast.Or)
        going_on = [state]
        ended: list[State] = []
        for operand in node.values[:-1]:
            decisions = yield self.decide_each(operand, going_on)
            ended += decisions[0] if is_or else decisions[1]
            going_on = decisions[1] if is_or else decisions[0]
        last: Outcomes = yield self.if_any(going_on, node.values[-1], purpose)
        if not last:
            return merged([(Value(is_something=is_or), each) for each in limited(ended)])
        if not ended:
            return last[0]
        value, after = last[0]
        known = is_or and after.knows(value)
        kept = value if value.attribute in self.watched and is_or else Value(is_something=known)
        return kept, join([after, *ended])

    def _yield(self, node: ast.Yield | ast.YieldFrom, state: State, _purpose: Purpose) -> Steps[Outcome]:
        if node.value is not None:
            _, state = yield self.evaluate(node.value, state, Purpose.PASSED)
        return self.unknown(node), state.bound(YIELDED, TRUE if isinstance(node, ast.Yield) else Value())

    def _element(self, node: ast.Subscript, state: State, purpose: Purpose) -> Steps[Outcome]:
        base, state = yield self.evaluate(node.value, state, Purpose.HELD)
        index, state = yield self.evaluate(node.slice, state, Purpose.USED)
        if base.elements is not None and isinstance(index.literal, int):
            if -len(base.elements) <= index.literal < len(base.elements):
                value = base.elements[index.literal]
                return value, (yield self.consume(value, node, state, purpose))
        elif base.items is None and base.elements is None:
            state = yield self.consume(base, node.value, state, Purpose.USED)
        return self.unknown(node), state

    def parts(self, node: ast.expr, state: State, _purpose: Purpose) -> Steps[Outcome]:
        """Evaluate an expression that does something with each of its parts, and is nothing that matters itself."""
        texts: list[object] = []
        for part in _parts_of(node):
            value, state = yield self.evaluate(part, state, Purpose.USED)
            texts.append(value.literal)
        if isinstance(node, (ast.JoinedStr, ast.BinOp)) and all(isinstance(text, str) for text in texts):
            if isinstance(node, ast.JoinedStr) or isinstance(node.op, ast.Add):
                return Value(literal="".join(map(str, texts)), is_something=True), state
        elif (
            isinstance(node, ast.FormattedValue)
            and node.format_spec is None
            and node.conversion < 0
            and isinstance(texts[0], str)
        ):
            return Value(literal=texts[0], is_something=True), state
        return self.unknown(node), state

    # Comprehensions

    def _comprehension(
        self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp, state: State, _purpose: Purpose
    ) -> Steps[Outcome]:
        elements = yield self.listed(node, state)
        if elements is not None:
            when_any, when_none = yield self.quantified(node, elements, state, counts_elements=True)
            return merged(
                [
                    *((Value(truth=True, is_something=True), each) for each in when_any),
                    *((Value(truth=False, is_something=True), each) for each in when_none),
                ]
            )
        inside = [state]
        for generator in node.generators:
            if not inside:
                break
            _, now = yield self.evaluate(generator.iter, join(inside), Purpose.USED)
            inside = [self.unpacked(generator.target, self.unknown(generator), now)]
            for condition in generator.ifs:
                inside, _ = yield self.decide_each(condition, inside)
        parts = (node.key, node.value) if isinstance(node, ast.DictComp) else (node.elt,)
        for part in parts:
            yield self.if_any(inside, part, Purpose.HELD)
        return self.unknown(node), state

    def unpacked(self, target: ast.expr, value: Value, state: State) -> State:
        """Return the state after a local name, or a tuple of them, is assigned a value."""
        pending = [(target, value)]
        while pending:
            place, held = pending.pop()
            match place:
                case ast.Name(id=name):
                    state = state.bound(name, held)
                case ast.Starred(value=inner):
                    pending.append((inner, self.unknown(place)))
                case ast.Tuple(elts=places) | ast.List(elts=places):
                    known = held.elements is not None and len(held.elements) == len(places)
                    is_plain = not any(isinstance(each, ast.Starred) for each in places)
                    parts: Iterable[Value] = map(self.unknown, places)
                    if known and is_plain:
                        parts = held.elements or ()
                    pending += zip(places, parts, strict=True)
                case ast.Attribute(value=ast.Name(id=owner), attr=attribute) if (
                    owner in state.bindings and state.bindings[owner].is_object
                ):
                    state = state.bound(attribute_key(attribute), held)
                case ast.Subscript(value=ast.Name(id=name)) if _is_growing(state.bindings.get(name)):
                    state = self.grown(state.bindings[name], state)
        return state

    def grown(self, value: Value, state: State, *, is_true: bool | None = True) -> State:
        """Return the state after a list, set or dictionary was added to: its elements are not known any more."""
        other = Value(truth=is_true, is_something=True)
        bindings = {key: other if held is value else held for key, held in state.bindings.items()}
        return State(bindings, state.something)

    _evaluators: ClassVar[dict[type[ast.expr], Callable[..., Steps[Outcome]]]] = {
        ast.Attribute: _attribute,
        ast.Await: _awaited,
        ast.BoolOp: _and_or,
        ast.Call: _call,
        ast.Compare: _test,
        ast.Constant: _literal,
        ast.Dict: _dictionary,
        ast.DictComp: _comprehension,
        ast.GeneratorExp: _comprehension,
        ast.IfExp: _ternary,
        ast.Lambda: _lambda,
        ast.List: _container,
        ast.ListComp: _comprehension,
        ast.Name: _name,
        ast.NamedExpr: _walrus,
        ast.Set: _container,
        ast.SetComp: _comprehension,
        ast.Starred: _starred,
        ast.Subscript: _element,
        ast.Tuple: _container,
        ast.UnaryOp: _operation,
        ast.Yield: _yield,
        ast.YieldFrom: _yield,
    }


def _inside(purpose: Purpose) -> Purpose:
    """Return what becomes of the elements of a container of which this becomes."""
    return Purpose.USED if purpose is Purpose.RETURNED else purpose


def _is_growing(value: Value | None) -> bool:
    return value is not None and (value.elements is not None or value.items is not None)


def _parts_of(node: ast.AST) -> Iterator[ast.expr]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.expr):
            yield child
