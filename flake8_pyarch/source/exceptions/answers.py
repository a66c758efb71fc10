"""Answers: what an HTTP error or a response tells the client."""

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from flake8_pyarch.source.exceptions.classes import HTTP_EXCEPTIONS
from flake8_pyarch.source.exceptions.handlers import enclosing_handler, enclosing_handlers
from flake8_pyarch.source.flow import value_before
from flake8_pyarch.source.syntax import dotted_name
from flake8_pyarch.source.texts import text_parts

if TYPE_CHECKING:
    from flake8_pyarch.source.module import Module

__all__ = ["Answer", "answer_content", "shows_exception"]

_RESPONSES = frozenset(
    {"fastapi.Response"}
    | {
        f"{package}.responses.{kind}Response"
        for package in ("fastapi", "starlette")
        for kind in ("", "HTML", "JSON", "ORJSON", "PlainText", "UJSON")
    }
)
_ENCODERS = frozenset({"dict", "list", "tuple", "jsonable_encoder", "dumps"})
_DUMPS = frozenset({"model_dump", "model_dump_json", "dict", "json", "to_dict", "encode"})
_TEXT_METHODS = frozenset(
    "capitalize encode format lower lstrip partition removeprefix removesuffix replace rpartition rsplit rstrip split "
    "splitlines strip title upper".split()
)
_TRACEBACKS = frozenset(
    f"traceback.{name}" for name in ("format_exc", "format_exception", "format_exception_only", "format_tb")
)


class Answer(NamedTuple):
    """A call that makes an HTTP error or a response.

    Arguments:
        name: the class, as the text names it.
        argument: what the client gets to read: `detail` or `content`.
        texts: the expressions that make it up, dictionaries, lists and models seen through.

    """

    name: str
    argument: str
    texts: tuple[ast.expr, ...]


def answer_content(call: ast.Call, module: "Module") -> Answer | None:
    """Return what a call tells the client, None if it makes neither an `HTTPException` nor a response."""
    qualified = module.resolve(call.func)
    if qualified in HTTP_EXCEPTIONS:
        argument, position = "detail", 1
    elif qualified in _RESPONSES:
        argument, position = "content", 0
    else:
        return None
    content = next((keyword.value for keyword in call.keywords if keyword.arg == argument), None)
    given = call.args[: position + 1]
    if content is None and len(given) > position and not any(isinstance(each, ast.Starred) for each in given):
        content = given[position]
    name = (dotted_name(call.func) or "").rpartition(".")[2]
    return Answer(name, argument, tuple(_texts(content)) if content is not None else ())


def _texts(content: ast.expr) -> Iterator[ast.expr]:
    pending = [content]
    while pending:
        node = pending.pop()
        inner = _held(node)
        if inner is None:
            yield node
        else:
            pending += reversed(inner)


def _held(node: ast.expr) -> list[ast.expr] | None:
    """Return what a container, a model or an encoder holds, None for anything else."""
    match node:
        case ast.Dict(values=values):
            return values
        case ast.List(elts=elements) | ast.Tuple(elts=elements) | ast.Set(elts=elements):
            return elements
        case ast.Starred(value=value):
            return [value]
        case ast.Call(func=ast.Attribute(value=ast.Call() as model, attr=attribute)) if attribute in _DUMPS:
            return [model]
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in _ENCODERS or name[:1].isupper():
            return [*node.args, *(keyword.value for keyword in node.keywords)]
    return None


def shows_exception(text: ast.expr, handler: ast.ExceptHandler, module: "Module") -> str | None:
    """Return how a text repeats the exception that `handler` caught, None if it does not.

    A name is followed to what it was assigned last.
    """
    seen: set[ast.expr] = set()
    pending = [text]
    while pending:
        for part in text_parts(pending.pop()):
            node = _inner_text(part)
            if node in seen:
                continue
            seen.add(node)
            shown = _shown(node, handler, module)
            if shown is not None:
                return shown
            if node is not part:
                pending.append(node)
            elif isinstance(node, ast.Name) and (value := value_before(node, module)) is not None:
                pending.append(value)
    return None


def _inner_text(node: ast.expr) -> ast.expr:
    """Return the text that subscripts and methods such as `strip` take a piece of."""
    while True:
        match node:
            case ast.Subscript(value=inner):
                node = inner
            case ast.Call(func=ast.Attribute(value=inner, attr=method)) if method in _TEXT_METHODS:
                node = inner
            case _:
                return node


def _shown(node: ast.expr, handler: ast.ExceptHandler, module: "Module") -> str | None:
    match node:
        case ast.Name(id=name) if name == handler.name:
            return name if _is_caught_by(node, handler, module) else None
        case ast.Attribute(value=ast.Name(id=name) as caught, attr="args") if name == handler.name:
            return f"{name}.args" if _is_caught_by(caught, handler, module) else None
        case ast.Call(func=ast.Attribute(value=ast.Name(id=name) as caught, attr="__str__" | "__repr__")):
            return name if name == handler.name and _is_caught_by(caught, handler, module) else None
        case ast.Call(func=function):
            qualified = module.resolve(function)
            return qualified if qualified in _TRACEBACKS and _runs_in(node, handler, module) else None
    return None


def _is_caught_by(name: ast.Name, handler: ast.ExceptHandler, module: "Module") -> bool:
    """Tell whether a name that a handler binds is not bound anew by another handler in between."""
    binding = (each for each in enclosing_handlers(name, module) if each.name == name.id)
    return next(binding, None) is handler


def _runs_in(node: ast.expr, handler: ast.ExceptHandler, module: "Module") -> bool:
    return enclosing_handler(node, module) is handler
