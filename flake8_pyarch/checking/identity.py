"""What makes a finding the same finding after the file around it has changed."""

import ast
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from flake8_pyarch.checking.finding import Finding
from flake8_pyarch.source import Module
from flake8_pyarch.source.syntax import children_reversed, walk

__all__ = ["Identity", "identify"]

_DIGEST_LENGTH = 16
_Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
_SCALARS = (str, bytes, int, float, complex, type(None), type(Ellipsis))
_Span = tuple[int, int, int, int]


class Identity(NamedTuple):
    """What a baseline knows a finding by: neither its line nor its layout.

    Arguments:
        code: the rule's code.
        symbol: the dotted path of the definitions it stands in, `BorrowBookUseCase.execute`; empty at module level.
        digest: a digest of the reported syntax.

    """

    code: str
    symbol: str
    digest: str


def identify(findings: list[Finding], module: Module) -> list[Identity]:
    """Return the identity of each finding of a file, whose columns count characters."""
    if not findings:
        return []
    from hashlib import sha256  # noqa: PLC0415 - a clean file needs no digest

    lines = {finding.line for finding in findings}
    nodes: dict[_Span, ast.AST] = {}
    for each in _nodes_on(sorted(lines), module):
        if each.lineno in lines:
            nodes.setdefault(_span_of(each, module), each)
    of = module.syntax.of
    symbols = _symbols(lines, [*of(ast.FunctionDef), *of(ast.AsyncFunctionDef), *of(ast.ClassDef)])
    identities = []
    for finding in findings:
        span = finding.line, finding.column, finding.end_line, finding.end_column
        node = nodes.get(span)
        content = _shape(node) if node is not None else _text(span, module)
        digest = sha256(content.encode(errors="surrogatepass")).hexdigest()[:_DIGEST_LENGTH]
        identities.append(Identity(finding.code, symbols[finding.line], digest))
    return identities


def _nodes_on(lines: list[int], module: Module) -> Iterator[Any]:
    """Yield the nodes that have one of these lines, in the order of the text; what has none of them is not entered."""
    pending: list[Any] = [module.tree]
    while pending:
        node = pending.pop()
        first = getattr(node, "lineno", None)
        if first is not None:
            index = bisect_left(lines, min([first, *(each.lineno for each in getattr(node, "decorator_list", ()))]))
            if index == len(lines) or lines[index] > node.end_lineno:
                continue
            yield node
        pending += children_reversed(node)


def _span_of(node: Any, module: Module) -> _Span:
    start = module.characters(node.lineno, node.col_offset)
    return node.lineno, start, node.end_lineno, module.characters(node.end_lineno, node.end_col_offset)


def _symbols(lines: Iterable[int], definitions: Iterable[_Definition]) -> dict[int, str]:
    """Return for each line the dotted path of the definitions it stands in."""
    ordered = sorted(lines)
    names: dict[int, list[str]] = {line: [] for line in ordered}
    for node in sorted(definitions, key=lambda each: each.lineno):
        first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
        within = slice(bisect_left(ordered, first), bisect_right(ordered, node.end_lineno or node.lineno))
        for line in ordered[within]:
            names[line].append(node.name)
    return {line: ".".join(path) for line, path in names.items()}


def _shape(node: ast.AST) -> str:
    """Return a text that is the same for the same syntax, however it is laid out."""
    parts: list[str] = []
    for part in walk(node):
        parts.append(type(part).__name__)
        parts += (f"{name}={value!r}" for name, value in ast.iter_fields(part) if isinstance(value, _SCALARS))
    return " ".join(parts)


def _text(span: _Span, module: Module) -> str:
    """Return the text of what is no syntax of Python's own, however it is laid out."""
    line, column, end_line, end_column = span
    if not 0 < line <= end_line <= len(module.lines):
        return ""
    *lines, last = module.lines[line - 1 : end_line]
    text = "".join([*lines, last[:end_column]])[column:]
    return " ".join(text.split()) if lines else text
