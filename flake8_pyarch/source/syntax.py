"""The syntax tree: one walk over a whole file, and small readers for recurring shapes.

Nothing here recurses into expressions, for a tree may be deeper than Python's stack.
"""

import ast
from collections.abc import Iterable, Iterator
from typing import TypeVar

__all__ = [
    "FUNCTIONS",
    "SyntaxIndex",
    "base_of",
    "children_reversed",
    "defaults_of",
    "dotted_name",
    "last_name",
    "literal_string",
    "own_nodes",
    "parameters_of",
    "scope_statements",
    "unpacked",
    "walk",
    "without_call",
    "without_subscript",
]

Node = TypeVar("Node", bound=ast.AST)

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)

_LEAVES = (ast.Name, ast.Constant, ast.MatchSingleton, ast.Global, ast.Nonlocal, ast.Pass, ast.Break, ast.Continue)
_HEADS_FIRST = ("decorator_list", "type_params", "bases", "keywords", "args", "returns")
_FIELDS_WITHOUT_NODES = frozenset(
    "arg asname attr conversion ctx id is_async kind level lineno module n name op ops rest simple str tag "
    "type_comment type_ignores".split()
)


def _child_fields(kind: type[ast.AST]) -> tuple[str, ...]:
    if issubclass(kind, _LEAVES):
        return ()
    names = [name for name in kind._fields if name not in _FIELDS_WITHOUT_NODES]
    if issubclass(kind, (*FUNCTIONS, ast.ClassDef)):
        names.sort(key=lambda name: _HEADS_FIRST.index(name) if name in _HEADS_FIRST else len(_HEADS_FIRST))
    return tuple(reversed(names))


_CHILD_FIELDS = {
    kind: _child_fields(kind) for kind in vars(ast).values() if isinstance(kind, type) and issubclass(kind, ast.AST)
}


class SyntaxIndex:
    """The nodes of a tree by type, statements in the order of the text, and the parent of each.

    Nodes without a position (operators, expression contexts) are left out.
    """

    def __init__(self, tree: ast.Module) -> None:
        nodes: dict[type[ast.AST], list[ast.AST]] = {}
        parents: dict[ast.AST, ast.AST] = {}
        bucket_of = nodes.get
        fields_of = _CHILD_FIELDS
        stack: list[ast.AST] = [tree]
        pop, push = stack.pop, stack.append
        while stack:
            node = pop()
            kind = node.__class__
            bucket = bucket_of(kind)
            if bucket is None:
                nodes[kind] = [node]
            else:
                bucket.append(node)
            for name in fields_of[kind]:
                value = getattr(node, name, None)
                if value.__class__ is list:
                    for child in reversed(value):
                        if child.__class__ in fields_of:
                            parents[child] = node
                            push(child)
                elif value is not None:
                    parents[value] = node
                    push(value)
        self.by_kind = nodes
        """The nodes by their type."""
        self.parents = parents

    def of(self, kind: type[Node]) -> list[Node]:
        """Return all nodes of exactly this type."""
        return self.by_kind.get(kind, [])  # type: ignore[return-value]  # the bucket of a type holds only that type


_BLOCKS = {
    kind: tuple(name for name in ("finalbody", "orelse", "handlers", "body") if name in kind._fields)
    for kind in vars(ast).values()
    if isinstance(kind, type)
    and issubclass(kind, (ast.stmt, ast.ExceptHandler))
    and not issubclass(kind, (*FUNCTIONS, ast.ClassDef, ast.Match))
}
"""A type of statement → the fields that hold its blocks, the last first."""


def walk(*roots: ast.AST) -> Iterator[ast.AST]:
    """Yield each root and everything below it, in the order of the text."""
    stack = list(reversed(roots))
    while stack:
        node = stack.pop()
        yield node
        stack.extend(children_reversed(node))


def own_nodes(body: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """Yield what runs as part of `body`: everything but the insides of nested functions, lambdas and classes.

    The nested definition itself is yielded, with its decorators, defaults and bases.
    """
    stack = list(body)[::-1]
    while stack:
        node = stack.pop()
        yield node
        if isinstance(node, (*FUNCTIONS, ast.ClassDef)):
            inside = set(map(id, node.body))
            stack.extend(child for child in children_reversed(node) if id(child) not in inside)
        elif isinstance(node, ast.Lambda):
            stack.append(node.args)
        else:
            stack.extend(children_reversed(node))


def scope_statements(body: list[ast.stmt]) -> Iterator[ast.stmt | ast.ExceptHandler]:
    """Yield the statements of a scope, those in its blocks included, without those of nested scopes."""
    stack: list[ast.stmt | ast.ExceptHandler] = [*reversed(body)]
    while stack:
        statement = stack.pop()
        yield statement
        if isinstance(statement, ast.Match):
            for case in reversed(statement.cases):
                stack.extend(reversed(case.body))
        else:
            for block in _BLOCKS.get(statement.__class__, ()):
                stack.extend(reversed(getattr(statement, block)))


def unpacked(target: ast.expr, value: ast.expr | None) -> Iterator[tuple[ast.expr, ast.expr | None]]:
    """Yield the single targets in an assignment's target, each with the expression it gets, or None."""
    pending = [(target, value)]
    while pending:
        target, value = pending.pop()
        if isinstance(target, ast.Starred):
            pending.append((target.value, None))
        elif isinstance(target, (ast.Tuple, ast.List)):
            values: list[ast.expr | None] = [None] * len(target.elts)
            if isinstance(value, (ast.Tuple, ast.List)) and len(value.elts) == len(target.elts):
                values = list(value.elts)
            pending += reversed(list(zip(target.elts, values, strict=True)))
        else:
            yield target, value


def children_reversed(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes right below one, the last in the text first."""
    for name in _CHILD_FIELDS[node.__class__]:
        value = getattr(node, name, None)
        if value.__class__ is list:
            yield from (child for child in reversed(value) if child.__class__ in _CHILD_FIELDS)
        elif value is not None:
            yield value


def dotted_name(node: ast.expr) -> str | None:
    """Return the text of a name or of an attribute chain on a name (`a.b.c`), None for any other expression."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return None
    return ".".join([node.id, *reversed(parts)])


def last_name(node: ast.expr) -> str:
    """Return a name, or the last segment of an attribute chain (`c` of `a.b.c`); empty for any other expression."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def without_call(node: ast.expr) -> ast.expr:
    """Return what a call calls (`cache` of `cache(60)`), and any other expression as it is."""
    return node.func if isinstance(node, ast.Call) else node


def without_subscript(node: ast.expr) -> ast.expr:
    """Return what a subscript is put to (`list` of `list[int]`), and any other expression as it is."""
    return node.value if isinstance(node, ast.Subscript) else node


def parameters_of(arguments: ast.arguments) -> Iterator[tuple[ast.arg, ast.expr | None]]:
    """Yield the parameters, those for `*` and `**` left out, each with its default value, None where it has none."""
    positional = [*arguments.posonlyargs, *arguments.args]
    without_default = len(positional) - len(arguments.defaults)
    yield from zip(positional, [*[None] * without_default, *arguments.defaults], strict=True)
    yield from zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)


def defaults_of(arguments: ast.arguments) -> Iterator[tuple[ast.arg, ast.expr]]:
    """Yield the parameters that have a default value, each with it."""
    positional = [*arguments.posonlyargs, *arguments.args]
    yield from zip(positional[len(positional) - len(arguments.defaults) :], arguments.defaults, strict=True)
    for parameter, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        if default is not None:
            yield parameter, default


def base_of(node: ast.expr) -> ast.expr:
    """Return the expression that a chain of attributes, calls and subscripts starts from."""
    while True:
        match node:
            case ast.Attribute(value=inner) | ast.Subscript(value=inner) | ast.Call(func=inner):
                node = inner
            case _:
                return node


def literal_string(node: ast.expr | None) -> str | None:
    """Return the value of a string literal, None for anything else."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None
