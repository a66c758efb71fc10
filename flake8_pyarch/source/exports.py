"""Exports: what a module's `__all__` says, read without running the module."""

import ast
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from flake8_pyarch.source.syntax import dotted_name, literal_string, scope_statements

if TYPE_CHECKING:
    from flake8_pyarch.source.tree import Location, SourceTree

__all__ = ["ExportStatement", "Exports", "read_exports", "read_exports_of"]

_NAME = "__all__"


@dataclass(frozen=True, slots=True, eq=False)
class ExportStatement:
    """A statement that makes `__all__` or adds to it.

    Arguments:
        target: the `__all__` in it.
        value: what is assigned or added by an operator; None for a call of `extend` or `append`.
        entries: the string literals it lists.
        borrowed: the modules whose `__all__` it takes over, by dotted name, None for one that cannot be told.
        computed: its other parts.

    """

    target: ast.Name
    value: ast.expr | None
    entries: tuple[ast.Constant, ...]
    borrowed: tuple[str | None, ...]
    computed: tuple[ast.expr, ...]


class Exports:
    """What the `__all__` of a module says.

    Arguments:
        statements: the statements that make it or add to it, in the order of the text.
        sources: the names the module imports, each with the qualified names of all it is imported from.

    """

    def __init__(self, statements: tuple[ExportStatement, ...], sources: Mapping[str, frozenset[str]]) -> None:
        self.statements = statements
        self.sources = sources

    @property
    def is_defined(self) -> bool:
        """Whether there is an `__all__`."""
        return bool(self.statements) or _NAME in self.sources

    @cached_property
    def names(self) -> frozenset[str]:
        """The names listed as string literals."""
        return frozenset(
            name
            for statement in self.statements
            for entry in statement.entries
            if (name := literal_string(entry)) is not None
        )

    @property
    def _borrowed(self) -> Iterator[str | None]:
        for source in self.sources.get(_NAME, ()):
            yield source.removesuffix(f".{_NAME}")
        for statement in self.statements:
            yield from statement.borrowed

    def all_names(self, location: "Location", tree: "SourceTree") -> frozenset[str] | None:
        """Return every name that `__all__` holds, those of other modules' included, None where that cannot be told.

        Arguments:
            location: the place of the module.
            tree: the project that it stands in.

        """
        names: set[str] = set()
        seen = {location}
        pending = [(self, location)]
        while pending:
            exports, place = pending.pop()
            if any(statement.computed for statement in exports.statements):
                return None
            names |= exports.names
            for borrowed in exports._borrowed:  # noqa: SLF001 - of another one of us
                other = tree.find(borrowed, place) if borrowed else None
                others = tree.exports(other) if other is not None and other.name == borrowed else None
                if other is None or others is None or not others.is_defined:
                    return None
                if other not in seen:
                    seen.add(other)
                    pending.append((others, other))
        return frozenset(names)


def read_exports(tree: ast.Module, package: str) -> Exports:
    """Return what the `__all__` of a file says.

    Arguments:
        tree: its syntax tree.
        package: the dotted name of the package that its relative imports start from.

    """
    statements = list(scope_statements(tree.body))
    sources: dict[str, frozenset[str]] = {}
    for statement in statements:
        for bound, source in _imported(statement, package):
            sources[bound] = sources.get(bound, frozenset()) | {source}
    found = (export for statement in statements for export in _export_statements(statement, sources))
    return Exports(tuple(found), sources)


def read_exports_of(path: str, package: str) -> Exports | None:
    """Return what the `__all__` of another file says, None where the file cannot be read or parsed.

    Arguments:
        path: its absolute path.
        package: the dotted name of the package that its relative imports start from.

    """
    try:
        with open(path, "rb") as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(file.read())
    except (OSError, SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return read_exports(tree, package)


def _imported(statement: ast.stmt | ast.ExceptHandler, package: str) -> Iterator[tuple[str, str]]:
    """Yield the names that an import binds, each with the qualified name of what it stands for."""
    if isinstance(statement, ast.Import):
        for alias in statement.names:
            top = alias.name.partition(".")[0]
            yield (alias.asname, alias.name) if alias.asname else (top, top)
    elif isinstance(statement, ast.ImportFrom):
        kept = max(0, package.count(".") + 2 - statement.level)
        segments = package.split(".")[:kept] if statement.level else []
        source = ".".join([*segments, *([statement.module] if statement.module else [])])
        yield from ((alias.asname or alias.name, f"{source}.{alias.name}") for alias in statement.names)


def _export_statements(
    statement: ast.stmt | ast.ExceptHandler, sources: Mapping[str, frozenset[str]]
) -> Iterator[ExportStatement]:
    match statement:
        case ast.Assign(targets=targets, value=value):
            for target in targets:
                if isinstance(target, ast.Name) and target.id == _NAME:
                    yield _export_statement(target, value, [value], sources)
        case ast.AnnAssign(target=ast.Name(id="__all__") as target, value=ast.expr() as value):
            yield _export_statement(target, value, [value], sources)
        case ast.AugAssign(target=ast.Name(id="__all__") as target, value=value):
            yield _export_statement(target, value, [value], sources)
        case ast.Expr(
            value=ast.Call(func=ast.Attribute(value=ast.Name(id="__all__") as target, attr=method), args=[argument])
        ) if method in {"extend", "append"}:
            listed = ast.List(elts=[argument], ctx=ast.Load()) if method == "append" else argument
            yield _export_statement(target, None, [listed], sources)


def _export_statement(
    target: ast.Name, value: ast.expr | None, parts: list[ast.expr], sources: Mapping[str, frozenset[str]]
) -> ExportStatement:
    entries: list[ast.Constant] = []
    borrowed: list[str | None] = []
    computed: list[ast.expr] = []
    while parts:
        match parts.pop():
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                parts += (right, left)
            case ast.List(elts=elements) | ast.Tuple(elts=elements):
                entries += [element for element in elements if _is_text(element)]  # type: ignore[misc]
                parts += [element.value for element in elements if isinstance(element, ast.Starred)]
                computed += [each for each in elements if not _is_text(each) and not isinstance(each, ast.Starred)]
            case ast.Name(id="__all__"):
                pass
            case (ast.Name() | ast.Attribute()) as part if _names_exports(part, sources):
                borrowed.append(_module_of(part, sources))
            case part:
                computed.append(part)
    return ExportStatement(target, value, tuple(entries), tuple(borrowed), tuple(computed))


def _is_text(node: ast.expr) -> bool:
    return literal_string(node) is not None


def _names_exports(node: ast.Name | ast.Attribute, sources: Mapping[str, frozenset[str]]) -> bool:
    """Tell whether an expression is the `__all__` of another module: `orders.__all__`, or one imported by a name."""
    if isinstance(node, ast.Attribute):
        return node.attr == _NAME
    return any(source.endswith(f".{_NAME}") for source in sources.get(node.id, ()))


def _module_of(node: ast.Name | ast.Attribute, sources: Mapping[str, frozenset[str]]) -> str | None:
    """Return the dotted name of the module whose `__all__` an expression is, None where it cannot be told."""
    first, _, rest = (dotted_name(node) or "").partition(".")
    source = sources.get(first, frozenset())
    if len(source) != 1:
        return None
    return ".".join([*source, *([rest] if rest else [])]).removesuffix(f".{_NAME}")
