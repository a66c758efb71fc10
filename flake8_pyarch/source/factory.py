"""fastapi_factory_utilities: its plugins and applications, and what their hooks do."""

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from flake8_pyarch.source.classes import ClassModel, Function, is_attribute_of, receiver_of
from flake8_pyarch.source.syntax import own_nodes

if TYPE_CHECKING:
    from flake8_pyarch.source.module import Module

__all__ = ["LIBRARY", "hook_nodes", "is_application", "is_plugin", "missing_members", "uses_library"]

LIBRARY = "fastapi_factory_utilities"

_DISTRIBUTION = "fastapi-factory-utilities"
_ABSTRACT = frozenset({"abc.ABC", "builtins.object", "typing.Generic", "typing.Protocol"})
_ABSTRACT_METHODS = frozenset({"abc.abstractmethod", "abc.abstractproperty"})


def uses_library(module: "Module") -> bool:
    """Tell whether a module imports the library, or its project declares to depend on it."""
    if LIBRARY in module.imported_packages:
        return True
    return module.source_tree.declares(_DISTRIBUTION, module.path)


def is_plugin(model: ClassModel) -> bool:
    """Tell whether a class derives from `PluginAbstract`, directly or through a class of this file."""
    return any(_is_library_class(name, "PluginAbstract") for name in model.ancestor_names)


def is_application(model: ClassModel) -> bool:
    """Tell whether a class derives from `ApplicationAbstract`, directly or through a class of this file."""
    return any(_is_library_class(name, "ApplicationAbstract") for name in model.ancestor_names)


def _is_library_class(qualified: str, name: str) -> bool:
    return qualified.startswith(f"{LIBRARY}.") and qualified.endswith(f".{name}")


def missing_members(model: ClassModel, names: tuple[str, ...], module: "Module") -> list[str]:
    """Return which of the members neither a class nor an ancestor in this file has.

    None are missing of a class that is a base for others or abstract itself, nor where a base that stands elsewhere may
    have them.
    """
    if _is_incomplete_on_purpose(model, module) or not all(
        name is not None and (name in _ABSTRACT or name.startswith(f"{LIBRARY}.")) for _, name in model.foreign_bases
    ):
        return []
    return [name for name in names if not any(_has(ancestor, name) for ancestor in model.lineage)]


def _has(model: ClassModel, name: str) -> bool:
    return name in model.methods or any(
        place.method is None and place.value is not None for place in model.attributes.get(name, ())
    )


def _is_incomplete_on_purpose(model: ClassModel, module: "Module") -> bool:
    return (
        "abc.ABC" in model.base_names
        or any(keyword.arg == "metaclass" for keyword in model.node.keywords)
        or any(not _ABSTRACT_METHODS.isdisjoint(model.decorator_names(method)) for method in model.all_methods)
        or bool(module.heirs(model))
    )


def hook_nodes(model: ClassModel, hook: str) -> Iterator[ast.AST]:
    """Yield what runs when a class's own hook is called, the class's own methods that it calls included."""
    pending = [hook]
    seen: set[str] = set()
    while pending:
        name = pending.pop(0)
        method = model.methods.get(name)
        if method is None or name in seen:
            continue
        seen.add(name)
        for node in own_nodes(method.body):
            yield node
            called = _called_method(node, method)
            if called is not None:
                pending.append(called)


def _called_method(node: ast.AST, method: Function) -> str | None:
    """Return the name of the method of its own object that `node` calls, or None."""
    receiver = receiver_of(method)
    if receiver is None or not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return None
    return node.func.attr if is_attribute_of(node.func, receiver) else None
