"""Assignments to inputs and results of a use case from outside its class."""

from collections.abc import Iterator

from mypy.nodes import (
    AssignmentStmt,
    ClassDef,
    DelStmt,
    Expression,
    ForStmt,
    ListExpr,
    MemberExpr,
    NameExpr,
    Node,
    OperatorAssignmentStmt,
    StarExpr,
    TupleExpr,
    Var,
)

from mypy_pyarch.errors import RESULT
from mypy_pyarch.internals import Checker
from mypy_pyarch.statements import Statements
from mypy_pyarch.use_cases.children import children
from mypy_pyarch.use_cases.models import UseCase, UseCases, use_case_of_type

__all__ = ["AssignmentCheck"]


class AssignmentCheck:
    """Checks what a module assigns to attributes of use cases.

    Arguments:
        use_cases: the use cases.
        checker: the checker of the module.

    """

    def __init__(self, use_cases: UseCases, checker: Checker) -> None:
        self._use_cases = use_cases
        self._checker = checker

    def check(self, statements: Statements) -> None:
        """Report the assignments among the statements of the module."""
        for kind in (AssignmentStmt, DelStmt, ForStmt, OperatorAssignmentStmt):
            for statement in statements.of(kind):
                for target in _targets(statement):
                    self._check_target(target, statement, statements)

    def _check_target(self, target: MemberExpr, statement: Node, statements: Statements) -> None:
        use_case = self._use_case_of(target.expr)
        if use_case is None:
            return
        name, of = target.name, f'of use case "{use_case.name}"'
        if name in use_case.inputs:
            setter = next((setter for setter, inputs in use_case.setters.items() if name in inputs), None)
            message = f'Input "{name}" {of} is assigned from outside: call "{setter}"'
        elif name in use_case.results or name in use_case.result_properties:
            message = f'Result "{name}" {of} is assigned from outside: only "{self._use_cases.method}" makes it'
        else:
            return
        owners = self._owners_of(statement, statements)
        if not any(base.fullname in owners for base in use_case.info.mro[:-1]):
            self._checker.fail(message, target, code=RESULT)

    def _owners_of(self, statement: Node, statements: Statements) -> set[str]:
        """Return the names of the classes that a statement stands in, and of what they derive from."""
        return {
            base.fullname
            for definition in statements.of(ClassDef)
            if statement in Statements([definition], self._checker.options).of(type(statement))
            for base in definition.info.mro
        }

    def _use_case_of(self, expression: Expression) -> UseCase | None:
        if isinstance(expression, NameExpr) and isinstance(expression.node, Var):
            return None if expression.node.is_self else use_case_of_type(expression.node.type, self._use_cases)
        with self._checker.msg.filter_errors():
            return use_case_of_type(self._checker.get_expression_type(expression), self._use_cases)


def _targets(statement: Node) -> Iterator[MemberExpr]:
    """Yield the attributes that a statement assigns or deletes."""
    match statement:
        case AssignmentStmt(lvalues=targets):
            if all(isinstance(target, NameExpr) for target in targets):  # most are, and this is fast
                return
            stack: list[Node] = [*targets]
        case OperatorAssignmentStmt(lvalue=target) | DelStmt(expr=target) | ForStmt(index=target):
            stack = [target]
        case _:
            return
    while stack:
        node = stack.pop()
        if isinstance(node, MemberExpr):
            yield node
        elif isinstance(node, TupleExpr | ListExpr | StarExpr):
            stack.extend(children(node))
