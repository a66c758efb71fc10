"""The error codes. mypy checks the configured codes once plugins are imported, so importing this registers them."""

from typing import Final

from mypy.errorcodes import ErrorCode

__all__ = [
    "ABSTRACT_DEPENDENCY",
    "DEPENDS_CALL",
    "DEPENDS_OVERRIDE",
    "DEPENDS_TYPE",
    "DEPENDS_UNRESOLVABLE",
    "DEPENDS_UNTYPED",
    "EXECUTE",
    "EXECUTED_TWICE",
    "INPUT_NOT_SET",
    "NOT_EXECUTED",
    "RESULT",
    "SETTER",
]


def _code(name: str, description: str, category: str = "Dependency injection") -> ErrorCode:
    return ErrorCode(f"pyarch-{name}", description, category)


DEPENDS_TYPE: Final = _code("depends-type", "The provider hands over another type than the parameter declares")
DEPENDS_OVERRIDE: Final = _code("depends-override", "The override does not fit where the provider is injected")
DEPENDS_UNRESOLVABLE: Final = _code("depends-unresolvable", "FastAPI cannot fill the parameter")
DEPENDS_CALL: Final = _code("depends-call", "Calling the provider does not give the value that is meant")
DEPENDS_UNTYPED: Final = _code("depends-untyped", "The provider has no return annotation")


def _use_case_code(name: str, description: str) -> ErrorCode:
    return _code(name, description, "Use cases")


SETTER: Final = _use_case_code("setter", "A setter does not take what its input is, or does not return the use case")
RESULT: Final = _use_case_code("result", "A result has no type, may be None, or is assigned from outside")
EXECUTE: Final = _use_case_code("execute", "The method that runs a use case has not the signature its style asks for")
ABSTRACT_DEPENDENCY: Final = _use_case_code(
    "abstract-dependency", "A use case depends on a concrete class of an outer layer"
)
INPUT_NOT_SET: Final = _use_case_code("input-not-set", "A use case is executed before an input is set")
NOT_EXECUTED: Final = _use_case_code("not-executed", "A result is read before the use case is executed")
EXECUTED_TWICE: Final = _use_case_code("executed-twice", "A use-case object is executed more than once")
