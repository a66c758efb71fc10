"""Places that ask for an injection, and the check of what they declare against what is provided."""

from dataclasses import dataclass

from mypy.errorcodes import ErrorCode
from mypy.nodes import CallExpr, Context, Decorator, FuncDef, Node, OverloadedFuncDef, TypeInfo, Var
from mypy.types import Instance, Type, get_proper_type

from mypy_pyarch.depends.calls import provider_argument, written
from mypy_pyarch.depends.providers import Flaw, Provider, provider_of, provider_of_class
from mypy_pyarch.errors import DEPENDS_CALL, DEPENDS_TYPE, DEPENDS_UNTYPED
from mypy_pyarch.internals import Checker, formatted, is_assignable, module_of, without_type_variables

__all__ = [
    "Injection",
    "check_annotated",
    "check_declared_type",
    "check_flaw",
    "name_of",
    "provider_of_injection",
    "report",
]


Definition = Decorator | FuncDef | OverloadedFuncDef | TypeInfo | Var


@dataclass(frozen=True, slots=True)
class Injection:
    """A `Depends(…)`, and what it stands for.

    Arguments:
        call: the call of `Depends`.
        declared: the type of the parameter, None where there is none.
        is_item: whether it is part of something larger, as in `dependencies=[Depends(…)]`, where no value is used.

    """

    call: CallExpr
    declared: Type | None
    is_item: bool = False


def provider_of_injection(injection: Injection, checker: Checker) -> Provider | None:
    """Return what an injection provides, None where it does not say what to call."""
    if any(kind.is_star() for kind in injection.call.arg_kinds):
        return None
    argument = provider_argument(injection.call)
    if argument is not None:
        with checker.msg.filter_errors():
            return provider_of(argument, checker.get_expression_type(argument), checker)
    declared = get_proper_type(injection.declared) if injection.declared else None
    return provider_of_class(declared) if isinstance(declared, Instance) else None


def check_flaw(injection: Injection, provider: Provider, checker: Checker) -> None:
    """Report a provider that gives no value when it is called."""
    name = provider.name
    match provider.flaw:
        case Flaw.NOT_CALLABLE:
            argument = provider_argument(injection.call)
            remedy = f': pass "{written(argument.callee)}" itself' if isinstance(argument, CallExpr) else ""
            message = f'Dependency "{name}" is a value, not a callable{remedy}'
        case Flaw.ABSTRACT:
            message = f'Dependency "{name}" is abstract, so it cannot be called: depend on a function that provides one'
        case Flaw.CONTEXT_MANAGER:
            message = f'Dependency "{name}" is a context manager, which FastAPI does not enter: drop its decorator'
        case None:
            return
    report(checker, message, injection.call, DEPENDS_CALL, provider.definition)


def check_declared_type(injection: Injection, provider: Provider, checker: Checker) -> None:
    """Report a provider of another type than its parameter declares."""
    if injection.declared is None or not provider.values:
        return
    declared = without_type_variables(injection.declared)
    if not any(is_assignable(value, declared) for value in provider.values):
        provided, expected = formatted(provider.values[0], declared, options=checker.options)
        message = f'Dependency "{provider.name}" provides {provided}, expected {expected}'
        report(checker, message, injection.call, DEPENDS_TYPE, provider.definition)


def check_annotated(injection: Injection, provider: Provider, checker: Checker) -> None:
    """Report a provider of the project that does not say what it returns."""
    module = module_of(provider.definition, checker.modules) if provider.definition else None
    is_ours = module is None or module.path not in checker.errors.ignored_files
    if is_ours and provider.is_unannotated:
        message = f'Dependency "{provider.name}" has no return annotation, so what it provides is not checked'
        report(checker, message, injection.call, DEPENDS_UNTYPED, provider.definition)


def report(checker: Checker, message: str, context: Context, code: ErrorCode, definition: Node | None) -> None:
    """Report an error, with a note that says where the provider is defined.

    No line of another module is told: it may move without this module being checked again.
    """
    checker.fail(message, context, code=code)
    if isinstance(definition, Definition):
        module = module_of(definition, checker.modules) or checker.tree
        line = _line(definition)
        place = f'in "{module.fullname}"' if module is not checker.tree else f"on line {line}" if line > 0 else "here"
        checker.msg.note(f'"{name_of(definition)}" is defined {place}', context, code=code)


def name_of(definition: Definition) -> str:
    """Return the name of a definition, a method's with that of its class."""
    if isinstance(definition, TypeInfo):
        return definition.name
    owner = definition.info
    return f"{owner.name}.{definition.name}" if owner else definition.name


def _line(definition: Definition) -> int:
    match definition:
        case Decorator():
            return definition.func.line
        case TypeInfo():
            return definition.defn.line
    return definition.line
