"""The paths through a function, and what they do to the use-case objects of its own."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from mypy.nodes import (
    AssertStmt,
    AssignmentStmt,
    Block,
    BreakStmt,
    CallExpr,
    ClassDef,
    ContinueStmt,
    Decorator,
    DelStmt,
    Expression,
    ExpressionStmt,
    ForStmt,
    FuncDef,
    IfStmt,
    IntExpr,
    ListExpr,
    MatchStmt,
    MemberExpr,
    NameExpr,
    OpExpr,
    OverloadedFuncDef,
    RaiseStmt,
    RefExpr,
    ReturnStmt,
    StarExpr,
    Statement,
    TempNode,
    TryStmt,
    TupleExpr,
    Var,
    WhileStmt,
    WithStmt,
)
from mypy.patterns import AsPattern, Pattern

from mypy_pyarch.use_cases.children import children, descendants
from mypy_pyarch.use_cases.evaluation import Evaluation, Raised, Surroundings, local_variable
from mypy_pyarch.use_cases.protocol import Protocol
from mypy_pyarch.use_cases.states import Executed, Objects, State, joined

__all__ = ["Flow"]

_LEFT_ALONE = frozenset({"raises", "assertRaises", "assertRaisesRegex", "suppress"})
_CATCHES_ALL = frozenset({"builtins.Exception", "builtins.BaseException"})


class Flow(Evaluation):
    """Follows all paths through one function.

    Arguments:
        function: the function.
        parameters: what is known of its parameters at the start.
        protocol: what is to be told of the objects.
        surroundings: what the tree of the function does not tell.

    """

    def __init__(
        self, function: FuncDef, parameters: Mapping[Var, State], protocol: Protocol, surroundings: Surroundings
    ) -> None:
        super().__init__(function, protocol, surroundings)
        self._function = function
        self._parameters = parameters

    def follow(self) -> None:
        """Follow the paths."""
        objects = Objects()
        for parameter, state in self._parameters.items():
            known = object()
            objects.states[known] = state
            self._bind(parameter, known, objects)
        self._block(self._function.body, objects)

    # Statements

    def _block(self, block: Block | None, objects: Objects) -> None:
        if block is None:
            return
        if block.is_unreachable:
            objects.end()
        for statement in block.body:
            if objects.is_dead:
                return
            self._statement(statement, objects)

    def _statement(self, statement: Statement, objects: Objects) -> None:
        follow = self._statements.get(type(statement))
        if follow is not None:
            follow(self, statement, objects)
        else:
            self._use_all(children(statement), objects)
        objects.drop_unnamed()

    def _expression_statement(self, statement: ExpressionStmt, objects: Objects) -> None:
        if isinstance(statement.expr, OpExpr):
            objects.become(joined(self._test(statement.expr, objects)))
        else:
            self._value(statement.expr, objects)

    def _assignment(self, statement: AssignmentStmt, objects: Objects) -> None:
        value, targets = statement.rvalue, statement.lvalues
        if isinstance(value, TempNode):
            return
        parts = _parts(targets[0]) if len(targets) == 1 else None
        values = _parts(value)
        if parts is not None and values is not None and len(parts) == len(values):
            for target, known in zip(parts, [self._value(part, objects) for part in values], strict=True):
                self._assign(target, known, objects)
            return
        known = self._value(value, objects)
        for target in targets:
            self._assign(target, known, objects)
            variable = local_variable(target)
            if variable is not None and _is_none(value):
                objects.names.pop(variable, None)

    def _delete(self, statement: DelStmt, objects: Objects) -> None:
        variable = local_variable(statement.expr)
        if variable is not None:
            objects.names.pop(variable, None)
        else:
            self._use_all(children(statement.expr), objects)

    def _if(self, statement: IfStmt, objects: Objects) -> None:
        ends = []
        for condition, body in zip(statement.expr, statement.body, strict=True):
            taken, otherwise = self._test(condition, objects)
            self._block(body, taken)
            ends.append(taken)
            objects.become(otherwise)
        self._block(statement.else_body, objects)
        objects.become(joined([*ends, objects]))

    def _while(self, statement: WhileStmt, objects: Objects) -> None:
        def begin(at_head: Objects) -> Objects:
            entered, left = self._test(statement.expr, at_head)
            at_head.become(entered)
            if _is_true(statement.expr):
                left.end()
            return left

        self._repeat(objects, begin, statement)

    def _for(self, statement: ForStmt, objects: Objects) -> None:
        self._use(statement.expr, objects)

        def begin(at_head: Objects) -> Objects:
            self._may_raise(at_head)
            left = at_head.copy()
            self._assign(statement.index, None, at_head)
            return left

        self._repeat(objects, begin, statement)

    def _repeat(self, objects: Objects, begin: Callable[[Objects], Objects], statement: ForStmt | WhileStmt) -> None:
        left, broken = self._loop(objects, begin, lambda inside: self._block(statement.body, inside))
        self._block(statement.else_body, left)
        objects.become(joined([left, *broken]))

    def _break(self, _: BreakStmt, objects: Objects) -> None:
        if self._loops:
            self._loops[-1].broken.append(objects.copy())
        objects.end()

    def _continue(self, _: ContinueStmt, objects: Objects) -> None:
        if self._loops:
            self._loops[-1].continued.append(objects.copy())
        objects.end()

    def _return(self, statement: ReturnStmt, objects: Objects) -> None:
        if statement.expr is not None:
            self._value(statement.expr, objects)
        objects.end()

    def _raise(self, statement: RaiseStmt, objects: Objects) -> None:
        self._use_all(children(statement), objects)
        self._may_raise(objects)
        objects.end()

    def _assert(self, statement: AssertStmt, objects: Objects) -> None:
        when_true, when_false = self._test(statement.expr, objects)
        self._may_raise(when_false)
        objects.become(when_true)
        if isinstance(statement.expr, NameExpr) and statement.expr.fullname == "builtins.False":
            objects.end()

    def _try(self, statement: TryStmt, objects: Objects) -> None:
        outer, before = self._raised, objects.copy()
        inside: Raised = []
        outside: Raised = []
        self._raised = inside
        self._block(statement.body, objects)
        caught = _caught(inside, before, objects)
        self._raised = outside
        self._block(statement.else_body, objects)
        ends = [objects]
        for variable, handler in zip(statement.vars, statement.handlers, strict=True):
            handled = caught.copy()
            if variable is not None:
                self._assign(variable, None, handled)
            self._block(handler, handled)
            ends.append(handled)
        if not any(kind is None or _catches_all(kind) for kind in statement.types):
            outside += inside
        self._raised = outer
        after = joined(ends).copy()
        if statement.finally_body is not None:
            if outside:
                failed = _caught(outside, before, after)
                self._block(statement.finally_body, failed)
                outside = [] if failed.is_dead else [(failed, True)]
            self._block(statement.finally_body, after)
        if outer is not None:
            outer += outside
        objects.become(after)

    def _with(self, statement: WithStmt, objects: Objects) -> None:
        for manager, target in zip(statement.expr, statement.target, strict=True):
            self._use(manager, objects)
            self._may_raise(objects)
            if target is not None:
                self._assign(target, None, objects)
        if not any(_name_of_called(manager) in _LEFT_ALONE for manager in statement.expr):
            self._block(statement.body, objects)
            return
        before, outer = objects.copy(), self._raised
        self._raised = []
        with self._protocol.silence():
            self._block(statement.body, objects)
        if objects.is_dead:
            objects.become(joined([before, *(raised for raised, _ in self._raised)]))
        self._raised = outer
        for known, state in objects.states.items():
            old = before.states.get(known)
            if old is None or old.executed is not state.executed:
                objects.states[known] = state._replace(executed=Executed.UNKNOWN)

    def _match(self, statement: MatchStmt, objects: Objects) -> None:
        self._use(statement.subject, objects)
        ends = []
        for pattern, guard, body in zip(statement.patterns, statement.guards, statement.bodies, strict=True):
            taken = objects.copy()
            for part in descendants(pattern):
                if isinstance(part, NameExpr) and local_variable(part) is not None:
                    self._assign(part, None, taken)
            if guard is not None:
                taken, passed_over = self._test(guard, taken)
                objects.become(joined([objects, passed_over]))
            elif _always_matches(pattern):
                objects.end()
            self._block(body, taken)
            ends.append(taken)
        if not objects.is_dead and self._surroundings.is_exhaustive(statement):
            objects.end()
        objects.become(joined([*ends, objects]))

    def _definition(self, statement: FuncDef | Decorator | OverloadedFuncDef | ClassDef, objects: Objects) -> None:
        """Pass over a definition: the names it speaks of are not followed."""

    _statements: ClassVar[dict[type[Statement], Callable[["Flow", Any, Objects], None]]] = {
        AssertStmt: _assert,
        AssignmentStmt: _assignment,
        BreakStmt: _break,
        ClassDef: _definition,
        ContinueStmt: _continue,
        Decorator: _definition,
        DelStmt: _delete,
        ExpressionStmt: _expression_statement,
        ForStmt: _for,
        FuncDef: _definition,
        IfStmt: _if,
        MatchStmt: _match,
        OverloadedFuncDef: _definition,
        RaiseStmt: _raise,
        ReturnStmt: _return,
        TryStmt: _try,
        WhileStmt: _while,
        WithStmt: _with,
    }


def _caught(raised: Raised, before: Objects, after: Objects) -> Objects:
    """Return what is known where exceptions are caught.

    Whether an object was executed is not known where some of them come before that and some after.
    """
    likely = [objects for objects, is_likely in raised if is_likely]
    result = joined(likely or [objects for objects, _ in raised] or [before, after]).copy()
    for known, state in result.states.items():
        old = before.states.get(known)
        if state.executed is Executed.EITHER and (old is None or old.executed is not Executed.EITHER):
            result.states[known] = state._replace(executed=Executed.UNKNOWN)
    return result


def _parts(expression: Expression) -> list[Expression] | None:
    """Return what a tuple or a list consists of, None for any other expression, and where a part is starred."""
    if not isinstance(expression, TupleExpr | ListExpr) or any(isinstance(item, StarExpr) for item in expression.items):
        return None
    return expression.items


def _is_none(expression: Expression) -> bool:
    return isinstance(expression, NameExpr) and expression.fullname == "builtins.None"


def _is_true(expression: Expression) -> bool:
    if isinstance(expression, IntExpr):
        return bool(expression.value)
    return isinstance(expression, NameExpr) and expression.fullname == "builtins.True"


def _name_of_called(expression: Expression) -> str:
    callee = expression.callee if isinstance(expression, CallExpr) else None
    return callee.name if isinstance(callee, NameExpr | MemberExpr) else ""


def _catches_all(kind: Expression) -> bool:
    return isinstance(kind, RefExpr) and kind.fullname in _CATCHES_ALL


def _always_matches(pattern: Pattern) -> bool:
    return isinstance(pattern, AsPattern) and (pattern.pattern is None or _always_matches(pattern.pattern))
