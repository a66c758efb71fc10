"""Outlines: what other files may know of a module without running it: its `__all__`, its imports, its classes."""

import ast
import builtins
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from flake8_pyarch.files import read_file
from flake8_pyarch.patterns import lazy_pattern
from flake8_pyarch.source.syntax import dotted_name, literal_string, scope_statements, without_subscript
from flake8_pyarch.source.text import SourceText, UnparsableError

if TYPE_CHECKING:
    from flake8_pyarch.source.tree import Location, SourceTree

__all__ = ["ExportStatement", "Outline", "base_names_in", "read_outline", "read_outline_of"]

_NAME = "__all__"
_BUILTINS = frozenset(vars(builtins))
_CLASS_WITH_BASES = lazy_pattern(rb"^[ \t]*class\s+\w+\s*(?:\[[^\]\n]*\]\s*)?\(([^)]*)\)", re.MULTILINE)
_TYPE_ARGUMENTS = lazy_pattern(rb"\[[^\[\]]*\]")
_IDENTIFIER = lazy_pattern(rb"[A-Za-z_\x80-\xff][\w\x80-\xff]*")


class ExportStatement(NamedTuple):
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


class Outline:
    """What other files may know of a module.

    Arguments:
        exports: the statements that make its `__all__` or add to it, in the order of the text.
        sources: the names it imports, each with the qualified names of all it is imported from.
        bases: its classes, each with the qualified names of its bases, None for one that cannot be told.
        makers: its names for what a function returned, each with the function's qualified name, None if unknown.

    """

    def __init__(
        self,
        exports: tuple[ExportStatement, ...],
        sources: Mapping[str, frozenset[str]],
        bases: Mapping[str, tuple[str | None, ...]],
        makers: Mapping[str, str | None],
    ) -> None:
        self.exports = exports
        self.sources = sources
        self.bases = bases
        self.makers = makers

    @property
    def has_all(self) -> bool:
        """Whether there is an `__all__`."""
        return bool(self.exports) or _NAME in self.sources

    @cached_property
    def listed_names(self) -> frozenset[str]:
        """The names that `__all__` lists as string literals."""
        entries = (literal_string(entry) for statement in self.exports for entry in statement.entries)
        return frozenset(entry for entry in entries if entry is not None)

    def origins(self, name: str) -> tuple[str | None, ...]:
        """Return what a name derives from: a class's bases, the function of a result, the source of an import.

        Arguments:
            name: the name as the module binds it.

        """
        if name in self.bases:
            return self.bases[name]
        return (self.makers[name],) if name in self.makers else tuple(self.sources.get(name, (None,)))

    def exported_names(self, location: "Location", tree: "SourceTree") -> frozenset[str] | None:
        """Return every name that `__all__` holds, those of other modules' included, None where that cannot be told.

        Arguments:
            location: the place of the module.
            tree: the project that it stands in.

        """
        names: set[str] = set()
        seen = {location}
        pending = [(self, location)]
        while pending:
            outline, place = pending.pop()
            if any(statement.computed for statement in outline.exports):
                return None
            names |= outline.listed_names
            for borrowed in _borrowed_exports(outline):
                other = tree.find(borrowed, place) if borrowed else None
                others = tree.outline(other) if other is not None and other.name == borrowed else None
                if other is None or others is None or not others.has_all:
                    return None
                if other not in seen:
                    seen.add(other)
                    pending.append((others, other))
        return frozenset(names)


def _borrowed_exports(outline: Outline) -> Iterator[str | None]:
    for source in outline.sources.get(_NAME, ()):
        yield source.removesuffix(f".{_NAME}")
    for statement in outline.exports:
        yield from statement.borrowed


def read_outline(tree: ast.Module, name: str, package: str) -> Outline:
    """Return the outline of a file.

    Arguments:
        tree: its syntax tree.
        name: its dotted name.
        package: the dotted name of the package that its relative imports start from.

    """
    statements = list(scope_statements(tree.body))
    sources: dict[str, frozenset[str]] = {}
    for statement in statements:
        for bound, source in _imported(statement, package):
            sources[bound] = sources.get(bound, frozenset()) | {source}
    exports = (export for statement in statements for export in _export_statements(statement, sources))
    classes = {node.name: node for node in statements if isinstance(node, ast.ClassDef)}
    own = {bound: frozenset({f"{name}.{bound}"}) for bound in classes}
    bases = {bound: tuple(_bases(node, own | sources)) for bound, node in classes.items()}
    makers = {bound: _qualified(call.func, own | sources) for bound, call in _calls(statements)}
    return Outline(tuple(exports), sources, bases, makers)


def read_outline_of(path: str, name: str, package: str) -> Outline | None:
    """Return the outline of another file, None where the file cannot be read or parsed.

    Arguments:
        path: its absolute path.
        name: its dotted name.
        package: the dotted name of the package that its relative imports start from.

    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = SourceText.of_file(path).parse()
    except (OSError, UnparsableError):
        return None
    return read_outline(tree, name, package)


def base_names_in(paths: Iterable[str]) -> frozenset[str]:
    """Return the names, without what qualifies them, of the bases of all classes in some files.

    The files are searched as text, for to parse a whole project takes too long.
    """
    names: set[bytes] = set()
    for path in paths:
        try:
            text = read_file(path)
        except OSError:
            continue
        for bases in _CLASS_WITH_BASES().findall(text):
            names.update(_IDENTIFIER().findall(_without_arguments(bases)))
    return frozenset(name.decode(errors="ignore") for name in names)


def _without_arguments(bases: bytes) -> bytes:
    """Return the bases of a class without their type arguments: `Route[Order]` does not derive from `Order`."""
    while True:
        shorter = _TYPE_ARGUMENTS().sub(b"", bases)
        if shorter == bases:
            return bases
        bases = shorter


def _bases(node: ast.ClassDef, sources: Mapping[str, frozenset[str]]) -> Iterator[str | None]:
    """Yield the qualified name of each base of a class, None also for a metaclass other than `ABCMeta`."""
    for base in node.bases:
        yield _qualified(without_subscript(base), sources)
    for keyword in node.keywords:
        if (dotted_name(keyword.value) or "").rpartition(".")[2] != "ABCMeta":
            yield None


def _calls(statements: Iterable[ast.stmt | ast.ExceptHandler]) -> Iterator[tuple[str, ast.Call]]:
    """Yield the names that are assigned what a call returns, each with the call."""
    for statement in statements:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call() as call):
                yield name, call
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.Call() as call):
                yield name, call


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
    name = _qualified(node, sources)
    return name.removesuffix(f".{_NAME}") if name is not None else None


def _qualified(node: ast.expr, sources: Mapping[str, frozenset[str]]) -> str | None:
    first, dot, rest = (dotted_name(node) or "").partition(".")
    origin = sources.get(first, frozenset({f"builtins.{first}"} if first in _BUILTINS else ()))
    return "".join([*origin, dot, rest]) if len(origin) == 1 else None
