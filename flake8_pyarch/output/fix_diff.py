"""What a fix would change, as `ruff check` shows it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from flake8_pyarch.checking import Edit, Fix
from flake8_pyarch.checking.fixing import spliced
from flake8_pyarch.output.cells import shortened
from flake8_pyarch.output.frame import BAR
from flake8_pyarch.output.report import Report
from flake8_pyarch.output.text import styled
from flake8_pyarch.source.text import split_lines

__all__ = ["fix_diff"]

_CONTEXT = 1
_GAP = 4
"""How many unchanged lines between two changes are still shown, rather than the context of both."""
_RULER = "-" * 80
_STYLES = {"-": "red", "+": "green"}


@dataclass(slots=True)
class _Change:
    """Lines that stand in the place of others; `line` is the first of those."""

    line: int
    old: list[str]
    new: list[str]

    @property
    def end(self) -> int:
        """The line below those that it replaces."""
        return self.line + len(self.old)


class _Row(NamedTuple):
    sign: str
    text: str
    number: int | None = None


def fix_diff(lines: Sequence[str], fix: Fix, report: Report) -> list[str]:
    """Return the lines that a fix changes, before and after; nothing where the file is not as it was.

    Arguments:
        lines: the lines of the file.
        fix: the fix.
        report: what it is part of.

    """
    edits = sorted(fix.edits, key=lambda edit: (edit.line, edit.column))
    if not edits or edits[-1].end_line > len(lines) + 1:
        return []
    rows = list(_rows(lines, list(_changes(lines, edits))))
    width = max((len(str(row.number)) for row in rows if row.number), default=1)
    edge = f"{'':{width}} {styled('|', BAR, report)}"
    return [edge, *(_shown(row, width, edits[0].column, report) for row in rows), edge]


def _changes(lines: Sequence[str], edits: list[Edit]) -> Iterator[_Change]:
    """Yield what the edits change, those on the same lines together."""
    bounds = [0, *(at for at, (one, next_one) in enumerate(pairwise(edits), 1) if next_one.line > one.end_line)]
    for start, stop in pairwise([*bounds, len(edits)]):
        group = edits[start:stop]
        above = group[0].line - 1
        old = lines[above : group[-1].end_line]
        moved = (edit._replace(line=edit.line - above, end_line=edit.end_line - above) for edit in group)
        yield _trimmed(_Change(above + 1, _without_endings(old), _without_endings(split_lines(spliced(old, moved)))))


def _without_endings(lines: Sequence[str]) -> list[str]:
    return [line.rstrip("\r\n") for line in lines]


def _trimmed(change: _Change) -> _Change:
    """Return a change without the lines at its edges that stay what they are."""
    old, new = change.old, change.new
    above = 0
    while above < min(len(old), len(new)) and old[above] == new[above]:
        above += 1
    old, new = old[above:], new[above:]
    while old and new and old[-1] == new[-1]:
        old, new = old[:-1], new[:-1]
    return _Change(change.line + above, old, new)


def _rows(lines: Sequence[str], changes: list[_Change]) -> Iterator[_Row]:
    moved_by = 0
    yield from _unchanged(lines, max(changes[0].line - _CONTEXT, 1), changes[0].line, moved_by)
    for change, next_change in zip(changes, [*changes[1:], None], strict=True):
        yield from (_Row("-", text) for text in change.old)
        yield from (_Row("+", text, number) for number, text in enumerate(change.new, change.line + moved_by))
        moved_by += len(change.new) - len(change.old)
        end = change.end
        if next_change is None:
            yield from _unchanged(lines, end, end + _CONTEXT, moved_by)
        elif next_change.line - end <= _GAP:
            yield from _unchanged(lines, end, next_change.line, moved_by)
        else:
            yield from _unchanged(lines, end, end + _CONTEXT, moved_by)
            yield _Row("", _RULER)
            yield from _unchanged(lines, next_change.line - _CONTEXT, next_change.line, moved_by)


def _unchanged(lines: Sequence[str], first: int, end: int, moved_by: int) -> Iterator[_Row]:
    for number, text in enumerate(_without_endings(lines[first - 1 : end - 1]), first + moved_by):
        yield _Row("|", text, number)


def _shown(row: _Row, width: int, column: int, report: Report) -> str:
    if not row.sign:
        return row.text
    margin = " " * width if row.number is None else styled(f"{row.number:<{width}}", BAR, report)
    style = _STYLES.get(row.sign)
    sign = styled(row.sign, f"bold {style}" if style else BAR, report)
    text = shortened(row.text, column)
    return f"{margin} {sign} {styled(text, style, report) if style and text else text}".rstrip()
