"""Except clauses as text: where they name what they catch, and how to give them a name."""

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from flake8_pyarch.patterns import lazy_pattern
from flake8_pyarch.source.syntax import own_nodes, walk

if TYPE_CHECKING:
    from flake8_pyarch.source.module import Module

__all__ = ["Clause", "clause_of", "is_rebound", "unused_name"]

_HEAD = lazy_pattern(r"except[\s\\*]*")
_BLANKS = " \t\f\r\n\\"
_TYPE_PARAMETERS = frozenset({"TypeVar", "TypeVarTuple", "ParamSpec"})
_NAMES = ("error", "exc", "caught")


class Clause(NamedTuple):
    """An `except` and what it catches, up to its colon.

    Arguments:
        start: the line and the column, in bytes, where it begins.
        end: where the colon stands.
        text: the text between them.

    """

    start: tuple[int, int]
    end: tuple[int, int]
    text: str

    def named(self, name: str) -> str | None:
        """Return the text with `as <name>`, None where that cannot be written."""
        found = _HEAD().match(self.text)
        if found is None:
            return None
        head, types = found[0], self.text[found.end() :].rstrip(_BLANKS)
        # Types without parentheses, which Python 3.14 allows, need them before a name.
        written = (f"{head}{types}", f"{head}({types})") if types else ("except BaseException",)
        candidates = (f"{text} as {name}" for text in written)
        return next((text for text in candidates if _is_syntax(f"try: pass\n{text}: pass\n")), None)


def clause_of(handler: ast.ExceptHandler, module: "Module") -> Clause | None:
    """Return the clause of a handler, None where the text is not as expected."""
    lines = [line.encode() for line in module.lines]
    start = (handler.lineno, handler.col_offset)
    last = handler.type
    if last is None or last.end_lineno is None or last.end_col_offset is None:
        end = _colon(lines, *start)
    else:
        end = _colon(lines, last.end_lineno, last.end_col_offset)
    return Clause(start, end, _between(lines, start, end)) if end is not None else None


def _colon(lines: list[bytes], line: int, column: int) -> tuple[int, int] | None:
    """Return where the colon stands after the types: behind blanks, parentheses, comments and line joints."""
    while line <= len(lines):
        code = lines[line - 1][column:].partition(b"#")[0]
        if b":" in code:
            return line, column + code.index(b":")
        line, column = line + 1, 0
    return None


def _between(lines: list[bytes], start: tuple[int, int], end: tuple[int, int]) -> str:
    (first, column), (last, end_column) = start, end
    taken = lines[first - 1 : last]
    taken[-1] = taken[-1][:end_column]
    taken[0] = taken[0][column:]
    return b"".join(taken).decode()


def _is_syntax(text: str) -> bool:
    try:
        ast.parse(text)
    except (SyntaxError, ValueError):
        return False
    return True


def is_rebound(handler: ast.ExceptHandler) -> bool:
    """Tell whether the body of a handler binds or deletes the name of what it caught."""
    return any(bound == handler.name for node in own_nodes(handler.body) for bound in _bound(node))


def unused_name(handler: ast.ExceptHandler, module: "Module") -> str:
    """Return a name for what a handler caught that nothing round it uses."""
    scope = module.enclosing_function(handler) or module.tree
    used = {name for node in walk(scope) for name in (*_bound(node), *_read(node))}
    names = (*_NAMES, *(f"error_{number}" for number in range(2, len(used) + 3)))
    return next(name for name in names if name not in used)


def _read(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Name):
        yield node.id


def _bound(node: ast.AST) -> Iterator[str]:
    """Yield the names that a node itself binds or declares."""
    match node:
        case ast.Name(ctx=ast.Store() | ast.Del(), id=name):
            yield name
        case ast.arg(arg=name):
            yield name
        case ast.alias(name=name, asname=alias):
            yield alias or name.partition(".")[0]
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case (
            ast.ExceptHandler(name=str() as name) | ast.MatchAs(name=str() as name) | ast.MatchStar(name=str() as name)
        ):
            yield name
        case ast.MatchMapping(rest=str() as name):
            yield name
        case ast.Global(names=names) | ast.Nonlocal(names=names):
            yield from names
        case _ if node.__class__.__name__ in _TYPE_PARAMETERS:
            yield node.name  # type: ignore[attr-defined]  # type parameters came in Python 3.12
