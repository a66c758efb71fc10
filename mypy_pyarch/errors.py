"""The error codes. mypy checks the configured codes once plugins are imported, so importing this registers them."""

from typing import Final

from mypy.errorcodes import ErrorCode

__all__ = ["DEPENDS_CALL", "DEPENDS_OVERRIDE", "DEPENDS_TYPE", "DEPENDS_UNRESOLVABLE", "DEPENDS_UNTYPED"]


def _code(name: str, description: str) -> ErrorCode:
    return ErrorCode(f"pyarch-{name}", description, "Dependency injection")


DEPENDS_TYPE: Final = _code("depends-type", "The provider hands over another type than the parameter declares")
DEPENDS_OVERRIDE: Final = _code("depends-override", "The override does not fit where the provider is injected")
DEPENDS_UNRESOLVABLE: Final = _code("depends-unresolvable", "FastAPI cannot fill the parameter")
DEPENDS_CALL: Final = _code("depends-call", "Calling the provider does not give the value that is meant")
DEPENDS_UNTYPED: Final = _code("depends-untyped", "The provider has no return annotation")
