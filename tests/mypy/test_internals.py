"""What we use of mypy beyond its plugin interface still looks as it did."""

import ast
import inspect
from collections.abc import Callable
from typing import Any

import pytest
from mypy import checker, checker_state, erasetype, errors, fastparse, indirection, messages, semanal, state, subtypes
from mypy.binder import ConditionalTypeBinder
from mypy.nodes import CallExpr, MypyFile
from mypy.options import Options
from mypy.plugin import Plugin
from mypy.typeanal import TypeAnalyser

FUNCTIONS: list[tuple[Callable[..., Any], set[str]]] = [
    (errors.Errors.report, {"line", "column", "message", "severity"}),
    (errors.Errors.set_file, {"file", "module", "options", "scope"}),
    (semanal.SemanticAnalyzer.lookup_qualified, {"name", "ctx", "suppress_errors"}),
    (semanal.SemanticAnalyzer.in_checked_function, set()),
    (checker.TypeChecker.enter_partial_types, set()),
    (checker.TypeChecker.in_checked_function, set()),
    (checker.TypeChecker.get_expression_type, {"node"}),
    (messages.MessageBuilder.filter_errors, set()),
    (messages.format_type_distinctly, {"types", "options"}),
    (indirection.TypeIndirectionVisitor.find_modules, {"typs"}),
    (subtypes.is_subtype, {"left", "right"}),
    (subtypes.find_member, {"name", "itype", "subtype", "is_operator"}),
    (erasetype.erase_typevars, {"t"}),
    (ConditionalTypeBinder.top_frame_context, set()),
    (checker_state.checker_state.set, {"value"}),
    (state.state.strict_optional_set, {"value"}),
    (MypyFile.is_typeshed_file, {"options"}),
]
ATTRIBUTES = [
    (errors.Errors, "file options ignored_files"),
    (semanal.SemanticAnalyzer, "errors modules plugin options msg cur_mod_node"),
    (TypeAnalyser, "api"),
    (checker.TypeChecker, "errors modules plugin options tree path msg tscope binder module_refs expr_checker"),
]


@pytest.mark.parametrize(("function", "parameters"), FUNCTIONS, ids=lambda value: getattr(value, "__qualname__", ""))
def test_functions(function: Callable[..., Any], parameters: set[str]) -> None:
    assert parameters <= set(inspect.signature(function).parameters)


@pytest.mark.parametrize(("kind", "names"), ATTRIBUTES, ids=lambda value: getattr(value, "__name__", ""))
def test_attributes(kind: type, names: str) -> None:
    annotated = {name for base in kind.__mro__ for name in getattr(base, "__annotations__", {})}
    assert set(names.split()) <= annotated | set(dir(kind))


def options() -> Options:
    return Options()


def test_expressions_are_converted() -> None:
    converter = fastparse.ASTConverter(
        options(), is_stub=False, errors=errors.Errors(options()), strip_function_bodies=False, path="x.py"
    )
    call = converter.visit(ast.parse("Depends(get_clock)", mode="eval").body)
    assert isinstance(call, CallExpr)
    assert (call.line, call.column, len(call.args)) == (1, 0, 1)


def test_a_checker_is_made() -> None:
    file = MypyFile([], [])
    file.path = "x.py"
    file.names = {}  # type: ignore[assignment]  # its own class of dictionaries adds nothing here
    made = checker.TypeChecker(errors.Errors(options()), {}, options(), file, "x.py", Plugin(options()), {})
    assert made.tree is file
    assert made.expr_checker.type_context == [None]
