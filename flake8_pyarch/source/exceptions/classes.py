"""Exceptions: which classes are exceptions and whose they are, and what is caught and raised."""

import ast
import builtins
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from flake8_pyarch.source.classes import is_attribute_of, receiver_of
from flake8_pyarch.source.exceptions.handlers import enclosing_handlers
from flake8_pyarch.source.imports import ImportedName
from flake8_pyarch.source.syntax import base_of, dotted_name, last_name, literal_string, own_nodes, walk
from flake8_pyarch.source.texts import assembly_of, is_static, text_parts
from flake8_pyarch.source.tree import Origin

if TYPE_CHECKING:
    from flake8_pyarch.source.classes import Attribute, ClassModel, Function
    from flake8_pyarch.source.module import Module

__all__ = [
    "BUILTIN_EXCEPTIONS",
    "GENERIC_EXCEPTIONS",
    "HTTP_EXCEPTIONS",
    "assembled_texts",
    "catches_everything",
    "caught_types",
    "derives_straight_from_exception",
    "exception_calls",
    "forgets_its_arguments",
    "has_exception_name",
    "has_no_attributes",
    "is_answer",
    "is_custom_exception",
    "is_exception_class",
    "is_named_directly",
    "new_exception",
    "raised_class",
]

BUILTIN_EXCEPTIONS = frozenset(
    f"builtins.{name}"
    for name, value in vars(builtins).items()
    if isinstance(value, type) and issubclass(value, BaseException)
)
GENERIC_EXCEPTIONS = frozenset({"builtins.BaseException", "builtins.Exception"})
HTTP_EXCEPTIONS = frozenset(
    {
        "fastapi.HTTPException",
        "fastapi.exceptions.HTTPException",
        "fastapi.exceptions.StarletteHTTPException",
        "starlette.exceptions.HTTPException",
    }
)

_HTTP_ANSWERS = frozenset({"HTTPException", "StarletteHTTPException"})
_ANSWERS = frozenset(
    {
        *("builtins.GeneratorExit", "builtins.KeyboardInterrupt", "builtins.SystemExit"),
        *("builtins.StopAsyncIteration", "builtins.StopIteration"),
        *(
            "fastapi.WebSocketException",
            "fastapi.exceptions.WebSocketException",
            "starlette.exceptions.WebSocketException",
        ),
    }
)
_ANSWERING_PACKAGES = ("aiohttp.web.", "click.", "pyramid.httpexceptions.", "typer.", "werkzeug.exceptions.")
_KEEPING_BUILTINS = frozenset(
    f"builtins.{name}"
    for name, value in vars(builtins).items()
    if isinstance(value, type)
    and issubclass(
        value,
        (
            *(AttributeError, ImportError, NameError, OSError, StopIteration, SyntaxError, SystemExit, UnicodeError),
            BaseExceptionGroup,
        ),
    )
)
"""The builtin exceptions that keep arguments under names of their own: `OSError.errno`, `ImportError.path`."""

_NEUTRAL_BASES = frozenset({"abc.ABC", "builtins.object", "typing.Generic"})
_SUFFIXES = ("Error", "Exception")


# Classes


def is_exception_class(model: "ClassModel") -> bool:
    """Tell whether a class is an exception: by a builtin base, or by a base's name where the base stands elsewhere.

    A base that is a class of this file decides by its own bases: `class Problem(SomeError)` is no exception where
    `SomeError` is a pydantic model.
    """
    return any(_is_exception(base, name) for base, name in model.foreign_bases)


def _is_exception(node: ast.expr, qualified: str | None) -> bool:
    if qualified is None:
        return has_exception_name(node)
    return qualified in BUILTIN_EXCEPTIONS or (
        not qualified.startswith("builtins.") and qualified.rpartition(".")[2].endswith(_SUFFIXES)
    )


def derives_straight_from_exception(model: "ClassModel") -> bool:
    """Tell whether `Exception` is the only base of a class that says anything."""
    names = [name for name in model.base_names if name not in _NEUTRAL_BASES]
    return names == ["builtins.Exception"]


def has_exception_name(node: ast.expr) -> bool:
    """Tell whether the last segment of a name is written as those of exception classes are."""
    return last_name(node).endswith(_SUFFIXES) and _is_named_like_a_class(node)


def is_custom_exception(node: ast.expr, module: "Module") -> bool:
    """Tell whether what is raised or caught is an exception class of this file, or one from a first-party module."""
    definition = module.class_named(node)
    if definition is not None:
        return is_exception_class(definition)
    return (
        _is_named_like_a_class(node)
        and module.origin_of_name(node) is Origin.FIRST_PARTY
        and module.function_named(node) is None
    )


def _is_named_like_a_class(node: ast.expr) -> bool:
    return last_name(node).lstrip("_")[:1].isupper()


def is_named_directly(node: ast.expr, module: "Module") -> bool:
    """Tell whether a name is a builtin or comes from an import, so that no assignment has to be followed."""
    name = base_of(node)
    bindings = module.bindings(name) if isinstance(name, ast.Name) else []
    return all(isinstance(binding, ImportedName) for binding in bindings)


# What a class keeps


def forgets_its_arguments(model: "ClassModel") -> bool:
    """Tell whether an exception class has its own `__init__` that takes arguments, and the class keeps none of them."""
    init = model.methods.get("__init__")
    if init is None or not _named_parameters(init):
        return False
    return not (
        _keeps(model, init)
        or any(_has_annotations(ancestor) or _has_message_and_more(ancestor) for ancestor in model.lineage)
        or any(_reads_args(method) for method in model.all_methods)
    )


def has_no_attributes(model: "ClassModel") -> bool:
    """Tell whether neither an exception class nor any base has an `__init__` or annotations, all in this file."""
    return all(name in BUILTIN_EXCEPTIONS or name in _NEUTRAL_BASES for _, name in model.foreign_bases) and not any(
        "__init__" in ancestor.methods or _has_annotations(ancestor) for ancestor in model.lineage
    )


def _named_parameters(init: "Function") -> list[ast.arg]:
    arguments = init.args
    return [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs][1:]


def _has_annotations(model: "ClassModel") -> bool:
    return any(place.annotation is not None and place.method is None for place in _places(model))


def _has_message_and_more(model: "ClassModel") -> bool:
    names = {place.name for place in _places(model) if place.method is None}
    return "message" in names and len(names) > 1


def _places(model: "ClassModel") -> Iterator["Attribute"]:
    return (place for places in model.attributes.values() for place in places)


def _reads_args(method: "Function") -> bool:
    receiver = receiver_of(method)
    return receiver is not None and any(
        isinstance(node, ast.Attribute) and node.attr == "args" and is_attribute_of(node, receiver)
        for node in own_nodes(method.body)
    )


def _keeps(model: "ClassModel", init: "Function") -> bool:
    """Tell whether an `__init__` stores something on its object, or hands it to one that may."""
    receiver = receiver_of(init)
    if receiver is None or any(
        place.method is init and (place.value is None or not is_static(place.value)) for place in _places(model)
    ):
        return True
    calls = [node for node in own_nodes(init.body) if isinstance(node, ast.Call)]
    entries = (node for node in own_nodes(init.body) if isinstance(node, ast.Subscript))
    if any(_stores(call, receiver) for call in calls) or any(_is_entry_set(entry, receiver) for entry in entries):
        return True
    handed_on = any(
        not is_static(argument)
        for call in calls
        if _is_init_of_base(call)
        for argument in (*call.args, *(keyword.value for keyword in call.keywords))
        if not (isinstance(argument, ast.Name) and argument.id == receiver)
    )
    return handed_on and _has_keeping_base(model)


def _is_init_of_base(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and call.func.attr == "__init__"


def _stores(call: ast.Call, receiver: str) -> bool:
    """Tell whether a call may store something on an object: `setattr(self, …)`, `self.__dict__.update(…)`."""
    if _is_init_of_base(call):
        return False
    return any(isinstance(node, ast.Name) and node.id == receiver for node in (base_of(call.func), *call.args))


def _is_entry_set(entry: ast.Subscript, receiver: str) -> bool:
    """Tell whether `self.context["book_id"] = …` stores something in what an object keeps."""
    base = base_of(entry)
    return isinstance(entry.ctx, ast.Store) and isinstance(base, ast.Name) and base.id == receiver


def _has_keeping_base(model: "ClassModel") -> bool:
    """Tell whether a base keeps what it is handed; of one that stands elsewhere nobody knows, so it may."""
    foreign = {name for _, name in model.foreign_bases}
    if not foreign <= (BUILTIN_EXCEPTIONS - _KEEPING_BUILTINS) | _NEUTRAL_BASES:
        return True
    return any(
        (init := ancestor.methods.get("__init__")) is not None and _keeps(ancestor, init)
        for ancestor in model.lineage[1:]
    )


# Catching


def caught_types(handler: ast.ExceptHandler, module: "Module") -> list[ast.expr]:
    """Return the expressions of the types that a handler names, also those of a tuple that a name stands for."""
    pending = [handler.type] if handler.type is not None else []
    found: list[ast.expr] = []
    seen: set[ast.expr] = set()
    while pending:
        node = pending.pop(0)
        if node in seen:
            continue
        seen.add(node)
        tuples = [value for value in module.assigned_values(node) if isinstance(value, ast.Tuple)]
        if isinstance(node, ast.Tuple):
            pending[:0] = node.elts
        elif isinstance(node, ast.Starred):
            pending.insert(0, node.value)
        elif tuples:
            pending[:0] = tuples
        else:
            found.append(node)
    return found


def catches_everything(handler: ast.ExceptHandler, module: "Module") -> bool:
    """Tell whether a handler is bare or catches `Exception` or `BaseException`, alone or among others."""
    return handler.type is None or any(
        module.resolve(kind) in GENERIC_EXCEPTIONS for kind in caught_types(handler, module)
    )


# Raising


def raised_class(node: ast.Raise) -> ast.expr | None:
    """Return the expression of what is raised, without the call that makes it; None for a bare `raise`."""
    return node.exc.func if isinstance(node.exc, ast.Call) else node.exc


def new_exception(node: ast.expr, module: "Module") -> ast.expr | None:
    """Return the class, as the text names it, if what is raised is made on the spot; None for anything else."""
    while True:
        match node:
            case ast.Call(func=ast.Attribute(value=inner, attr="with_traceback")):
                node = inner
            case ast.Call(func=function):
                return function if _is_named_like_a_class(function) else None
            case ast.Name(id=name) | ast.Attribute(attr=name) if _is_named_like_a_class(node) and not name.isupper():
                return node if module.resolve(node) is not None else None
            case _:
                return None


def is_answer(node: ast.expr, module: "Module") -> bool:
    """Tell whether an exception class answers somebody, a client or a caller, rather than report an error."""
    definition = module.class_named(node)
    known = definition.ancestor_names if definition is not None else [module.resolve(node)]
    names = [name or dotted_name(node) or "" for name in known]
    return any(
        name in _ANSWERS or name.startswith(_ANSWERING_PACKAGES) or name.rpartition(".")[2] in _HTTP_ANSWERS
        for name in names
    )


def exception_calls(module: "Module") -> Iterator[ast.Call]:
    """Yield the calls that make an exception, or initialise one from inside its class (`super().__init__(…)`)."""
    known = {model.name for model in module.classes if is_exception_class(model)}
    known |= {entry.bound or "" for entry in module.static_imports if entry.qualified_name in HTTP_EXCEPTIONS}
    parents = module.syntax.parents
    for call in module.syntax.of(ast.Call):
        match call.func:
            case ast.Name(id=name) | ast.Attribute(attr=name):
                if name == "__init__":
                    owner = module.enclosing_class(call)
                    if owner is not None and is_exception_class(owner):
                        yield call
                elif name in known or has_exception_name(call.func) or isinstance(parents[call], ast.Raise):
                    definition = module.class_named(call.func)
                    if definition is None or is_exception_class(definition):
                        yield call
            case _ if isinstance(parents[call], ast.Raise):
                yield call


def assembled_texts(node: ast.Raise, module: "Module") -> list[ast.expr]:
    """Return the arguments of a raised exception that are texts put together on the spot.

    Not those of a wrapper that repeats the caught exception and nothing else: `raise StoreError(f"… {error}")`.
    """
    if not isinstance(node.exc, ast.Call):
        return []
    arguments = [*node.exc.args, *(keyword.value for keyword in node.exc.keywords)]
    texts = [argument for argument in arguments if _is_assembled(argument, module)]
    if not texts:
        return []
    caught = {handler.name for handler in enclosing_handlers(node, module) if handler.name is not None}
    return [text for text in texts if not caught or not _tells_only_of(text, caught, module)]


def _is_assembled(node: ast.expr, module: "Module") -> bool:
    match node:
        case ast.BinOp():
            return assembly_of(node) is not None and _holds_text(node, module)
        case ast.Call(func=ast.Attribute(value=template, attr="format")):
            return _is_text(template, module)
        case ast.JoinedStr():
            return assembly_of(node) is not None
    return False


def _holds_text(node: ast.BinOp, module: "Module") -> bool:
    """Tell whether an operand of a chain of operators shows that they work on texts."""
    pending: list[ast.expr] = [node]
    while pending:
        operand = pending.pop()
        if isinstance(operand, ast.BinOp):
            pending += (operand.left,) if isinstance(operand.op, ast.Mod) else (operand.left, operand.right)
        elif _is_text(operand, module):
            return True
    return False


def _is_text(node: ast.expr, module: "Module") -> bool:
    match node:
        case ast.JoinedStr() | ast.Constant(value=str()) | ast.Call(func=ast.Name(id="str" | "repr")):
            return True
        case ast.Call(func=ast.Attribute(value=ast.Constant(value=str()), attr="format" | "join")):
            return True
        case ast.Name():
            values = module.assigned_values(node)
            return bool(values) and all(literal_string(value) is not None for value in values)
    return False


def _tells_only_of(text: ast.expr, caught: Collection[str], module: "Module") -> bool:
    """Tell whether nothing but the caught exceptions makes a text dynamic."""
    return all(_speaks_of(part, caught, module) for part in text_parts(text))


def _speaks_of(part: ast.expr, caught: Collection[str], module: "Module") -> bool:
    """Tell whether a part of a text depends on a caught exception alone; functions and classes are no data."""
    names = list(_free_names(part))
    return any(name.id in caught for name in names) and all(
        name.id in caught or module.resolve(name) is not None for name in names
    )


def _free_names(node: ast.expr) -> Iterator[ast.Name]:
    """Yield the names an expression reads, without those that its own comprehensions bind."""
    names = [inner for inner in walk(node) if isinstance(inner, ast.Name)]
    bound = {name.id for name in names if not isinstance(name.ctx, ast.Load)}
    return (name for name in names if name.id not in bound)
