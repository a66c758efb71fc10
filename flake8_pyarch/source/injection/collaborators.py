"""Collaborators and resources: what a class or a handler should be handed instead of building it itself."""

import ast
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from flake8_pyarch.lexicon import words
from flake8_pyarch.patterns import lazy_pattern
from flake8_pyarch.settings import Layer
from flake8_pyarch.source.foreign import definition_behind
from flake8_pyarch.source.interfaces import PROTOCOLS
from flake8_pyarch.source.syntax import dotted_name, last_name, without_subscript
from flake8_pyarch.source.tree import Origin

if TYPE_CHECKING:
    from flake8_pyarch.source.classes import ClassModel
    from flake8_pyarch.source.module import Module

__all__ = [
    "collaborator_built_by",
    "collaborators_stored",
    "is_use_case_or_service",
    "opens_resource",
    "releasable_opened_by",
    "resource_opened_by",
    "resource_packages",
]

_COLLABORATOR = lazy_pattern(
    r"(?:[A-Z]\w*)?(?:Repository|Service|Client|Gateway|UnitOfWork|Connection|Session|Engine|(?<!Logger)Adapter|UseCase)"
)
_WIRING = lazy_pattern(r"\w*(?:Bootstrap|Bootstrapper|Container|Factory|Injector|Locator|Registry|UnitOfWork|Uow|UoW)")
"""Names of classes whose business is to build and hold together what others use."""

_ALSO_RECORDS = lazy_pattern(r"\w*(?P<kind>Adapter|Client|Connection|Session|Engine)")
"""Suffixes that records have as well: an OAuth client, a chat session, a vehicle's engine."""

_RECORD_MODULES = frozenset(
    "dto dtos entities entity events model models orm schema schemas table tables types value_objects".split()
)
_RECORD_BASES = lazy_pattern(
    r"(?:beanie|enum|logging|mongoengine|msgspec|odmantic|pydantic|sqlalchemy|sqlmodel|torch|tortoise)\..*"
    r"|(?:builtins|typing|typing_extensions)\.(?:dict|NamedTuple|TypedDict|Protocol)$"
    r"|(?:.*\.)?(?:Base|\w*Model|\w*Schema|\w*Entity|\w*Error|\w*Exception)$"
)
_RECORD_DECORATORS = frozenset(
    {"dataclasses.dataclass", "attr.s", "attr.attrs", "attr.define", "attrs.define", "attrs.frozen"}
    | {"pydantic.dataclasses.dataclass"}
)

_SESSION_MAKERS = frozenset({"sessionmaker", "async_sessionmaker", "scoped_session", "async_scoped_session"})
_SESSION_MAKER_NAME = lazy_pattern(r"\w*SessionLocal|\w*SessionMaker|(?:async_|db_)?session_?maker")
_FILE_OPENERS = frozenset({"builtins", "io", "gzip", "bz2", "lzma", "tarfile", "zipfile", "codecs", "shelve", "dbm"})
_OPENING_METHODS = frozenset({"open", "connect", "begin", "acquire"})
_NEEDS_NO_RELEASE = lazy_pattern(r"(?:boto3|aioboto3|botocore)\.")


def is_use_case_or_service(model: "ClassModel", module: "Module") -> bool:
    """Tell whether a class is a use case, or a `*Service` of the application layer that is no Protocol."""
    if module.layer is Layer.APPLICATION and model.name.endswith("Service"):
        return PROTOCOLS.isdisjoint(name for name in model.base_names if name is not None)
    return any(use_case.model is model for use_case in module.use_cases)


def collaborator_built_by(node: ast.expr | None, module: "Module") -> str | None:
    """Return the class's name if an expression constructs a first-party repository, service, client or the like.

    A class that only carries data is none: a dataclass, a model, or one that its module says to be a record. Nor is
    what is raised.
    """
    if not isinstance(node, ast.Call) or isinstance(module.syntax.parents.get(node), ast.Raise):
        return None
    match node.func:
        case ast.Name(id=written) | ast.Attribute(attr=written) if written[:1].isupper():
            name = (module.resolve(node.func) or "").rpartition(".")[2]
        case _:
            return None
    if _COLLABORATOR().fullmatch(name) is None or module.origin_of_name(node.func) is not Origin.FIRST_PARTY:
        return None
    return None if _is_record(node.func, name, module) else name


def collaborators_stored(model: "ClassModel", module: "Module") -> Iterator[tuple[ast.Call, str, str]]:
    """Yield what a class's `__init__` builds and stores: the call, the attribute, and the name of its class.

    Nothing for a class that is there to build, a container or a unit of work, nor for the parts that a client or an
    engine of this file consists of.
    """
    if _WIRING().fullmatch(model.name):
        return
    seen: set[ast.expr] = set()
    for places in model.attributes.values():
        for place in places:
            if place.method is None or place.method.name != "__init__" or place.value in seen:
                continue
            name = collaborator_built_by(place.value, module)
            if (
                name is not None
                and isinstance(place.value, ast.Call)
                and not _is_part(place.value, name, model, module)
            ):
                seen.add(place.value)
                yield place.value, place.name, name


def _is_part(call: ast.Call, name: str, owner: "ClassModel", module: "Module") -> bool:
    """Tell whether what is built is one more client (session, …) inside a client of the same file."""
    kind = _ALSO_RECORDS().fullmatch(name)
    is_same_kind = kind is not None and owner.name.endswith(kind["kind"])
    return is_same_kind and module.class_named(call.func) is not None


def _is_record(function: ast.expr, name: str, module: "Module") -> bool:
    """Tell whether what is called is no collaborator for all its name: a record, an entity, or a function.

    Another file is looked into only where the name alone may well be a record's.
    """
    if module.function_named(function) is not None:
        return True
    if _ALSO_RECORDS().fullmatch(name) is None:
        return False
    model = module.class_named(function)
    entry = module.import_of(function)
    if model is not None or entry is None:
        return model is not None and _carries_data(model)
    target = module.target(entry)
    if target is not None and module.source_tree.place(target).layer is Layer.DOMAIN:
        return True
    if not _RECORD_MODULES.isdisjoint((module.resolve(function) or "").split(".")[:-1]):
        return True
    found = definition_behind(function, module)
    return found is not None and isinstance(found[0], ast.ClassDef) and _carries_data(found[1].class_model(found[0]))


def _carries_data(model: "ClassModel") -> bool:
    names = [name or dotted_name(base) or "" for base, name in model.foreign_bases]
    decorators = {decorator for each in model.lineage for decorator in each.decorator_names()}
    return any(map(_RECORD_BASES().match, names)) or not _RECORD_DECORATORS.isdisjoint(decorators)


def opens_resource(node: ast.expr, module: "Module") -> bool:
    """Tell whether an expression is a call that opens a connection, a client or an engine of a known library."""
    return resource_opened_by(node, module) is not None


def resource_opened_by(node: ast.expr, module: "Module") -> str | None:
    """Return the qualified name of what is called if an expression opens a resource of a known library."""
    constructors, packages, last_names = _resources()
    if not isinstance(node, ast.Call) or packages.isdisjoint(module.imported_packages):
        return None
    if isinstance(node.func, ast.Attribute) and node.func.attr not in last_names:
        return None
    name = module.resolve(node.func)
    return name if name in constructors else None


def resource_packages() -> frozenset[str]:
    """Return the top-level packages of the libraries whose resources are known."""
    return _resources()[1]


def releasable_opened_by(node: ast.expr | None, module: "Module") -> str | None:
    """Return how the text names what is called if an expression opens something that has to be closed again.

    That is any resource of a known library, and whatever is named like one: a third-party `*Session` or `*Client`,
    what a `sessionmaker` makes, `open`, and the methods `connect`, `begin` and `acquire`.
    """
    if not isinstance(node, ast.Call):
        return None
    name = last_name(node.func)
    return name if name and _opens(node, name, module) else None


def _opens(call: ast.Call, name: str, module: "Module") -> bool:
    qualified = module.resolve(call.func) or ""
    if _NEEDS_NO_RELEASE().match(qualified):
        return False
    if opens_resource(call, module) or _is_session_maker(call.func, name, module):
        return True
    origin = module.origin_of_name(call.func)
    name = qualified.rpartition(".")[2] or name
    if name.endswith(("Session", "Client")) or name in {"create_engine", "create_async_engine"}:
        return origin is Origin.THIRD_PARTY
    if name not in _OPENING_METHODS:
        return False
    if origin is Origin.STANDARD_LIBRARY:
        return name == "connect" or (name == "open" and qualified.partition(".")[0] in _FILE_OPENERS)
    return isinstance(call.func, ast.Attribute) or origin is Origin.THIRD_PARTY


def _is_session_maker(function: ast.expr, name: str, module: "Module") -> bool:
    """Tell whether calling `function` makes a session: it is bound from a `sessionmaker`, or named like one."""
    if any(last_name(value.func) in _SESSION_MAKERS for value in _calls(module.assigned_values(function))):
        return True
    if isinstance(function, ast.Name):
        for binding in module.bindings(function):
            if isinstance(binding, ast.arg) and binding.annotation is not None:
                return last_name(without_subscript(binding.annotation)) in _SESSION_MAKERS
    return (
        _SESSION_MAKER_NAME().fullmatch(name) is not None
        and name not in _SESSION_MAKERS
        and module.import_of(function) is not None
    )


def _calls(values: list[ast.expr]) -> list[ast.Call]:
    return [value for value in values if isinstance(value, ast.Call)]


@cache
def _resources() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Return the known constructors, the packages they belong to, and the last segments of their names."""
    constructors = frozenset(words("resource_constructors"))
    packages = frozenset(name.partition(".")[0] for name in constructors)
    return constructors, packages, frozenset(name.rpartition(".")[2] for name in constructors)
