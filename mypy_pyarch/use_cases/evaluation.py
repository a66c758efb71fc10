"""The evaluation of expressions, and what it does to the use-case objects of a function."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, ClassVar

from mypy.nodes import (
    LDEF,
    AssignmentExpr,
    AwaitExpr,
    CallExpr,
    CastExpr,
    ClassDef,
    ComparisonExpr,
    ConditionalExpr,
    DictionaryComprehension,
    Expression,
    FuncDef,
    GeneratorExpr,
    IndexExpr,
    LambdaExpr,
    ListComprehension,
    ListExpr,
    MatchStmt,
    MemberExpr,
    NameExpr,
    Node,
    NonlocalDecl,
    OpExpr,
    RefExpr,
    SetComprehension,
    StarExpr,
    TupleExpr,
    TypeAlias,
    TypeApplication,
    TypeInfo,
    UnaryExpr,
    Var,
    YieldExpr,
    YieldFromExpr,
)
from mypy.types import Instance, get_proper_type

from mypy_pyarch.use_cases.children import children, descendants
from mypy_pyarch.use_cases.models import UseCase
from mypy_pyarch.use_cases.protocol import Protocol
from mypy_pyarch.use_cases.states import Objects, State, joined

__all__ = ["Evaluation", "Loop", "Raised", "Surroundings", "local_variable"]

_ROUNDS = 8
"""Rounds of a loop after which all that is known is known; more would mean that something is wrong."""

_DEEPEST_LOOP = 4
"""Loops within this many others are followed once, and nothing is known any more after them: each round of one that is
followed to the end follows those inside it several times."""

_LOOKS_ONLY = frozenset({"isinstance", "callable", "hasattr", "id", "len", "print", "repr", "str", "type"})


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a function's own tree does not tell.

    Arguments:
        use_case_of: returns what is known of a use-case class.
        never_returns: tells whether a call ends the path.
        is_exhaustive: tells whether one of the cases of a match always matches.
        loggers: the names of loggers, whose calls are not taken for what raises an exception.

    """

    use_case_of: Callable[[TypeInfo], UseCase | None]
    never_returns: Callable[[CallExpr], bool]
    is_exhaustive: Callable[[MatchStmt], bool]
    loggers: frozenset[str]


@dataclass(slots=True)
class Loop:
    """Where the rounds of a loop end before the end of its body."""

    continued: list[Objects] = field(default_factory=list)
    broken: list[Objects] = field(default_factory=list)


Raised = list[tuple[Objects, bool]]
"""What is known where an exception may come from; each with whether one is likely."""


class Evaluation:
    """Follows the evaluation of the expressions of one function.

    Arguments:
        function: the function.
        protocol: what is to be told of the objects.
        surroundings: what the tree of the function does not tell.

    """

    def __init__(self, function: FuncDef, protocol: Protocol, surroundings: Surroundings) -> None:
        self._protocol = protocol
        self._surroundings = surroundings
        self._shared_variables, self._shared_names = _shared(function)
        self._loops: list[Loop] = []
        self._raised: Raised | None = None

    def _assign(self, target: Expression, known: object | None, objects: Objects) -> None:
        """Bind a name; what is stored anywhere else is out of sight."""
        variable = local_variable(target)
        if variable is not None:
            self._bind(variable, known, objects)
            return
        objects.forget(known)
        if isinstance(target, MemberExpr):
            owner = self._value(target.expr, objects)
            if owner is not None:
                self._protocol.assign(owner, target.name, objects)
        elif isinstance(target, TupleExpr | ListExpr | StarExpr):
            for part in children(target):
                if isinstance(part, Expression):
                    self._assign(part, None, objects)
        else:
            self._use_all(children(target), objects)

    def _bind(self, variable: Var, known: object | None, objects: Objects) -> None:
        if variable in self._shared_variables or variable.name in self._shared_names:
            objects.forget(known)
            known = None
        objects.names[variable] = known if known in objects.states else None

    def _value(self, expression: Expression, objects: Objects) -> object | None:
        """Follow the evaluation of an expression; return the object that it gives, if that is known."""
        follow = self._expressions.get(type(expression))
        if follow is not None:
            known: object | None = follow(self, expression, objects)
            return known
        self._use_all(children(expression), objects)
        return None

    def _use(self, expression: Expression, objects: Objects) -> None:
        """Follow the evaluation of an expression whose value goes somewhere out of sight."""
        objects.forget(self._value(expression, objects))

    def _use_all(self, nodes: Iterable[Node], objects: Objects) -> None:
        for node in nodes:
            if isinstance(node, Expression):
                self._use(node, objects)

    def _name(self, expression: NameExpr, objects: Objects) -> object | None:
        return objects.names.get(expression.node)

    def _member(self, expression: MemberExpr, objects: Objects) -> None:
        owner = self._value(expression.expr, objects)
        if owner is not None:
            self._may_raise(objects, is_likely=False)
            self._protocol.read(owner, expression, objects)

    def _index(self, expression: IndexExpr, objects: Objects) -> None:
        self._use(expression.base, objects)
        self._use(expression.index, objects)
        self._may_raise(objects)

    def _call(self, call: CallExpr, objects: Objects) -> object | None:
        callee = call.callee
        made = _class_called(callee)
        use_case = self._surroundings.use_case_of(made) if made is not None else None
        if use_case is not None:
            self._use_all(call.args, objects)
            self._may_raise(objects)
            known = object()
            objects.states[known] = State(use_case)
            return known
        if isinstance(callee, NameExpr) and callee.fullname.startswith("builtins.") and callee.name in _LOOKS_ONLY:
            for argument in call.args:
                self._value(argument, objects)
            return None
        owner = self._value(callee.expr, objects) if isinstance(callee, MemberExpr) else None
        if owner is None and not isinstance(callee, MemberExpr):
            self._use(callee, objects)
        self._use_all(call.args, objects)
        is_setter = isinstance(callee, MemberExpr) and callee.name.startswith("set_") and owner is not None
        self._may_raise(objects, is_likely=not is_setter and not self._is_logging(callee))
        if owner is not None and isinstance(callee, MemberExpr):
            return self._protocol.call(owner, call, callee.name, objects)
        if objects.states and self._surroundings.never_returns(call):
            objects.end()
        return None

    def _is_logging(self, callee: Expression) -> bool:
        while isinstance(callee, MemberExpr | CallExpr):
            callee = callee.expr if isinstance(callee, MemberExpr) else callee.callee
            if isinstance(callee, MemberExpr | NameExpr) and callee.name in self._surroundings.loggers:
                return True
        return False

    def _await(self, expression: AwaitExpr, objects: Objects) -> object | None:
        known = self._value(expression.expr, objects)
        if not isinstance(expression.expr, CallExpr):
            self._may_raise(objects)
        return known

    def _yield(self, expression: YieldExpr | YieldFromExpr, objects: Objects) -> None:
        self._use_all(children(expression), objects)
        self._may_raise(objects)

    def _walrus(self, expression: AssignmentExpr, objects: Objects) -> object | None:
        known = self._value(expression.value, objects)
        self._assign(expression.target, known, objects)
        return known

    def _look(self, expression: ComparisonExpr | UnaryExpr, objects: Objects) -> None:
        for operand in children(expression):
            if isinstance(operand, Expression):
                self._value(operand, objects)

    def _cast(self, expression: CastExpr, objects: Objects) -> object | None:
        return self._value(expression.expr, objects)

    def _conditional(self, expression: ConditionalExpr, objects: Objects) -> object | None:
        when_true, when_false = self._test(expression.cond, objects)
        whole = [(expression.if_expr, when_true), (expression.else_expr, when_false)]
        return self._either(expression, [(self._value(value, taken), taken) for value, taken in whole], objects)

    def _operation(self, expression: OpExpr, objects: Objects) -> object | None:
        if expression.op not in {"and", "or"}:
            self._use(expression.left, objects)
            self._use(expression.right, objects)
            return None
        left = self._value(expression.left, objects)
        other = objects.copy()
        right = self._value(expression.right, other)
        return self._either(expression, [(left, objects), (right, other)], objects)

    @staticmethod
    def _either(whole: Expression, values: Sequence[tuple[object | None, Objects]], objects: Objects) -> object | None:
        """Go on after an expression that has the value of one of several; return the object that it gives."""
        for value, taken in values:
            taken.names[whole] = value
        objects.become(joined(taken for _, taken in values))
        return objects.names.pop(whole, None)

    def _test(self, condition: Expression, objects: Objects) -> tuple[Objects, Objects]:
        """Follow the evaluation of a condition; return what is known where it holds, and where it does not."""
        match condition:
            case UnaryExpr(op="not", expr=negated):
                when_false, when_true = self._test(negated, objects)
                return when_true, when_false
            case OpExpr(op="and"):
                left_true, left_false = self._test(condition.left, objects)
                when_true, right_false = self._test(condition.right, left_true)
                return when_true, joined([left_false, right_false]).copy()
            case OpExpr(op="or"):
                left_true, left_false = self._test(condition.left, objects)
                right_true, when_false = self._test(condition.right, left_false)
                return joined([left_true, right_true]).copy(), when_false
        self._value(condition, objects)
        return objects.copy(), objects.copy()

    def _comprehension(
        self,
        expression: ListComprehension | SetComprehension | DictionaryComprehension,
        objects: Objects,
    ) -> None:
        if isinstance(expression, DictionaryComprehension):
            results = [part for part in (expression.key, expression.value) if part is not None]
            self._rounds(expression, results, 0, objects)
        else:
            self._rounds(expression.generator, [expression.generator.left_expr], 0, objects)

    def _rounds(
        self,
        inner: GeneratorExpr | DictionaryComprehension,
        results: Sequence[Expression],
        depth: int,
        objects: Objects,
    ) -> None:
        if depth == len(inner.sequences):
            self._use_all(results, objects)
            return
        self._use(inner.sequences[depth], objects)

        def begin(at_head: Objects) -> Objects:
            self._may_raise(at_head)
            left = at_head.copy()
            self._assign(inner.indices[depth], None, at_head)
            return left

        def body(inside: Objects) -> None:
            passed_over = []
            for condition in inner.condlists[depth]:
                when_true, when_false = self._test(condition, inside)
                inside.become(when_true)
                passed_over.append(when_false)
            self._rounds(inner, results, depth + 1, inside)
            inside.become(joined([inside, *passed_over]))

        left, _ = self._loop(objects, begin, body)
        objects.become(left)

    def _pass_over(self, expression: LambdaExpr | GeneratorExpr, objects: Objects) -> None:
        """Pass over what is evaluated later: the names it speaks of are not followed."""

    def _loop(
        self, objects: Objects, begin: Callable[[Objects], Objects], body: Callable[[Objects], None]
    ) -> tuple[Objects, list[Objects]]:
        """Follow a loop until nothing new comes of it.

        Arguments:
            objects: what is known before it.
            begin: follows the head of the loop, and returns what is known where it is left from there.
            body: follows the body.

        Returns:
            What is known where it ends, and where it is broken off.

        """

        def follow(at_head: Objects) -> tuple[Objects, Objects, list[Objects]]:
            loop = Loop()
            self._loops.append(loop)
            left = begin(at_head)
            body(at_head)
            self._loops.pop()
            return left, joined([at_head, *loop.continued]), loop.broken

        start = objects.copy()
        if len(self._loops) >= _DEEPEST_LOOP:
            start.states.clear()
            left, again, broken = follow(start)
            for end in (left, *broken):
                end.states.clear()
            return left, broken
        with self._protocol.silence(), self._raising_elsewhere():
            for _ in range(_ROUNDS):
                _, again, _ = follow(start.copy())
                following = joined([objects, again]).copy()
                if following.shape() == start.shape():
                    break
                start = following
            else:
                start.states.clear()
        left, again, broken = follow(start.copy())
        if again.states:
            with self._protocol.second_round(), self._raising_elsewhere():
                follow(again)
        return left, broken

    def _may_raise(self, objects: Objects, *, is_likely: bool = True) -> None:
        if self._raised is not None:
            self._raised.append((objects.copy(), is_likely))

    @contextmanager
    def _raising_elsewhere(self) -> Iterator[None]:
        """Leave exceptions out of account for a while."""
        outer = self._raised
        self._raised = None if outer is None else []
        yield
        self._raised = outer

    _expressions: ClassVar[dict[type[Expression], Callable[["Evaluation", Any, Objects], object | None]]] = {
        AssignmentExpr: _walrus,
        AwaitExpr: _await,
        CallExpr: _call,
        CastExpr: _cast,
        ComparisonExpr: _look,
        ConditionalExpr: _conditional,
        DictionaryComprehension: _comprehension,
        GeneratorExpr: _pass_over,
        IndexExpr: _index,
        LambdaExpr: _pass_over,
        ListComprehension: _comprehension,
        MemberExpr: _member,
        NameExpr: _name,
        OpExpr: _operation,
        SetComprehension: _comprehension,
        UnaryExpr: _look,
        YieldExpr: _yield,
        YieldFromExpr: _yield,
    }


def _shared(function: FuncDef) -> tuple[set[Var], set[str]]:
    """Return the variables that code sees which runs at another time, and the names of those of another function."""
    variables: set[Var] = set()
    names: set[str] = set()
    run_at_once: set[Node] = set()
    for node in descendants(function.body):
        if isinstance(node, ListComprehension | SetComprehension):
            run_at_once.add(node.generator)
        elif isinstance(node, NonlocalDecl):
            names.update(node.names)
        elif isinstance(node, FuncDef | ClassDef | LambdaExpr | GeneratorExpr) and node not in run_at_once:
            inside = (local_variable(part) for part in descendants(node) if isinstance(part, Expression))
            variables.update(variable for variable in inside if variable is not None)
    return variables, names


def local_variable(expression: Expression) -> Var | None:
    """Return the local variable that an expression names, None for any other expression."""
    if isinstance(expression, NameExpr) and expression.kind == LDEF and isinstance(expression.node, Var):
        return expression.node
    return None


def _class_called(callee: Expression) -> TypeInfo | None:
    """Return the class that a call makes an object of, None where it calls something else."""
    if isinstance(callee, IndexExpr):
        callee = callee.analyzed or callee
    if isinstance(callee, TypeApplication):
        callee = callee.expr
    named = callee.node if isinstance(callee, RefExpr) else None
    if isinstance(named, TypeAlias):
        target = get_proper_type(named.target)
        return target.type if isinstance(target, Instance) else None
    return named if isinstance(named, TypeInfo) else None
