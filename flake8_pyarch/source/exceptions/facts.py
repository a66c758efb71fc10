"""What a file tells of the exceptions of its project: which it defines, raises and handles. Plain data, for a cache."""

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from flake8_pyarch.settings import Layer
from flake8_pyarch.source.exceptions.classes import BUILTIN_EXCEPTIONS, caught_types, is_exception_class, raised_class
from flake8_pyarch.source.factory import is_application
from flake8_pyarch.source.injection.applications import application_calls, makes_application
from flake8_pyarch.source.syntax import last_name

if TYPE_CHECKING:
    from flake8_pyarch.source.module import Module

__all__ = ["error_facts"]

_REGISTERING = frozenset({"exception_handler", "add_exception_handler"})
_INNER = frozenset({Layer.DOMAIN, Layer.APPLICATION})
_HANDLING = frozenset({Layer.API, Layer.APPLICATION, None})
"""Where an `except` answers for an error; None is a composition module, or one outside the layers."""


def error_facts(module: "Module") -> dict[str, Any]:
    """Return what a file tells of exceptions.

    Every name is dotted and begins at a source root.

    Returns:
        A dictionary of those of these that are not empty: `classes`, name → `[names of its bases, place]`, where the
        place is that of the name of a class of the domain or the application layer, else None; `raised` and `handled`,
        names; `exports`, what a package imports, name → where from; `stars`, modules all of whose names it imports;
        `application`, whether it makes a FastAPI application; `unknown`, whether it registers handlers that cannot be
        told.

    """
    handled, is_unknown = _handled(module)
    facts = {
        "classes": dict(_classes(module)),
        "raised": sorted({name for node in module.syntax.of(ast.Raise) for name in _raised(node, module)}),
        "handled": sorted(handled),
        "exports": dict(_exports(module)) if module.location.is_package else {},
        "stars": _stars(module) if module.location.is_package else [],
        "application": makes_application(module) or any(is_application(model) for model in module.classes),
        "unknown": is_unknown,
    }
    return {key: value for key, value in facts.items() if value}


def _classes(module: "Module") -> Iterator[tuple[str, list[Any]]]:
    for model in module.classes:
        if is_exception_class(model):
            name = module.names.qualified_name(model.node)
            bases = [_canonical(base, module) for base in model.base_names if base is not None]
            place = module.extent_of(module.name_span(model.node)) if module.layer in _INNER else None
            yield name, [bases, place]


def _raised(node: ast.Raise, module: "Module") -> Iterator[str]:
    kind = raised_class(node)
    if kind is None:
        return
    name = module.resolve(kind)
    if name is not None:
        yield _canonical(name, module)
        return
    for value in module.assigned_values(kind):
        made = module.resolve(value.func) if isinstance(value, ast.Call) else None
        if made is not None:
            yield _canonical(made, module)


def _handled(module: "Module") -> tuple[set[str], bool]:
    """Return the names that a file handles, and whether it handles others that cannot be told."""
    nodes, is_unknown = _registered(module)
    if module.layer in _HANDLING:
        nodes += (kind for handler in module.syntax.of(ast.ExceptHandler) for kind in caught_types(handler, module))
        nodes += _told_apart(module)
    names = {module.resolve(node) for node in nodes} - BUILTIN_EXCEPTIONS
    unresolved = {node.id for node in nodes if isinstance(node, ast.Name) and module.resolve(node) is None}
    starred = {f"{star}.{name}" for star in _stars(module) for name in unresolved}
    return {_canonical(name, module) for name in names if name is not None} | starred, is_unknown


def _registered(module: "Module") -> tuple[list[ast.expr], bool]:
    nodes: list[ast.expr] = []
    is_unknown = False
    kinds: list[ast.expr | None] = []
    for call in module.syntax.of(ast.Call):
        if isinstance(call.func, ast.Attribute) and call.func.attr in _REGISTERING:
            keywords = {keyword.arg: keyword.value for keyword in call.keywords}
            kinds.append(call.args[0] if call.args else keywords.get("exc_class_or_status_code"))
    for call in application_calls(module):
        tables = [keyword.value for keyword in call.keywords if keyword.arg in {"exception_handlers", None}]
        for table in tables:
            dictionaries = [each for each in (table, *module.assigned_values(table)) if isinstance(each, ast.Dict)]
            kinds += (key for each in dictionaries for key in each.keys)
            is_unknown = is_unknown or not dictionaries
    for kind in kinds:
        if kind is None or (not isinstance(kind, ast.Constant) and module.resolve(kind) is None):
            is_unknown = True
        elif not isinstance(kind, ast.Constant):
            nodes.append(kind)
    return nodes, is_unknown


def _told_apart(module: "Module") -> Iterator[ast.expr]:
    """Yield the classes that a file tells apart otherwise: keys of a table, `isinstance`, `case`, `suppress`."""
    for table in module.syntax.of(ast.Dict):
        yield from (key for key in table.keys if isinstance(key, (ast.Name, ast.Attribute)))
    for call in module.syntax.of(ast.Call):
        name = last_name(call.func)
        if name in {"isinstance", "suppress"}:
            kinds = call.args[1:] if name == "isinstance" else call.args
            for kind in kinds:
                yield from kind.elts if isinstance(kind, ast.Tuple) else [kind]
    yield from (case.cls for case in module.syntax.of(ast.MatchClass))


def _exports(module: "Module") -> Iterator[tuple[str, str]]:
    for entry in module.static_imports:
        if entry.bound and entry.name and entry.bound.lstrip("_")[:1].isupper() and module.target(entry) is not None:
            yield entry.bound, _canonical(entry.qualified_name, module)


def _stars(module: "Module") -> list[str]:
    return [_canonical(entry.module, module) for entry in module.static_imports if entry.name == "*" and entry.module]


def _canonical(name: str, module: "Module") -> str:
    """Return a dotted name as the project's own modules are called, whatever directory the file imports from."""
    target = module.source_tree.find(name, module.location)
    if target is None:
        return name
    segments = name.split(".")
    for end in range(len(segments), 0, -1):
        if list(target.parts[-end:]) == segments[:end]:
            return ".".join((*target.parts, *segments[end:]))
    return name
