"""What FastAPI can make of a request: whether pydantic has a schema for a type.

Without one FastAPI refuses to start. Only types it refuses for sure are told apart, so everything unclear counts as
fillable: `tests/mypy/test_fillable.py` starts applications to compare.
"""

import ast
from collections.abc import Iterator
from itertools import chain

from mypy.nodes import MypyFile, TypeInfo
from mypy.types import Instance, TupleType, Type, TypeAliasType, UnionType, get_proper_type

from mypy_pyarch.internals import Build
from mypy_pyarch.names import definition_of
from mypy_pyarch.sources import Sources

__all__ = ["is_plain", "refused_classes"]

_CONTAINERS = frozenset(
    [
        *(f"builtins.{name}" for name in ("dict", "frozenset", "list", "set", "tuple")),
        *(f"collections.{name}" for name in ("Counter", "OrderedDict", "defaultdict", "deque")),
        *(f"typing.{name}" for name in ("AbstractSet", "Collection", "Iterable", "Mapping", "MutableMapping")),
        *(f"typing.{name}" for name in ("MutableSequence", "MutableSet", "Sequence")),
    ]
)
"""pydantic has a schema for these when it has one for what they hold."""

_MADE_BY_FASTAPI = frozenset(
    [
        "starlette.requests.HTTPConnection",
        "starlette.responses.Response",
        "starlette.background.BackgroundTasks",
        "fastapi.security.oauth2.SecurityScopes",
    ]
)

_RUNTIME_MODULES = frozenset(
    "asyncio concurrent contextlib contextvars logging multiprocessing queue smtplib socket sqlite3 ssl"
    " subprocess thread threading".split()
)
"""Modules of the standard library whose classes are part of the running process, and never data."""

_SCHEMA_HOOKS = ("__get_pydantic_core_schema__", "__get_validators__", "__pydantic_core_schema__")
_DATACLASS_METADATA = ("dataclass", "dataclass_tag")
_USUAL_METACLASSES = frozenset({"builtins.type", "abc.ABCMeta"})
_HARMLESS_DECORATORS = frozenset(
    [
        *(f"{module}.{name}" for module in ("typing", "typing_extensions") for name in ("final", "runtime_checkable")),
        "functools.total_ordering",
    ]
)


def refused_classes(typ: Type) -> Iterator[TypeInfo]:
    """Yield the classes because of which FastAPI refuses a parameter of this type, as far as mypy knows them."""
    if isinstance(typ, TypeAliasType):  # it may be an alias of `Annotated`, whose metadata mypy does not keep
        return
    match get_proper_type(typ):
        case UnionType(items=parts):
            yield from chain.from_iterable(map(refused_classes, parts))
        case TupleType(items=parts, partial_fallback=fallback) if fallback.type.fullname in _CONTAINERS:
            yield from chain.from_iterable(map(refused_classes, parts))
        case Instance(type=info, args=parts) if info.fullname in _CONTAINERS:
            yield from chain.from_iterable(map(refused_classes, parts))
        case Instance(type=info) if info.is_newtype:
            yield from refused_classes(info.bases[0])
        case Instance(type=info) if not _has_schema(info) and not _may_have_schema(info):
            yield info


def _has_schema(info: TypeInfo) -> bool:
    """Tell whether a class is data to pydantic, or one that FastAPI makes itself."""
    if info.is_enum or info.is_named_tuple or info.typeddict_type is not None:
        return True
    return any(
        base.fullname in _MADE_BY_FASTAPI
        or base.module_name.startswith("pydantic")
        or any(name in base.names for name in _SCHEMA_HOOKS)
        or any(name in base.metadata for name in _DATACLASS_METADATA)
        for base in info.mro
    )


def _may_have_schema(info: TypeInfo) -> bool:
    """Tell whether a class may get a schema in a way that mypy does not see."""
    metaclass = info.metaclass_type.type.fullname if info.metaclass_type else "builtins.type"
    return (
        info.fallback_to_any
        or info.meta_fallback_to_any
        or metaclass not in _USUAL_METACLASSES
        or any("__init_subclass__" in base.names and base.fullname != "builtins.object" for base in info.mro)
    )


def is_plain(info: TypeInfo, build: Build, sources: Sources) -> bool:
    """Tell whether the source of a class that is refused confirms it: nothing there can give it a schema."""
    own = [base for base in info.mro if not _is_of_standard_library(base, build)]
    if not own:
        return info.module_name.partition(".")[0].lstrip("_") in _RUNTIME_MODULES
    return all(_is_plain_itself(base, build, sources) for base in own)


def _is_of_standard_library(info: TypeInfo, build: Build) -> bool:
    module = build.modules.get(info.module_name)
    return module is not None and module.is_typeshed_file(build.errors.options)


def _is_plain_itself(info: TypeInfo, build: Build, sources: Sources) -> bool:
    module = build.modules.get(info.module_name)
    if module is None or module.is_stub:
        return False
    source = sources.of(module.path)
    definitions = source.classes.get(info.fullname.removeprefix(f"{module.fullname}."), [])
    return (
        not any(name.encode() in source.text for name in _SCHEMA_HOOKS)
        and len(definitions) == 1
        and (
            "attrs" in info.metadata
            or not any(not _is_harmless(d, module, build) for d in definitions[0].decorator_list)
        )
    )


def _is_harmless(decorator: ast.expr, module: MypyFile, build: Build) -> bool:
    definition = definition_of(decorator, module, build.modules)
    return definition is not None and definition.fullname in _HARMLESS_DECORATORS
