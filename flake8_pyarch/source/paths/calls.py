"""Calls on a path: functions of the same file are followed, a few others are known, of the rest nobody knows."""

# What a `yield` gives has no type mypy could know.
# mypy: disable-error-code="no-any-return"

import ast
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import ClassVar

from flake8_pyarch.source.classes import Function, receiver_of
from flake8_pyarch.source.logging.log_calls import is_logger
from flake8_pyarch.source.logging.loggers import LOG_METHODS
from flake8_pyarch.source.paths.expressions import Expressions
from flake8_pyarch.source.paths.outcomes import Arguments, Outcomes, Purpose, as_outcomes
from flake8_pyarch.source.paths.steps import DeadEndError, Steps
from flake8_pyarch.source.paths.values import NONE, State, Value, attribute_key, literal, truth
from flake8_pyarch.source.syntax import last_name, walk, without_call
from flake8_pyarch.source.tree import Origin
from flake8_pyarch.source.words import split_words

__all__ = ["Calls"]

_ENDING = frozenset(
    {"sys.exit", "os._exit", "os.abort", "builtins.exit", "builtins.quit", "pytest.fail", "pytest.skip"}
    | {"typing.assert_never", "typing_extensions.assert_never"}
)
_COPIES = frozenset({"copy.copy", "copy.deepcopy", "copy.replace", "dataclasses.replace"})
_CASTS = frozenset({"typing.cast", "typing_extensions.cast"})
_NEVER = frozenset({"NoReturn", "Never"})
_GUARD_WORDS = frozenset("assert check demand ensure expect guard must require required unwrap validate verify".split())
_GROWING = frozenset({"add", "append", "appendleft", "insert"})
_FILLING = frozenset({"extend", "update"})
_CHANGING = _FILLING | frozenset({"clear", "discard", "pop", "popitem", "remove", "setdefault"})
_TRANSPARENT = frozenset(
    {"staticmethod", "classmethod", "property", "cached_property", "override", "final", "contextmanager"}
)
_NEUTRAL_BASES = frozenset(
    {"abc.ABC", "builtins.object", "typing.Generic", "typing_extensions.Generic"}
    | {"typing.Protocol", "typing_extensions.Protocol"}
)


class Calls(Expressions):
    """Follows calls."""

    def call(self, node: ast.Call, state: State, purpose: Purpose) -> Steps[Outcomes]:
        """Follow a call."""
        match node.func:
            case ast.Name(id=name) if name not in state.bindings and (known := self._builtins.get(name)) is not None:
                is_plain = not node.keywords or known is Calls._zip
                if is_plain and not any(isinstance(each, ast.Starred) for each in node.args):
                    return (yield known(self, node, state))
            case ast.Attribute(value=ast.Call(func=ast.Name(id="super")), attr=name) if "super" not in state.bindings:
                return (yield self._super_call(node, name, state))
            case ast.Attribute(attr=name) as function:
                if name in LOG_METHODS and is_logger(function.value, self.module):
                    _, _, state = yield self._arguments(node, state, Purpose.HELD)
                    return [(self.unknown(node), state)]
                return (yield self._method_call(node, function, state, purpose))
        function_value, state = yield self.evaluate(node.func, state, Purpose.USED)
        if function_value.function is not None:
            return (yield self._followed(node, function_value.function, state))
        return (yield self._foreign_call(node, state, purpose))

    def _method_call(self, node: ast.Call, function: ast.Attribute, state: State, purpose: Purpose) -> Steps[Outcomes]:
        base, state = yield self.owner(function, state)
        if not base.is_object:
            if base.is_container:
                return (yield self._container_call(node, function.attr, base, state))
            return (yield self._foreign_call(node, state, purpose))
        held, state = yield self.attribute(function.attr, state)
        if held.function is not None:
            return (yield self._followed(node, held.function, state))
        state = yield self.consume(held, function, state, Purpose.USED)
        _, _, state = yield self._arguments(node, state, Purpose.PASSED)
        if self._is_attribute(function.attr):
            return [(self.unknown(node), state)]
        return [(Value(may_be_object=True), self.nothing_certain(state))]

    def _super_call(self, node: ast.Call, name: str, state: State) -> Steps[Outcomes]:
        for model in self.lineage[1:]:
            method = model.methods.get(name)
            if method is not None:
                return (yield self._followed(node, method, state))
        _, _, state = yield self._arguments(node, state, Purpose.PASSED)
        if self._has_foreign_base():
            return [(Value(may_be_object=True), self.nothing_certain(state))]
        return [(self.unknown(node), state)]

    def _followed(self, node: ast.Call, function: Function | ast.Lambda, state: State) -> Steps[Outcomes]:
        arguments, values, state = yield self._arguments(node, state, Purpose.HELD)
        handed = self.handed
        places = [*node.args, *(keyword.value for keyword in node.keywords)]
        self.handed = dict(_places(zip(values, places, strict=True))) | handed
        outcomes = yield self.enter(function, state, arguments)
        self.handed = handed
        return outcomes

    def _arguments(
        self, node: ast.Call, state: State, purpose: Purpose
    ) -> Steps[tuple[Arguments | None, list[Value], State]]:
        """Return the arguments, None where a `*` or `**` hides some, the values that are seen, and the state after."""
        given: list[Value] = []
        named: dict[str, Value] = {}
        hides_some = False
        for argument in node.args:
            value, state = yield self.evaluate(argument, state, purpose)
            given.append(value)
            if isinstance(argument, ast.Starred):
                state = yield self.consume(value, argument, state, Purpose.USED)
                hides_some = True
        for keyword in node.keywords:
            value, state = yield self.evaluate(keyword.value, state, purpose)
            hides_some = hides_some or keyword.arg is None
            named[keyword.arg or ""] = value
        return (None if hides_some else (given, named)), [*given, *named.values()], state

    def _foreign_call(self, node: ast.Call, state: State, purpose: Purpose) -> Steps[Outcomes]:
        """Follow a call of which this file does not tell what it does."""
        name = None if _is_local(node.func, state) else self.module.resolve(node.func)
        if name in _CASTS and len(node.args) == 2:  # noqa: PLR2004 - a type and a value
            return [(yield self.evaluate(node.args[1], state, purpose))]
        if name in _ENDING:
            yield self._arguments(node, state, Purpose.HELD)
            raise DeadEndError
        guards = _is_guard(node.func, state)
        _, passed, state = yield self._arguments(node, state, Purpose.HELD if guards else Purpose.PASSED)
        if guards:
            is_object = any(value.is_object for value in passed)
            state = self.nothing_certain(state) if is_object else state.learning(passed)
            return [(Value(is_something=True), state)]
        if any(value.is_object for value in passed) and name not in _COPIES:
            return [(Value(may_be_object=True), state)]
        return [(self.unknown(node), state)]

    def _container_call(self, node: ast.Call, name: str, container: Value, state: State) -> Steps[Outcomes]:
        """Follow a method of a list, set or dictionary that is written out."""
        _, values, state = yield self._arguments(node, state, Purpose.HELD)
        items = container.items
        if name in _GROWING:
            return [(NONE, self.grown(container, state))]
        if name in _CHANGING:
            fills = name in _FILLING and any(value.is_container and value.is_true is True for value in values)
            return [(NONE if fills else self.unknown(node), self.grown(container, state, is_true=fills or None))]
        if items is not None and name == "items":
            return [(Value(elements=tuple(Value(elements=item) for item in items), is_something=True), state)]
        if items is not None and name in {"keys", "values"}:
            return [(Value(elements=tuple(item[name == "values"] for item in items), is_something=True), state)]
        return [(self.unknown(node), state)]

    # Known functions

    def _isinstance(self, node: ast.Call, state: State) -> Steps[Outcomes]:
        if len(node.args) != 2:  # noqa: PLR2004 - a value and a type
            return (yield self._foreign_call(node, state, Purpose.HELD))
        value, state = yield self.evaluate(node.args[0], state)
        if value is NONE:
            return as_outcomes(([], [state]))
        return as_outcomes(([state if _allows_none(node.args[1]) else state.learning([value])], [state]))

    def _bool(self, node: ast.Call, state: State) -> Steps[Outcomes]:
        if len(node.args) != 1:
            return (yield self._foreign_call(node, state, Purpose.HELD))
        return as_outcomes((yield self.decide(node.args[0], state)))

    def _callable(self, node: ast.Call, state: State) -> Steps[Outcomes]:
        _, values, state = yield self._arguments(node, state, Purpose.HELD)
        return as_outcomes(([state.learning(values)], [state]))

    def _quantifier(self, node: ast.Call, state: State) -> Steps[Outcomes]:
        if len(node.args) != 1 or not isinstance(node.func, ast.Name):
            return (yield self._foreign_call(node, state, Purpose.HELD))
        (argument,) = node.args
        for_all = node.func.id == "all"
        elements = yield self.listed(argument, state)
        if elements is not None:
            return as_outcomes((yield self.quantified(argument, elements, state, for_all=for_all)))
        value, state = yield self.evaluate(argument, state)
        if value.elements is None:
            state = yield self.consume(value, argument, state, Purpose.USED)
            return as_outcomes(([state], [state]))
        return as_outcomes((yield self.quantified(None, value.elements, state, for_all=for_all)))

    def _get(self, node: ast.Call, state: State) -> Steps[Outcomes]:
        """Follow `getattr`."""
        _, values, state = yield self._arguments(node, state, Purpose.USED)
        if len(values) > 1 and values[0].is_object:
            if isinstance(values[1].literal, str):
                return [(yield self.attribute(values[1].literal, state))]
            self.lose_sight()
        return [(self.unknown(node), state)]

    def _next(self, node: ast.Call, state: State) -> Steps[Outcomes]:
        """Follow `next(x for … if …)`: it takes an element, or its default."""
        elements = yield self.listed(node.args[0], state) if node.args else None
        if elements is None:
            _, _, state = yield self._arguments(node, state, Purpose.PASSED)
            return [(self.unknown(node), state)]
        when_any, when_none = yield self.quantified(node.args[0], elements, state, counts_elements=True)
        outcomes = [(Value(truth=True, is_something=True), each) for each in when_any]
        for each in when_none if len(node.args) > 1 else ():
            outcomes += [(yield self.evaluate(node.args[1], each))]
        return outcomes

    def _collection(self, node: ast.Call, state: State) -> Steps[Outcomes]:
        """Follow `list`, `tuple` and their like."""
        _, values, state = yield self._arguments(node, state, Purpose.HELD)
        if not values:
            return [(Value(elements=(), is_something=True), state)]
        if len(values) == 1 and values[0].is_plain and values[0].items is None:
            # A copy is empty where the original is.
            return [(values[0], state)]
        for value, argument in zip(values, node.args, strict=True):
            state = yield self.consume(value, argument, state, Purpose.PASSED)
        return [(self.unknown(node), state)]

    def _zip(self, node: ast.Call, state: State) -> Steps[Outcomes]:
        _, values, state = yield self._arguments(node, state, Purpose.HELD)
        values = values[: len(node.args)]
        columns = [value.elements for value in values if value.elements is not None]
        if len(columns) == len(values):
            rows = (Value(elements=row, is_something=True) for row in zip(*columns, strict=False))
            return [(Value(elements=tuple(rows), is_something=True), state)]
        for value, argument in zip(values, node.args, strict=True):
            state = yield self.consume(value, argument, state, Purpose.PASSED)
        return [(self.unknown(node), state)]

    def _set(self, node: ast.Call, state: State) -> Steps[Outcomes]:
        """Follow `setattr`."""
        _, values, state = yield self._arguments(node, state, Purpose.USED)
        if len(values) == 3 and values[0].is_object:  # noqa: PLR2004 - an object, a name and a value
            name = values[1].literal
            names = [name] if isinstance(name, str) else self.watched
            for each in names:
                state = state.bound(attribute_key(each), values[2] if each is name else Value())
        return [(NONE, state)]

    def _length(self, node: ast.Call, state: State) -> Steps[Outcomes]:
        _, values, state = yield self._arguments(node, state, Purpose.USED)
        if len(values) != 1:
            return [(self.unknown(node), state)]
        when_true, when_false = truth(values[0], state)
        return [
            *((Value(truth=True, is_something=True), each) for each in when_true),
            *((Value(truth=False, is_something=True), each) for each in when_false),
        ]

    # What is called

    def is_followed(self, function: Function | ast.Lambda) -> bool:
        """Tell whether calling a function runs its body as it stands: no decorator of the project is in the way."""
        if isinstance(function, ast.Lambda):
            return True
        for decorator in function.decorator_list:
            node = without_call(decorator)
            if last_name(node) not in _TRANSPARENT and self.module.origin_of_name(node) in {Origin.FIRST_PARTY, None}:
                return False
        return True

    def parameters(self, function: Function | ast.Lambda, arguments: Arguments | None) -> dict[str, Value]:
        """Return what the parameters of a function are in a call."""
        declared = function.args
        positional = [parameter.arg for parameter in (*declared.posonlyargs, *declared.args)]
        keyword_only = [parameter.arg for parameter in declared.kwonlyargs]
        bound: dict[str, Value] = {}
        if not isinstance(function, ast.Lambda) and self._is_method(function) and receiver_of(function) is not None:
            is_class = any(isinstance(d, ast.Name) and d.id == "classmethod" for d in function.decorator_list)
            bound[positional.pop(0)] = Value() if is_class else self.object
        bound |= {name: Value() for name in (*positional, *keyword_only)}
        rest = declared.vararg.arg if declared.vararg is not None else None
        others = declared.kwarg.arg if declared.kwarg is not None else None
        if arguments is None:
            return bound | {name: Value(is_something=True) for name in (rest, others) if name is not None}
        given, named = arguments
        bound |= {name: _default(value) for name, value in _defaults(positional, keyword_only, declared)}
        bound |= dict(zip(positional, given, strict=False))
        bound |= {name: value for name, value in named.items() if name in bound}
        if rest is not None:
            bound[rest] = Value(elements=tuple(given[len(positional) :]), is_something=True)
        if others is not None:
            left = [(name, value) for name, value in named.items() if name not in (*positional, *keyword_only)]
            items = tuple((literal(name), value) for name, value in left)
            bound[others] = Value(items=items, is_something=True)
        return bound

    def _is_method(self, function: Function) -> bool:
        return any(function in model.all_methods for model in self.lineage)

    def _is_attribute(self, name: str) -> bool:
        return any(name in model.attributes for model in self.lineage) or not self._has_foreign_base()

    def _has_foreign_base(self) -> bool:
        return bool(self.lineage) and any(name not in _NEUTRAL_BASES for _, name in self.lineage[0].foreign_bases)

    def never_returns(self, function: Function | ast.Lambda) -> bool:
        """Tell whether a function is annotated as one that does not return."""
        returns = getattr(function, "returns", None)
        match returns:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.Constant(value=str(name)):
                return name in _NEVER
        return False

    _builtins: ClassVar[dict[str, Callable[..., Steps[Outcomes]]]] = {
        "all": _quantifier,
        "any": _quantifier,
        "bool": _bool,
        "callable": _callable,
        "dict": _collection,
        "getattr": _get,
        "isinstance": _isinstance,
        "len": _length,
        "list": _collection,
        "next": _next,
        "set": _collection,
        "setattr": _set,
        "tuple": _collection,
        "zip": _zip,
    }


def _defaults(
    positional: Sequence[str], keyword_only: Sequence[str], declared: ast.arguments
) -> Iterator[tuple[str, ast.expr]]:
    yield from zip(reversed(positional), reversed(declared.defaults), strict=False)
    for name, default in zip(keyword_only, declared.kw_defaults, strict=True):
        if default is not None:
            yield name, default


def _default(node: ast.expr) -> Value:
    if not isinstance(node, ast.Constant):
        return Value()
    return NONE if node.value is None else literal(node.value)


def _places(arguments: Iterable[tuple[Value, ast.expr]]) -> Iterator[tuple[Value, ast.expr]]:
    """Yield every value that is handed to a function, those in containers included, and where it is."""
    pending = list(arguments)
    while pending:
        value, node = pending.pop()
        yield value, node
        elements = (*(value.elements or ()), *(element for _, element in value.items or ()))
        written = node.elts if isinstance(node, (ast.Tuple, ast.List)) and len(node.elts) == len(elements) else None
        pending += zip(elements, written or [node] * len(elements), strict=True)


def _is_local(node: ast.expr, state: State) -> bool:
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name) and node.id in state.bindings


def _is_guard(function: ast.expr, state: State) -> bool:
    """Tell whether a function of another file says by its name that it checks what it is handed."""
    match function:
        case ast.Name(id=name):
            return name[:1].islower() and not _GUARD_WORDS.isdisjoint(split_words(name))
        case ast.Attribute(value=ast.Name(id=owner), attr=name) if owner not in state.bindings:
            return not _GUARD_WORDS.isdisjoint((*split_words(name), *split_words(owner)))
    return False


def _allows_none(classes: ast.expr) -> bool:
    for node in walk(classes):
        match node:
            case ast.Constant(value=None) | ast.Call(func=ast.Name(id="type")):
                return True
            case ast.Name(id=name) | ast.Attribute(attr=name) if name in {"object", "NoneType", "Any"}:
                return True
    return False
