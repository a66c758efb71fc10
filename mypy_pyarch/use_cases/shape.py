"""The shape of a use-case class: its setters, its result properties, and the method that runs it."""

import ast
from collections.abc import Iterator

from mypy.errorcodes import ErrorCode
from mypy.nodes import (
    Argument,
    ClassDef,
    Context,
    Decorator,
    Expression,
    FuncDef,
    MemberExpr,
    OverloadedFuncDef,
    Statement,
)
from mypy.types import (
    AnyType,
    CallableType,
    Instance,
    NoneType,
    Type,
    TypeOfAny,
    TypeVarType,
    UninhabitedType,
    get_proper_type,
)

from flake8_pyarch.source.classes import Function
from flake8_pyarch.source.syntax import own_nodes
from flake8_pyarch.source.use_cases import UseCaseModel
from mypy_pyarch.errors import EXECUTE, RESULT, SETTER
from mypy_pyarch.internals import Checker, formatted, inherited_attribute_type, inherited_signature, is_assignable
from mypy_pyarch.types import (
    accepts_none,
    awaited,
    is_same,
    is_unknown,
    is_written_any,
    signature_of,
    without_none,
)
from mypy_pyarch.use_cases.models import UseCase, attributes_of

__all__ = ["ShapeCheck"]


class ShapeCheck:
    """Checks a use-case class.

    Arguments:
        use_case: what is known of it.
        checker: the checker of its module.
        method: the method that runs a use case.
        style: how the project's use cases take inputs and show results.

    """

    def __init__(self, use_case: UseCase, checker: Checker, method: str, style: str) -> None:
        self._use_case = use_case
        self._checker = checker
        self._method = method
        self._style = style

    def check(self, node: ClassDef) -> None:
        """Report what is not as it should be in the definition of the class."""
        model = self._use_case.own_model
        for statement in node.defs.body:
            function = statement.func if isinstance(statement, Decorator) else statement
            if isinstance(function, FuncDef) and function.name == self._method:
                self._check_execute(function)
            elif self._style != "setter-property" or model is None or not self._use_case.has_method(self._method):
                continue  # the `set_…` of a class that is not executed may be anything
            elif isinstance(function, FuncDef) and function.name in self._use_case.setters:
                self._check_setter(function, model)
            elif isinstance(statement, Decorator | OverloadedFuncDef):
                self._check_property(statement, model)

    # Setters

    def _check_setter(self, setter: FuncDef, model: UseCaseModel) -> None:
        arguments = setter.arguments[1:]
        if any(argument.kind.is_star() for argument in arguments):
            self._fail(f'Setter "{setter.name}" takes any number of arguments, expected one', setter, SETTER)
        elif len(arguments) != 1:
            number = f"{len(arguments)} arguments" if arguments else "no argument"
            self._fail(f'Setter "{setter.name}" takes {number}, expected one', setter, SETTER)
        else:
            self._check_argument(setter, arguments[0], self._input_type(setter, model))
        self._check_returned(setter)

    def _input_type(self, setter: FuncDef, model: UseCaseModel) -> Type | None:
        """Return the type of the input that a setter sets, without None, None where that is unclear."""
        places = (place for name, places in model.model.attributes.items() if name.startswith("_") for place in places)
        stored = [*{place.name for place in places if place.method is not None and place.method.name == setter.name}]
        declared = inherited_attribute_type(self._use_case.info, stored[0]) if len(stored) == 1 else None
        remaining = without_none(declared) if declared is not None else None
        return None if remaining is None or isinstance(remaining, AnyType | UninhabitedType) else remaining

    def _check_argument(self, setter: FuncDef, argument: Argument, declared: Type | None) -> None:
        signature = signature_of(setter)
        if argument.type_annotation is None or signature is None:
            remedy = f" as {self._shown(declared)}" if declared is not None else ""
            name = argument.variable.name
            self._fail(
                f'Setter "{setter.name}" does not say what it takes: annotate "{name}"{remedy}', argument, SETTER
            )
            return
        taken = without_none(signature.arg_types[1])
        if declared is None or is_unknown(taken) or (is_same(taken, declared) and not is_written_any(taken)):
            return
        if is_written_any(taken) or not (is_assignable(declared, taken) or is_assignable(taken, declared)):
            relation = "but its input is"
        else:
            width = "wider" if is_assignable(declared, taken) else "narrower"
            relation = f"{width} than its input, which is"
        shown, expected = formatted(taken, declared, options=self._checker.options)
        self._fail(f'Setter "{setter.name}" takes {shown}, {relation} {expected}', argument, SETTER)

    def _check_returned(self, setter: FuncDef) -> None:
        signature = signature_of(setter)
        returned = get_proper_type(signature.ret_type) if signature is not None else None
        if returned is None or _is_unannotated(returned):
            message = f'Setter "{setter.name}" does not say what it returns: annotate it as "Self"'
        elif self._is_the_use_case(returned) or is_unknown(returned):
            return
        else:
            message = f'Setter "{setter.name}" returns {self._shown(returned)}, expected "Self"'
        self._fail(message, setter, SETTER)

    def _is_the_use_case(self, typ: Type) -> bool:
        proper = get_proper_type(typ)
        if isinstance(proper, TypeVarType):
            proper = get_proper_type(proper.upper_bound)
        return isinstance(proper, Instance) and proper.type is self._use_case.info

    # Results

    def _check_property(self, node: Decorator | OverloadedFuncDef, model: UseCaseModel) -> None:
        parts = node.items if isinstance(node, OverloadedFuncDef) else [node]
        getter = parts[0] if parts else None
        if not isinstance(getter, Decorator) or not getter.var.is_property:
            return
        function, written = getter.func, model.all_properties.get(getter.func.name)
        if function.name not in self._use_case.result_properties or written is None:
            return
        for part in parts[1:]:
            accessor = _accessor(part)
            if accessor is not None:
                message = f'Result "{function.name}" has a {accessor.name}: only "{self._method}" makes it'
                self._fail(message, accessor, RESULT)
        signature = signature_of(function)
        if signature is None or _is_unannotated(signature.ret_type):
            self._fail(f'Result "{function.name}" has no type: annotate it', function, RESULT)
        elif accepts_none(signature.ret_type) and not _has_flag(written):
            remedy = f"raise where there is none yet, and declare it {self._shown(without_none(signature.ret_type))}"
            self._fail(f'Result "{function.name}" may be None: {remedy}', function, RESULT)

    # The method that runs it

    def _check_execute(self, function: FuncDef) -> None:
        signature = signature_of(function)
        if self._style == "call":
            self._check_annotations(function)
        elif self._style == "setter-property" and not self._takes_and_returns_nothing(function, signature):
            return
        base = next((base for base in self._use_case.info.mro[1:] if self._method in base.names), None)
        if signature is not None and base is not None and base.type_vars:
            promised = inherited_signature(self._use_case.info, base, self._method)
            if promised is not None:
                self._check_promise(function, signature, promised, base.name)

    def _takes_and_returns_nothing(self, function: FuncDef, signature: CallableType | None) -> bool:
        """Report what the method takes or returns; tell whether that is nothing."""
        returned = get_proper_type(awaited(signature.ret_type)) if signature is not None else None
        for argument in function.arguments[1:2]:
            name = argument.variable.name
            message = f'"{self._method}" takes "{name}": let a setter, "set_{name}", take it before'
            self._fail(message, argument, EXECUTE)
        if returned is None or isinstance(returned, NoneType | UninhabitedType | AnyType):
            return len(function.arguments) <= 1
        self._fail(f'"{self._method}" returns {self._shown(returned)}: let a property show it', function, EXECUTE)
        return False

    def _check_annotations(self, function: FuncDef) -> None:
        for argument in function.arguments[1:]:
            if argument.type_annotation is None:
                message = f'"{self._method}" does not say what it takes: annotate "{argument.variable.name}"'
                self._fail(message, argument, EXECUTE)
        signature = signature_of(function)
        if signature is None or _is_unannotated(signature.ret_type):
            self._fail(f'"{self._method}" does not say what it returns', function, EXECUTE)

    def _check_promise(self, function: FuncDef, own: CallableType, promised: CallableType, base: str) -> None:
        """Report what a subclass does not keep of the contract of its generic base."""
        pairs = zip(function.arguments[1:], own.arg_types[1:], promised.arg_types, strict=False)
        for argument, taken, expected in pairs:
            if not is_assignable(expected, taken) or _hides(taken, expected):
                shown, wanted = formatted(taken, expected, options=self._checker.options)
                message = f'"{self._method}" takes {shown}, but its base "{base}" promises to take {wanted}'
                self._fail(message, argument, EXECUTE)
        types = awaited(own.ret_type), awaited(promised.ret_type)
        if not is_assignable(own.ret_type, promised.ret_type) or _hides(*types):
            shown, wanted = formatted(*types, options=self._checker.options)
            message = f'"{self._method}" returns {shown}, but its base "{base}" promises {wanted}'
            self._fail(message, function, EXECUTE)

    def _shown(self, typ: Type) -> str:
        return formatted(typ, options=self._checker.options)[0]

    def _fail(self, message: str, context: Context, code: ErrorCode) -> None:
        self._checker.fail(message, context, code=code)


def _is_unannotated(typ: Type) -> bool:
    proper = get_proper_type(typ)
    return isinstance(proper, AnyType) and proper.type_of_any == TypeOfAny.unannotated


def _hides(own: Type, promised: Type) -> bool:
    """Tell whether a type is an `Any` where something more exact was promised."""
    is_any = is_written_any(own) or _is_unannotated(own)
    return is_any and not isinstance(get_proper_type(promised), AnyType)


def _accessor(part: Statement) -> MemberExpr | None:
    """Return the decorator that makes a function the setter or the deleter of a property."""
    decorators: list[Expression] = part.original_decorators if isinstance(part, Decorator) else []
    return next((each for each in decorators if isinstance(each, MemberExpr) and each.name != "getter"), None)


def _has_flag(function: Function) -> bool:
    """Tell whether a property asks something other than its result whether there is one, and raises if not."""
    returned = [node.value for node in own_nodes(function.body) if isinstance(node, ast.Return)]
    shown = {name for value in returned if value is not None for name in attributes_of(value, function)}
    return any(not shown.issuperset(attributes_of(test, function)) for test in _guards(function))


def _guards(function: Function) -> Iterator[ast.expr]:
    for node in own_nodes(function.body):
        if isinstance(node, ast.Assert) or (
            isinstance(node, ast.If) and any(isinstance(inner, ast.Raise) for inner in (*node.body, *node.orelse))
        ):
            yield node.test
