"""Executions: use-case objects of a function, and which of them it runs more than once."""

# What a `yield` gives has no type mypy could know.
# mypy: disable-error-code="no-any-return"

import ast
import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from flake8_pyarch.patterns import lazy_pattern
from flake8_pyarch.source.annotations import alternatives
from flake8_pyarch.source.paths.steps import Steps, TooLongError, run
from flake8_pyarch.source.syntax import FUNCTIONS, last_name, unpacked
from flake8_pyarch.source.use_cases import is_use_case_name

if TYPE_CHECKING:
    from flake8_pyarch.source.classes import Function
    from flake8_pyarch.source.module import Module

__all__ = ["Execution", "repeated_executions"]

_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_HARMLESS = (ast.Break, ast.Continue, ast.Pass, ast.Global, ast.Nonlocal)
_USE_CASE_MODULE = lazy_pattern("use_?case|interactor", re.IGNORECASE)


class Execution(NamedTuple):
    """A call that runs a use-case object which has run already.

    Arguments:
        call: the call.
        name: the local name of the object.
        in_loop: whether it is a loop that runs it again.

    """

    call: ast.Call
    name: str
    in_loop: bool


class _State(NamedTuple):
    """The objects that names hold on a path, and which of them have run, for sure or perhaps."""

    names: dict[str, object]
    surely: frozenset[object] = frozenset()
    perhaps: frozenset[object] = frozenset()

    def bound(self, name: str, held: object | None) -> "_State":
        names = {key: value for key, value in self.names.items() if key != name}
        if held is not None:
            names[name] = held
        return _State(names, self.surely, self.perhaps)

    def having_run(self, held: object, *, is_sure: bool) -> "_State":
        return _State(self.names, self.surely | {held} if is_sure else self.surely, self.perhaps | {held})


def _joined(states: Sequence[_State | None]) -> _State | None:
    found = [state for state in states if state is not None]
    if not found:
        return None
    first, *others = found
    names = {name: held for name, held in first.names.items() if all(other.names.get(name) is held for other in others)}
    surely = first.surely.intersection(*(other.surely for other in others))
    return _State(names, surely, first.perhaps.union(*(other.perhaps for other in others)))


class _Ways(NamedTuple):
    """Where a block may leave, other than past its end."""

    raised: list[_State]
    broken: list[_State]
    continued: list[_State]


def repeated_executions(module: "Module") -> list[Execution]:
    """Return the calls that run a local use-case object again, in the order of the text."""
    if not _knows_use_cases(module):
        return []
    method = module.settings.use_case_method
    owners: dict[ast.Module | Function, None] = {}
    for call in module.syntax.of(ast.Call):
        if _is_execution(call, method):
            owners[module.enclosing_function(call) or module.tree] = None
    found = [execution for owner in owners for execution in _Follower(module, method).follow(owner)]
    return sorted(found, key=lambda execution: (execution.call.lineno, execution.call.col_offset))


def _knows_use_cases(module: "Module") -> bool:
    """Tell whether a file defines a use case, or imports one or from where use cases are."""
    return bool(module.use_cases) or any(
        entry.bound is None
        or is_use_case_name(entry.bound, module)
        or _USE_CASE_MODULE().search(entry.qualified_name) is not None
        for entry in module.static_imports
    )


def _is_execution(call: ast.Call, method: str) -> bool:
    """Tell whether a call may run a use case that has its inputs already: one with arguments keeps no state."""
    return isinstance(call.func, ast.Attribute) and call.func.attr == method and not call.args and not call.keywords


class _Follower:
    """Follows the paths through one function, or through a module."""

    def __init__(self, module: "Module", method: str) -> None:
        self._module = module
        self._method = method
        self._found: dict[ast.Call, Execution] = {}
        self._loops = 0

    def follow(self, owner: "ast.Module | Function") -> list[Execution]:
        """Return the calls that run an object again."""
        state = _State({})
        if isinstance(owner, FUNCTIONS):
            arguments = owner.args
            for parameter in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
                if parameter.annotation is not None and self._is_use_case(parameter.annotation):
                    state = state.bound(parameter.arg, object())
        try:
            run(self._block(owner.body, state, _Ways([], [], [])))
        except TooLongError:
            return []
        return list(self._found.values())

    def _is_use_case(self, annotation: ast.expr) -> bool:
        """Tell whether an annotation is that of a use-case object, or of one or None."""
        return any(is_use_case_name(last_name(kind), self._module) for kind in alternatives(annotation))

    # Statements

    def _block(self, body: Sequence[ast.stmt], state: _State | None, ways: _Ways) -> Steps[_State | None]:
        for statement in body:
            if state is None:
                break
            if not isinstance(statement, _HARMLESS):
                ways.raised.append(state)
            follow = self._followers.get(type(statement), _Follower._simple)
            state = yield follow(self, statement, state, ways)
        return state

    def _simple(self, node: ast.stmt, state: _State, _ways: _Ways) -> Steps[_State | None]:
        return self._evaluated(node, state)
        yield

    def _assignment(self, node: ast.Assign | ast.AnnAssign, state: _State, _ways: _Ways) -> Steps[_State | None]:
        state = self._evaluated(node, state)
        for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
            for place, value in unpacked(target, node.value):
                if isinstance(place, ast.Name):
                    held = self._held(value, state) if value is not None else None
                    if held is None and isinstance(node, ast.AnnAssign) and self._is_use_case(node.annotation):
                        held = object()
                    state = state.bound(place.id, held)
        return state
        yield

    def _definition(self, node: ast.stmt, state: _State, _ways: _Ways) -> Steps[_State | None]:
        return state.bound(node.name, None)  # type: ignore[attr-defined]  # a function or a class has a name
        yield

    def _end(self, node: ast.Return | ast.Raise, state: _State, _ways: _Ways) -> Steps[_State | None]:
        self._evaluated(node, state)
        return None
        yield

    def _break(self, _node: ast.Break, state: _State, ways: _Ways) -> Steps[_State | None]:
        ways.broken.append(state)
        return None
        yield

    def _continue(self, _node: ast.Continue, state: _State, ways: _Ways) -> Steps[_State | None]:
        ways.continued.append(state)
        return None
        yield

    def _if(self, node: ast.If, state: _State, ways: _Ways) -> Steps[_State | None]:
        state = self._evaluated(node.test, state)
        taken = yield self._block(node.body, state, ways)
        other = yield self._block(node.orelse, state, ways)
        return _joined([taken, other])

    def _match(self, node: ast.Match, state: _State, ways: _Ways) -> Steps[_State | None]:
        state = self._evaluated(node.subject, state)
        after: list[_State | None] = [state]
        for case in node.cases:
            after += [(yield self._block(case.body, state, ways))]
        return _joined(after)

    def _with(self, node: ast.With | ast.AsyncWith, state: _State, ways: _Ways) -> Steps[_State | None]:
        for item in node.items:
            state = self._evaluated(item.context_expr, state)
            if isinstance(item.optional_vars, ast.Name):
                state = state.bound(item.optional_vars.id, None)
        after = yield self._block(node.body, state, ways)
        return after

    def _try(self, node: ast.Try, state: _State, ways: _Ways) -> Steps[_State | None]:
        inside = ways._replace(raised=[])
        normal = yield self._block(node.body, state, inside)
        after: list[_State | None] = [(yield self._block(node.orelse, normal, ways))]
        caught = _joined(inside.raised)
        for handler in node.handlers:
            after += [(yield self._block(handler.body, caught, ways))]
        joined = _joined(after)
        end = yield self._block(node.finalbody, joined if joined is not None else caught, ways)
        return end if joined is not None else None

    def _loop(self, node: ast.For | ast.AsyncFor | ast.While, state: _State, ways: _Ways) -> Steps[_State | None]:
        head = node.test if isinstance(node, ast.While) else node.iter
        state = self._evaluated(head, state)
        inside = _Ways(ways.raised, [], [])
        entering = _State(state.names, state.surely)
        if not isinstance(node, ast.While):
            for target, _ in unpacked(node.target, None):
                if isinstance(target, ast.Name):
                    entering = entering.bound(target.id, None)
        end = yield self._block(node.body, entering, inside)
        again = _joined([end, *inside.continued])
        if again is not None:
            # What ran in one round, and was there before, runs again in the next.
            held_before = frozenset(state.names.values())
            self._loops += 1
            ran = again.surely | (again.perhaps & held_before)
            yield self._block(node.body, _State(again.names, ran, again.perhaps), _Ways([], [], []))
            self._loops -= 1
        is_endless = isinstance(head, ast.Constant) and bool(head.value) and isinstance(node, ast.While)
        finished = None if is_endless else _joined([state, again])
        after = yield self._block(node.orelse, finished, ways)
        left = _joined([after, *inside.broken])
        return _State(left.names, left.surely, left.perhaps | state.perhaps) if left is not None else None

    # Expressions

    def _evaluated(self, root: ast.stmt | ast.expr, state: _State) -> _State:
        """Return the state after everything in an expression, or in a simple statement, has been called."""
        calls: list[tuple[ast.Call, bool, bool]] = []
        for node, is_sure, in_loop in _expressions(root):
            if isinstance(node, ast.NamedExpr):
                state = state.bound(node.target.id, self._held(node.value, state))
            elif isinstance(node, ast.Call) and _is_execution(node, self._method):
                calls.append((node, is_sure, in_loop))
        for call, is_sure, in_loop in calls:
            name = _object_name(call.func.value)  # type: ignore[attr-defined]  # of an execution, an attribute is called
            held = state.names.get(name) if name is not None else None
            if name is None or held is None:
                continue
            if held in state.surely or in_loop:
                self._found.setdefault(call, Execution(call, name, in_loop=in_loop or self._loops > 0))
            state = state.having_run(held, is_sure=is_sure)
        return state

    def _held(self, value: ast.expr, state: _State) -> object | None:
        """Return the use-case object that an expression is, a new one where it makes one, or None."""
        node = _unchained(value)
        match node:
            case ast.Name(id=name):
                return state.names.get(name)
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if is_use_case_name(name, self._module):
                return object()
            case ast.Call(func=ast.Name() as function):
                maker = self._module.function_named(function)
                makes_one = maker is not None and maker.returns is not None and self._is_use_case(maker.returns)
                return object() if makes_one else None
        return None

    _followers: ClassVar[dict[type[ast.stmt], Callable[..., Steps[_State | None]]]] = {
        ast.AnnAssign: _assignment,
        ast.Assign: _assignment,
        ast.AsyncFor: _loop,
        ast.AsyncFunctionDef: _definition,
        ast.AsyncWith: _with,
        ast.Break: _break,
        ast.ClassDef: _definition,
        ast.Continue: _continue,
        ast.For: _loop,
        ast.FunctionDef: _definition,
        ast.If: _if,
        ast.Match: _match,
        ast.Raise: _end,
        ast.Return: _end,
        ast.Try: _try,
        ast.TryStar: _try,
        ast.While: _loop,
        ast.With: _with,
    }


def _expressions(root: ast.AST) -> Iterator[tuple[ast.AST, bool, bool]]:
    """Yield the nodes that are evaluated, each with whether that is sure, and whether it is in a comprehension."""
    stack: list[tuple[ast.AST, bool, bool]] = [(root, True, False)]
    while stack:
        node, is_sure, in_loop = stack.pop()
        yield node, is_sure, in_loop
        if isinstance(node, ast.Lambda):
            continue
        children = list(ast.iter_child_nodes(node))
        for child in reversed(children):
            depends = (isinstance(node, ast.IfExp) and child is not node.test) or (
                isinstance(node, ast.BoolOp) and child is not node.values[0]
            )
            repeats = isinstance(node, _COMPREHENSIONS) and child is not node.generators[0]
            stack.append((child, is_sure and not depends and not repeats, in_loop or repeats))


def _unchained(node: ast.expr) -> ast.expr:
    """Return the object that a chain of setters begins with."""
    while True:
        match node:
            case ast.Call(func=ast.Attribute(value=inner, attr=name)) if name.startswith("set_"):
                node = inner
            case ast.Await(value=inner) | ast.NamedExpr(value=inner):
                node = inner
            case _:
                return node


def _object_name(node: ast.expr) -> str | None:
    while True:
        match node:
            case ast.NamedExpr(target=target):
                return target.id
            case ast.Call(func=ast.Attribute(value=inner, attr=name)) if name.startswith("set_"):
                node = inner
            case ast.Await(value=inner):
                node = inner
            case ast.Name(id=name):
                return name
            case _:
                return None
