"""Comments that silence findings: `# noqa` on a line as Flake8 reads it, `# ruff: noqa` on a file as Ruff reads it."""

import ast
import re
import tokenize
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from flake8_pyarch.checking.engine import UNUSED_NOQA
from flake8_pyarch.checking.finding import Edit, Finding, Fix
from flake8_pyarch.patterns import lazy_pattern
from flake8_pyarch.settings import CODE_PREFIXES
from flake8_pyarch.source import Module

__all__ = ["NoqaComments", "file_level_codes", "noqa_lines"]

_NOQA = lazy_pattern(r"# noqa(?::[\s]?(?P<codes>([A-Z]+[0-9]+(?:[,\s]+)?)+))?", re.IGNORECASE)
_CODE = lazy_pattern(r"[A-Z]+[0-9]+")
_SKIPPED_FILE = lazy_pattern(r"\s*# flake8[:=]\s*noqa", re.IGNORECASE)
_RUFF_FILE = lazy_pattern(r"[ \t]*#\s*ruff\s*:\s*(?i:noqa)(?:\s*:\s*(?P<codes>[A-Z]+[0-9]+(?:[,\s]+[A-Z]+[0-9]+)*))?")


class _Directive(NamedTuple):
    """One `# noqa` comment: where it stands, what it names, which lines it covers."""

    line: int
    column: int
    end_column: int
    codes: tuple[str, ...]
    covered: range


def file_level_codes(lines: Sequence[str]) -> tuple[str, ...]:
    """Return the codes, or beginnings of codes, that `# ruff: noqa` comments silence in a file."""
    found = [(number, match) for number, line in enumerate(lines, 1) if (match := _RUFF_FILE().match(line))]
    if not found:
        return ()
    comments = {token.start[0] for token in _tokens(lines) if token.type == tokenize.COMMENT}
    codes: list[str] = []
    for number, match in found:
        if number in comments:
            if match["codes"] is None:
                return CODE_PREFIXES
            codes += _CODE().findall(match["codes"])
    return tuple(codes)


def noqa_lines(lines: Iterable[int], module: Module) -> dict[int, int]:
    """Return for each line the one where its `noqa` comment goes: the last of those that one token spans, or itself."""
    strings = [*module.syntax.of(ast.Constant), *module.syntax.of(ast.JoinedStr)]
    spans = [
        (node.lineno, node.end_lineno)
        for node in strings
        if node.end_lineno is not None and node.end_lineno > node.lineno and _is_triple_quoted(node, module)
    ]
    ends: dict[int, int] = {}
    for start, end in spans:
        ends |= {line: max(end, ends.get(line, 0)) for line in range(start, end)}
    last: dict[int, int] = {}
    wanted = sorted(lines, reverse=True)
    for line in wanted:
        place = line
        while place not in last and (after := _spanned_to(place, ends, module)) > place:
            place = after
        last[line] = last.get(place, place)
    return last


def _is_triple_quoted(node: ast.expr, module: Module) -> bool:
    text = module.lines[node.lineno - 1].encode()[node.col_offset :]
    return text.lstrip(b"bBfFrRtTuU")[:3] in {b'"""', b"'''"}


def _spanned_to(line: int, ends: Mapping[int, int], module: Module) -> int:
    if 0 < line < len(module.lines) and module.lines[line - 1].rstrip("\r\n").endswith("\\"):
        return line + 1
    return ends.get(line, line)


class NoqaComments:
    """The `# noqa` comments of a file.

    Arguments:
        lines: the file's lines, with their endings.

    """

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._used: set[tuple[int, str]] = set()

    @cached_property
    def skips_file(self) -> bool:
        """Whether Flake8 would not look at the file at all."""
        return any(_SKIPPED_FILE().match(line) for line in self._lines)

    def silences(self, finding: Finding) -> bool:
        """Tell whether a comment on the finding's line silences it, and remember that comment as used."""
        match = _NOQA().search(self._logical_lines.get(finding.line, self._physical(finding.line)))
        if match is None:
            return False
        if match["codes"] is None:
            return True
        named = [code for code in _CODE().findall(match["codes"]) if finding.code.startswith(code)]
        self._used.update((finding.line, code) for code in named)
        return bool(named)

    def uses_of(self, codes: Collection[str]) -> list[tuple[int, str]] | None:
        """Return where comments that name these very codes silenced something so far; None where none names one."""
        if not self._names_ours:
            return None
        if not any(code in codes for directive in self._directives for code in directive.codes):
            return None
        return sorted((line, code) for line, code in self._used if code in codes)

    def note_uses(self, uses: Iterable[Sequence[Any]]) -> None:
        """Take comments for used that `uses_of` gave."""
        self._used.update((line, code) for line, code in uses)

    def unused(self, is_checked: Callable[[str], bool]) -> Iterator[Finding]:
        """Yield a finding for each comment that names codes of ours which silenced nothing.

        Arguments:
            is_checked: tells whether rules with this code, or beginning, have all run on the file.

        """
        if not self._names_ours:
            return
        for directive in self._directives:
            unused = [
                code
                for code in directive.codes
                if code.startswith(CODE_PREFIXES)
                and is_checked(code)
                and not any((line, code) in self._used for line in directive.covered)
            ]
            if unused:
                yield _unused_finding(directive, unused, self._lines[directive.line - 1])

    @cached_property
    def _names_ours(self) -> bool:
        """Whether codes of ours stand anywhere in the file."""
        return any(prefix in line for line in self._lines for prefix in CODE_PREFIXES)

    def _physical(self, line: int) -> str:
        return self._lines[line - 1] if 0 < line <= len(self._lines) else ""

    @cached_property
    def _tokens(self) -> list[tokenize.TokenInfo]:
        return _tokens(self._lines)

    @cached_property
    def _logical_lines(self) -> dict[int, str]:
        """Line → the text that a comment for it is looked for in: lines that one token spans count as one."""
        joined: dict[int, str] = {}
        for covered in self._ranges:
            if len(covered) > 1:
                joined |= dict.fromkeys(covered, "".join(self._lines[covered.start - 1 : covered.stop - 1]))
        return joined

    @cached_property
    def _ranges(self) -> list[range]:
        ranges = []
        first, last = len(self._lines) + 2, -1
        for token in self._tokens:
            if token.type in {tokenize.ENDMARKER, tokenize.DEDENT}:
                continue
            first, last = min(first, token.start[0]), max(last, token.end[0])
            if token.type in {tokenize.NL, tokenize.NEWLINE}:
                ranges.append(range(first, last + 1))
                first, last = len(self._lines) + 2, -1
        return ranges

    @cached_property
    def _directives(self) -> list[_Directive]:
        found = []
        covering = {line: covered for covered in self._ranges for line in covered}
        for token in self._tokens:
            if token.type != tokenize.COMMENT:
                continue
            line, column = token.start
            match = _NOQA().search(token.string)
            if match is not None:
                codes = tuple(_CODE().findall(match["codes"] or ""))
                covered = covering.get(line, range(line, line + 1))
                end = column + match.start() + len(match[0].rstrip(", \t"))
                found.append(_Directive(line, column + match.start(), end, codes, covered))
        return found


def _unused_finding(directive: _Directive, unused: list[str], line: str) -> Finding:
    names = ", ".join(unused)
    kept = [code for code in directive.codes if code not in unused]
    start, end = directive.column, directive.end_column
    rest = line[end:].lstrip()
    if kept:
        text = f"# noqa: {','.join(kept)}"
    elif rest:
        end = len(line) - len(rest)
        text = "" if rest.startswith("#") else "# "
    else:
        text = ""
        start = len(line[:start].rstrip())
    edit = Edit(directive.line, start, directive.line, end, text)
    if not kept and not line[: directive.column].strip() and not rest:
        edit = Edit(directive.line, 0, directive.line + 1, 0, "")
    message = f"noqa of {names} silences nothing here: remove it"
    fix = Fix("Remove the unused codes", (edit,), is_safe=True)
    return Finding(UNUSED_NOQA, message, directive.line, directive.column, directive.line, directive.end_column, fix)


def _tokens(lines: Sequence[str]) -> list[tokenize.TokenInfo]:
    """Return the tokens of a file, as far as they can be told."""
    found: list[tokenize.TokenInfo] = []
    iterator = iter(lines)
    try:
        for token in tokenize.generate_tokens(lambda: next(iterator, "")):
            found.append(token)  # noqa: PERF402 - what was read before an error counts
    except (tokenize.TokenError, SyntaxError):
        return found
    return found
