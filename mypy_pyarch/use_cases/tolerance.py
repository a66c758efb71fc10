"""Whether a use case can do without an input: it asks whether the input is there, and goes on if it is not."""

import ast
from collections.abc import Iterator

from flake8_pyarch.source.classes import Function, receiver_of
from flake8_pyarch.source.syntax import own_nodes
from flake8_pyarch.source.use_cases import UseCaseModel

__all__ = ["does_without"]


def does_without(attribute: str, model: UseCaseModel) -> bool:
    """Tell whether `execute`, or a method it calls, tests an attribute, and none of them raises when it is missing."""
    tests = [is_guard for method in model.called_methods(model.execute) for is_guard in _tests_of(attribute, method)]
    return bool(tests) and not any(tests)


def _tests_of(attribute: str, method: Function) -> Iterator[bool]:
    """Yield for each test of an attribute whether it is a guard: one that ends in an exception."""
    names = _names_of(attribute, method)
    in_tests: set[ast.AST] = set()
    for node in own_nodes(method.body):
        match node:
            case ast.Assert(test=test) if _mentions(test, names, method, attribute):
                in_tests.update(ast.walk(test))
                yield True
            case ast.If(test=test) if _mentions(test, names, method, attribute):
                in_tests.update(ast.walk(test))
                yield _raises(node.body) or _raises(node.orelse)
            case ast.IfExp(test=test) if _mentions(test, names, method, attribute):
                yield False
            case ast.Match(subject=subject) if _mentions(subject, names, method, attribute):
                yield any(_raises(case.body) for case in node.cases)
    for node in own_nodes(method.body):
        if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.Or) and node not in in_tests:
            yield from (False for value in node.values[:-1] if _is_one(value, names, method, attribute))


def _names_of(attribute: str, method: Function) -> set[str]:
    """Return the local names that an attribute is assigned to."""
    found: set[str] = set()
    for node in own_nodes(method.body):
        match node:
            case (
                ast.Assign(targets=[ast.Name(id=name)], value=value)
                | ast.NamedExpr(target=ast.Name(id=name), value=value)
            ) if _is_one(value, set(), method, attribute):
                found.add(name)
    return found


def _is_one(node: ast.AST, names: set[str], method: Function, attribute: str) -> bool:
    match node:
        case ast.Name(id=name):
            return name in names
        case ast.Attribute(value=ast.Name(id=owner), attr=name):
            return name == attribute and owner == receiver_of(method)
    return False


def _mentions(test: ast.AST, names: set[str], method: Function, attribute: str) -> bool:
    return any(_is_one(node, names, method, attribute) for node in ast.walk(test))


def _raises(body: list[ast.stmt]) -> bool:
    return any(isinstance(statement, ast.Raise | ast.Assert) for statement in body)
