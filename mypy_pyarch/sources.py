"""Files as they are written, for what mypy does not keep: the metadata of `Annotated`, and bodies from the cache."""

import ast
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib.util import decode_source
from math import inf

from flake8_pyarch.source.annotations import unquoted
from flake8_pyarch.source.classes import Function
from flake8_pyarch.source.syntax import dotted_name, parameters_of
from mypy_pyarch.files import read_bytes

__all__ = [
    "Source",
    "Sources",
    "Span",
    "metadata_of",
    "parsed_annotation",
]

_DEFINITIONS = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
_BLOCKS = ("body", "orelse", "finalbody", "handlers", "cases")


class Sources:
    """The files of a run, each read when something is asked of it, and read again when it has changed.

    mypy's daemon lives longer than a text.
    """

    def __init__(self) -> None:
        self._sources: dict[str, tuple[tuple[int, int], Source]] = {}

    def of(self, path: str) -> "Source":
        """Return the file at `path`; the same object, as long as its text is the same."""
        version = _version(path)
        known = self._sources.get(path)
        if known is None or known[0] != version:
            known = self._sources[path] = version, Source(read_bytes(path) or b"")
        return known[1]


def _version(path: str) -> tuple[int, int]:
    try:
        status = os.stat(path)
    except OSError:
        return 0, 0
    return status.st_mtime_ns, status.st_size


class Source:
    """A file; parsed when that is needed, and empty where it cannot be."""

    def __init__(self, text: bytes) -> None:
        self.text = text

    @cached_property
    def _lines(self) -> list[str]:
        try:
            return decode_source(self.text).split("\n")
        except (SyntaxError, UnicodeError):
            return []

    @cached_property
    def _tree(self) -> ast.Module:
        try:
            return ast.parse("\n".join(self._lines))
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return ast.Module([], [])

    @cached_property
    def _index(self) -> "_Index":
        return _Index(self._tree)

    @property
    def body(self) -> list[ast.stmt]:
        """The statements at the top level."""
        return self._tree.body

    def calls(self) -> Iterator[ast.Call]:
        """Yield every call."""
        return (node for node in ast.walk(self._tree) if isinstance(node, ast.Call))

    @property
    def imports(self) -> list[ast.Import | ast.ImportFrom]:
        """The import statements."""
        return self._index.imports

    @property
    def functions(self) -> dict[str, list[Function]]:
        """The functions, by their qualified names within the module: `Class.method`, `outer.inner`."""
        return self._index.functions

    def function_at(self, line: int) -> Function | None:
        """Return the function whose `def` stands on a line."""
        found = [one for same_name in self.functions.values() for one in same_name if one.lineno == line]
        return found[0] if len(found) == 1 else None

    @property
    def classes(self) -> dict[str, list[ast.ClassDef]]:
        """The classes, by their qualified names within the module."""
        return self._index.classes

    def binds_by(self, name: str, line: int) -> bool:
        """Tell whether a name of this module exists for sure when the program comes to a line.

        Under a condition it may not: `if TYPE_CHECKING` never holds when the program runs.
        """
        return self._bindings.get(name, 0) < line

    @cached_property
    def _bindings(self) -> dict[str, float]:
        bindings: dict[str, float] = {}
        for statement in self.body:
            line = inf if isinstance(statement, ast.If) else statement.lineno
            for name in _bound_names(statement):
                bindings[name] = min(line, bindings.get(name, inf))
        return bindings

    def metadata_at(self, name: str, span: "Span", *, is_native: bool) -> list["Metadata"]:
        """Return what follows the type in an `Annotated[…]`.

        Arguments:
            name: what `Annotated` is called there.
            span: where it is.
            is_native: whether the columns are those of mypy's native parser.

        """
        written = self._expression_at(span, name)
        if written is not None:
            return [Metadata(entry, entry.lineno, self.character(entry)) for entry in metadata_of(written)]
        found: list[Metadata] = []
        for annotation in self._index.annotations.get(span.line, ()):
            if self._is_at(annotation, span.column, is_native=is_native):
                parsed = parsed_annotation(annotation)
                if isinstance(parsed, ast.Subscript) and dotted_name(parsed.value) == name:
                    found += [self._placed(entry, annotation) for entry in metadata_of(parsed)]
        return found

    def _expression_at(self, span: "Span", name: str) -> ast.expr | None:
        """Return the expression there: what stands there is parsed alone, for a whole file takes a while.

        None where columns may be off, on lines that are not ASCII, and in strings.
        """
        lines = self._lines[span.line - 1 : span.end_line]
        if not (lines and lines[0].isascii() and lines[-1].isascii() and lines[0].startswith(name, span.column)):
            return None
        if lines[0][: span.column].endswith(("'", '"')):
            return None
        lines[-1] = lines[-1][: span.end_column]
        lines[0] = " " * span.column + lines[0][span.column :]
        try:
            expression = ast.parse("(\n" + "\n".join(lines) + ")", mode="eval")
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None
        ast.increment_lineno(expression, span.line - 2)
        return expression.body

    def _is_at(self, node: ast.expr, column: int, *, is_native: bool) -> bool:
        """Tell whether mypy says that a node is at a column.

        The native parser means characters, but counts those in as many bytes; where that ends within one it may be one
        less. `Annotated[…]` are further apart than that.
        """
        line = self._lines[node.lineno - 1]
        if not is_native or line.isascii():
            return node.col_offset == column
        shown = len(line.encode()[: self.character(node)].decode(errors="ignore"))
        return column in {shown, shown - 1}

    def _placed(self, entry: ast.expr, annotation: ast.expr) -> "Metadata":
        if not isinstance(annotation, ast.Constant):
            return Metadata(entry, entry.lineno, self.character(entry))
        first = self.character(annotation)
        is_plain = self._lines[annotation.lineno - 1].startswith(str(annotation.value), first + 1)
        return Metadata(entry, annotation.lineno, first + 1 + entry.col_offset if is_plain else first)

    def character(self, node: ast.expr | ast.arg) -> int:
        """Return the column of a node, in characters."""
        return len(self._lines[node.lineno - 1].encode()[: node.col_offset].decode())


@dataclass(frozen=True, slots=True)
class Span:
    """Where an expression stands, as mypy says."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Metadata:
    """What stands beside the type in an `Annotated[…]`, and where, with its column in characters."""

    expression: ast.expr
    line: int
    column: int


class _Index:
    """What a file defines and imports, and where its annotations are."""

    def __init__(self, tree: ast.Module) -> None:
        self.functions: dict[str, list[Function]] = {}
        self.classes: dict[str, list[ast.ClassDef]] = {}
        self.imports: list[ast.Import | ast.ImportFrom] = []
        self._written: list[ast.expr | None] = []
        self._visit(tree)

    @cached_property
    def annotations(self) -> dict[int, list[ast.expr]]:
        """What an `Annotated[…]` may stand in, by its line: asked for only where mypy's columns may be off."""
        found: dict[int, list[ast.expr]] = {}
        for annotation in self._written:
            for node in ast.walk(annotation) if annotation is not None else ():
                if isinstance(node, ast.Subscript | ast.Constant):
                    found.setdefault(node.lineno, []).append(node)
        return found

    def _visit(self, tree: ast.Module) -> None:
        stack: list[tuple[ast.AST, str]] = [(tree, "")]
        while stack:
            node, prefix = stack.pop()
            match node:
                case ast.FunctionDef() | ast.AsyncFunctionDef():
                    self.functions.setdefault(prefix + node.name, []).append(node)
                    self._written += [parameter.annotation for parameter, _ in parameters_of(node.args)]
                    prefix += f"{node.name}."
                case ast.ClassDef():
                    self.classes.setdefault(prefix + node.name, []).append(node)
                    prefix += f"{node.name}."
                case ast.AnnAssign():
                    self._written.append(node.annotation)
                case ast.Import() | ast.ImportFrom():
                    self.imports.append(node)
            for block in _BLOCKS:
                stack.extend((child, prefix) for child in getattr(node, block, ()))


def _bound_names(statement: ast.stmt) -> Iterator[str]:
    for node in [statement] if isinstance(statement, _DEFINITIONS) else ast.walk(statement):
        match node:
            case ast.alias():
                yield (node.asname or node.name).partition(".")[0]
            case ast.ClassDef() | ast.FunctionDef() | ast.AsyncFunctionDef():
                yield node.name
            case ast.Name(ctx=ast.Store()):
                yield node.id


def parsed_annotation(annotation: ast.expr) -> ast.expr | None:
    """Return the annotation; one in a string parsed, None where it is no expression."""
    parsed = unquoted(annotation)
    is_text = isinstance(parsed, ast.Constant) and isinstance(parsed.value, str)
    return None if is_text else parsed


def metadata_of(annotation: ast.expr | None) -> list[ast.expr]:
    """Return what follows the type in an annotation that is an `Annotated[…]`, and nothing for others."""
    parsed = parsed_annotation(annotation) if annotation else None
    if isinstance(parsed, ast.Subscript) and isinstance(parsed.slice, ast.Tuple):
        return parsed.slice.elts[1:]
    return []
