"""Texts that stand in the source and get a name: assigned, passed, kept as an entry, taken by default."""

import ast
from collections.abc import Iterator, Sequence
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from flake8_pyarch.source.configuration.environment import Access
from flake8_pyarch.source.syntax import defaults_of, literal_string, unpacked

if TYPE_CHECKING:
    from flake8_pyarch.source.module import Module

__all__ = ["BoundBy", "BoundText", "read_bound_texts"]

_WRAPPERS = frozenset({"SecretStr", "SecretBytes", "Secret", "str", "bytes"})
_FIELDS = frozenset({"Field", "field", "PrivateAttr", "Query", "Header", "Cookie", "Form", "Body"})
_DEFAULT_POSITION = 1
_MAY_HOLD_TEXT = (ast.Constant, ast.Call, ast.BoolOp, ast.IfExp, ast.Tuple, ast.List)


class BoundBy(Enum):
    """How a text gets its name."""

    ASSIGNMENT = auto()
    WALRUS = auto()
    KEYWORD = auto()
    ENTRY = auto()
    PARAMETER = auto()
    LAMBDA = auto()
    VARIABLE = auto()
    """As what an environment variable is taken to be where it is not set."""


class BoundText(NamedTuple):
    """A literal text and the names it is bound to.

    Arguments:
        literal: the text, of characters or bytes.
        names: the names: of variables, attributes, keywords, parameters, or literal keys.
        shown: how to call it in a message, without the text of any literal.
        by: how it is bound.
        is_direct: whether the literal itself is bound, and not a call or an expression that it is part of.
        annotation: the type that is stated with the name, or None.

    """

    literal: ast.Constant
    names: tuple[str, ...]
    shown: str
    by: BoundBy
    is_direct: bool
    annotation: ast.expr | None = None

    @property
    def text(self) -> str:
        """The text; bytes are read as Latin 1."""
        value = self.literal.value
        return value.decode("latin-1") if isinstance(value, bytes) else str(value)


def read_bound_texts(module: "Module") -> Iterator[BoundText]:
    """Yield the texts of a file that get a name; empty ones are left out."""
    syntax = module.syntax
    for assignment in syntax.of(ast.Assign):
        if isinstance(assignment.value, _MAY_HOLD_TEXT):
            yield from _assigned(assignment.targets, assignment.value, module)
    for annotated in syntax.of(ast.AnnAssign):
        if annotated.value is not None:
            yield from _assigned([annotated.target], annotated.value, module, annotated.annotation)
    for walrus in syntax.of(ast.NamedExpr):
        yield from _bound(walrus.value, module, (walrus.target.id,), f"'{walrus.target.id}'", BoundBy.WALRUS)
    for keyword in syntax.of(ast.keyword):
        if keyword.arg is not None and isinstance(syntax.parents.get(keyword), ast.Call):
            yield from _bound(keyword.value, module, (keyword.arg,), f"argument '{keyword.arg}'", BoundBy.KEYWORD)
    for dictionary in syntax.of(ast.Dict):
        for key, value in zip(dictionary.keys, dictionary.values, strict=True):
            name = literal_string(key)
            if name:
                yield from _bound(value, module, (name,), "a dictionary entry", BoundBy.ENTRY)
    for arguments in syntax.of(ast.arguments):
        by = BoundBy.LAMBDA if isinstance(syntax.parents.get(arguments), ast.Lambda) else BoundBy.PARAMETER
        for parameter, value in defaults_of(arguments):
            yield from _bound(
                value, module, (parameter.arg,), f"parameter '{parameter.arg}'", by, annotation=parameter.annotation
            )
    yield from _variables(module)


def _assigned(
    targets: Sequence[ast.expr], value: ast.expr, module: "Module", annotation: ast.expr | None = None
) -> Iterator[BoundText]:
    if any(isinstance(target, (ast.Tuple, ast.List)) for target in targets):
        for target in targets:
            for place, its_value in unpacked(target, value):
                if its_value is not None:
                    yield from _named([place], its_value, module, annotation, is_whole=place is target)
    else:
        yield from _named(targets, value, module, annotation, is_whole=True)


def _named(
    targets: Sequence[ast.expr], value: ast.expr, module: "Module", annotation: ast.expr | None, *, is_whole: bool
) -> Iterator[BoundText]:
    named = [(name, target) for target in targets if (name := _target_name(target))]
    if named:
        shown = next(
            (f"'{name}'" for name, target in named if not isinstance(target, ast.Subscript)), "a dictionary entry"
        )
        names = tuple(name for name, _ in named)
        for bound in _bound(value, module, names, shown, BoundBy.ASSIGNMENT, annotation=annotation):
            yield bound if is_whole else BoundText(bound.literal, names, shown, bound.by, is_direct=False)


def _target_name(target: ast.expr) -> str | None:
    match target:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Subscript(slice=key):
            return literal_string(key)
    return None


def _variables(module: "Module") -> Iterator[BoundText]:
    for use in module.environment_uses:
        call = use.expression
        if use.access is not Access.READ or not isinstance(call, ast.Call) or not call.args:
            continue
        name = literal_string(call.args[0])
        default = next((keyword.value for keyword in call.keywords if keyword.arg == "default"), None)
        if default is None and len(call.args) > _DEFAULT_POSITION:
            default = call.args[_DEFAULT_POSITION]
        if name and default is not None:
            yield from _bound(default, module, (name,), "the default of an environment variable", BoundBy.VARIABLE)


def _bound(
    value: ast.expr,
    module: "Module",
    names: tuple[str, ...],
    shown: str,
    by: BoundBy,
    *,
    annotation: ast.expr | None = None,
) -> Iterator[BoundText]:
    """Yield the texts that a value is, may be, or wraps."""
    pending = [value]
    while pending:
        node = pending.pop()
        match node:
            case ast.Constant(value=str() | bytes() as text):
                if text:
                    yield BoundText(node, names, shown, by, node is value, annotation)
            case ast.BoolOp(op=ast.Or(), values=values):
                pending += values
            case ast.IfExp(body=body, orelse=orelse):
                pending += (body, orelse)
            case ast.Call():
                pending += _wrapped(node, module)


def _wrapped(call: ast.Call, module: "Module") -> list[ast.expr]:
    """Return what a call makes a secret, a default or bytes of."""
    match call.func:
        case ast.Attribute(value=ast.Constant() as text, attr="encode"):
            return [text]
        case ast.Attribute(attr=name):
            pass
        case ast.Name(id=bound):
            name = module.once(_wrappers_under_other_names).get(bound, bound)
        case _:
            return []
    if name in _WRAPPERS:
        return call.args[:1]
    if name in _FIELDS:
        given = {keyword.arg: keyword.value for keyword in call.keywords}
        factory = given.get("default_factory")
        made = [factory.body] if isinstance(factory, ast.Lambda) else []
        return [*call.args[:1], *([given["default"]] if "default" in given else []), *made]
    return []


def _wrappers_under_other_names(module: "Module") -> dict[str, str]:
    """Return what a file imports `as` another name: `SecretStr as Secret`."""
    return {
        entry.bound: entry.name
        for entry in module.static_imports
        if entry.bound is not None and entry.name is not None and (entry.name in _WRAPPERS or entry.name in _FIELDS)
    }
