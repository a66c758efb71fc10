"""Applying fixes: byte-exact edits of the text, never a re-print of the tree."""

from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import TypeGuard

from flake8_pyarch.checking.finding import Edit, Finding, Fix
from flake8_pyarch.source.text import SourceText

__all__ = ["apply_fixes", "is_applicable", "selected_fixes", "spliced"]


def is_applicable(fix: Fix | None, *, unsafe: bool) -> TypeGuard[Fix]:
    """Tell whether there is a fix, and one that may be applied."""
    return fix is not None and (fix.is_safe or unsafe)


def selected_fixes(findings: Iterable[Finding], *, unsafe: bool) -> list[Finding]:
    """Return the findings whose fixes can be applied together, in order.

    Where fixes overlap, the first stands and the others wait for the next pass.

    Arguments:
        findings: the findings of one file.
        unsafe: whether to take fixes that may change what the program means.

    """
    taken: list[Finding] = []
    ranges: list[tuple[tuple[int, int], tuple[int, int]]] = []
    for finding in sorted(findings, key=lambda each: each.order):
        if not is_applicable(finding.fix, unsafe=unsafe):
            continue
        wanted = [((edit.line, edit.column), (edit.end_line, edit.end_column)) for edit in finding.fix.edits]
        if not any(_overlap(one, other) for one in wanted for other in ranges):
            taken.append(finding)
            ranges += wanted
    return taken


def _overlap(one: tuple[tuple[int, int], tuple[int, int]], other: tuple[tuple[int, int], tuple[int, int]]) -> bool:
    """Tell whether two ranges share text, or are insertions at one place, whose order nobody could tell."""
    return (one[0] < other[1] and other[0] < one[1]) or one[0] == other[0]


def apply_fixes(text: SourceText, findings: Sequence[Finding]) -> bytes:
    """Return the file's bytes with the fixes of `findings`, as `selected_fixes` gave them, applied.

    Line endings, byte order mark and encoding stay as they are.

    Raises:
        UnicodeEncodeError: a fix needs a character that the file's encoding lacks.

    """
    edits = [edit for finding in findings if finding.fix for edit in finding.fix.edits]
    return spliced(text.lines, edits).encode(text.encoding)


def spliced(lines: Sequence[str], edits: Iterable[Edit]) -> str:
    """Return the text of some lines with edits applied, which do not overlap.

    Arguments:
        lines: the lines, with their endings.
        edits: the edits, in any order.

    """
    text = "".join(lines)
    starts = [0, *accumulate(map(len, lines))]
    parts: list[str] = []
    position = 0
    for edit in sorted(edits, key=_start):
        parts += [text[position : starts[edit.line - 1] + edit.column], edit.text]
        position = starts[edit.end_line - 1] + edit.end_column
    return "".join([*parts, text[position:]])


def _start(edit: Edit) -> tuple[int, int]:
    return edit.line, edit.column
