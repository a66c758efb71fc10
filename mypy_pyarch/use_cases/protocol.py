"""What is done to a use-case object, and whether it is its turn: inputs first, then once `execute`, then results."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from mypy.errorcodes import ErrorCode
from mypy.nodes import CallExpr, Expression, MemberExpr

from mypy_pyarch.errors import EXECUTED_TWICE, INPUT_NOT_SET, NOT_EXECUTED
from mypy_pyarch.use_cases.states import Executed, Objects, State

__all__ = ["Protocol", "Report"]

Report = Callable[[str, Expression, ErrorCode], None]


class Protocol:
    """Notes what becomes of use-case objects, and reports what comes too early, or again.

    Arguments:
        method: the method that runs a use case.
        may_run_again: whether a use case keeps no inputs that a second execution would find again.
        report: reports an error.

    """

    def __init__(self, method: str, report: Report, *, may_run_again: bool) -> None:
        self._method = method
        self._may_run_again = may_run_again
        self._report = report
        self._reported: set[tuple[Expression, ErrorCode]] = set()
        self._silenced = 0
        self._is_second_round = False

    @contextmanager
    def silence(self) -> Iterator[None]:
        """Report nothing for a while."""
        self._silenced += 1
        try:
            yield
        finally:
            self._silenced -= 1

    @contextmanager
    def second_round(self) -> Iterator[None]:
        """Report only what the second round of a loop does again."""
        before, self._is_second_round = self._is_second_round, True
        try:
            yield
        finally:
            self._is_second_round = before

    def call(self, known: object, call: CallExpr, name: str, objects: Objects) -> object | None:
        """Note that a method of an object is called; return the object if it is what the method gives back."""
        state = objects.states.get(known)
        if state is None:
            return None
        if name == self._method:
            objects.states[known] = self._executed(state, call)
        elif name in state.use_case.setters:
            objects.states[known] = state.having_set(state.use_case.setters[name])
        elif name not in state.use_case.neutral:
            objects.forget(known)
        return known if state.use_case.returns_itself(name) else None

    def _executed(self, state: State, call: CallExpr) -> State:
        missing = [name for name in state.use_case.required if name not in state.surely]
        if missing:
            setters = dict.fromkeys(state.use_case.required[name] for name in missing)
            verb = "may be" if state.perhaps.intersection(missing) else "is"
            called = f"{_listed(setters)} {'are' if len(setters) > 1 else 'is'} called"
            message = f'Use case "{state.use_case.name}" {verb} executed before {called}'
            self._fail(message, call, INPUT_NOT_SET)
        if state.executed is Executed.YES and not call.args and not self._may_run_again:
            again = "again in each round of the loop" if self._is_second_round else "a second time"
            message = f'Use case "{state.use_case.name}" is executed {again}: make a new one for each execution'
            self._fail(message, call, EXECUTED_TWICE)
        # Told once is enough.
        return state._replace(surely=state.surely.union(missing), executed=Executed.YES)

    def read(self, known: object, member: MemberExpr, objects: Objects) -> None:
        """Note that an attribute of an object is read."""
        state = objects.states.get(known)
        if state is None:
            return
        use_case, name = state.use_case, member.name
        if name in use_case.guarded and state.executed in {Executed.NO, Executed.EITHER}:
            verb = "is" if state.executed is Executed.NO else "may be"
            message = f'Result "{name}" of use case "{use_case.name}" {verb} read before "{self._method}" is called'
            self._fail(message, member, NOT_EXECUTED)
        elif name in use_case.telling and state.executed is not Executed.YES:
            objects.states[known] = state._replace(executed=Executed.UNKNOWN)
        elif use_case.has_method(name):
            objects.forget(known)  # whoever has the bound method may call it

    def assign(self, known: object, name: str, objects: Objects) -> None:
        """Note that an attribute of an object is assigned from outside."""
        state = objects.states.get(known)
        if state is not None and name in state.use_case.inputs:
            objects.states[known] = state.having_set([name])
        elif state is not None and (name in state.use_case.results or name in state.use_case.result_properties):
            objects.states[known] = state._replace(executed=Executed.UNKNOWN)

    def _fail(self, message: str, node: Expression, code: ErrorCode) -> None:
        is_wanted = not self._is_second_round or code is EXECUTED_TWICE
        if not self._silenced and is_wanted and (node, code) not in self._reported:
            self._reported.add((node, code))
            self._report(message, node, code)


def _listed(names: Iterable[str]) -> str:
    *others, last = (f'"{name}"' for name in names)
    return f"{', '.join(others)} and {last}" if others else last
