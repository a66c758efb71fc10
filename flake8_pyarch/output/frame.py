"""A piece of source with a span of it marked, as `ruff check` draws it."""

from collections.abc import Iterator, Sequence

from flake8_pyarch.checking import Finding
from flake8_pyarch.output.cells import Cells, Window, window
from flake8_pyarch.output.report import Report
from flake8_pyarch.output.text import styled

__all__ = ["BAR", "MARKER", "frame"]

BAR, MARKER = "bold bright_blue", "bold bright_red"
_CONTEXT = 2
_FOLDED = 24
"""How many lines of a span are shown before its middle is left out."""
_HEAD, _TAIL = 12, 6
"""How many lines stay at either end of it then."""


def frame(lines: Sequence[str], finding: Finding, report: Report) -> tuple[int, list[str]]:
    """Return the width of the line numbers, and the source around a finding; no source where it is not to be had.

    Arguments:
        lines: the lines of the file.
        finding: what to mark.
        report: what the finding is part of.

    """
    if not 0 < finding.line <= len(lines):
        return len(str(finding.line)), []
    drawing = _Frame(lines, finding, report)
    return drawing.width, list(drawing.rows())


class _Frame:
    """The source around a finding."""

    def __init__(self, lines: Sequence[str], finding: Finding, report: Report) -> None:
        self._report = report
        self._first = finding.line
        self._last, end_column = _end(lines, finding)
        self._numbers = _with_context(lines, self._first, self._last)
        self._lines = {number: Cells(lines[number - 1]) for number in self._numbers if not self._is_left_out(number)}
        self._start = self._lines[self._first].at(finding.column)
        self._stop = self._lines[self._last].at(end_column)
        self._opens_line = not lines[self._first - 1][: finding.column].strip()
        self._is_long = self._last > self._first
        stop = self._start + 1 if self._is_long else max(self._stop, self._start + 1)
        self._window: Window = window(self._start, stop, self._lines.values())
        self.width = len(str(self._numbers[-1]))

    def rows(self) -> Iterator[str]:
        """Yield what is shown, row by row."""
        yield self._gutter("")
        for number, line in self._lines.items():
            yield self._gutter(self._lead(number) + line.shown(self._window), number)
            if mark := self._mark_below(number):
                yield self._gutter(mark)
            if self._is_left_out(number + 1):
                yield f"{'...':<{self.width + 3}}{self._marked('|')}"
        if self._numbers[-1] > self._last:
            yield self._gutter("")

    def _is_left_out(self, number: int) -> bool:
        if self._last - self._first < _FOLDED:
            return False
        return self._first + _HEAD <= number <= self._last - _TAIL

    def _gutter(self, text: str, number: int | None = None) -> str:
        margin = " " * self.width if number is None else styled(f"{number:>{self.width}}", BAR, self._report)
        return f"{margin} {styled('|', BAR, self._report)} {text}".rstrip()

    def _lead(self, number: int) -> str:
        """Return the cells before a line, in which the mark of a span of several lines runs down."""
        if not self._is_long:
            return ""
        if number == self._first and self._opens_line:
            return self._marked("/") + " "
        return self._marked("|") + " " if self._first < number <= self._last else "  "

    def _mark_below(self, number: int) -> str:
        left, right = self._window
        start, stop = (min(max(cell, left), right) - left for cell in (self._start, self._stop))
        if not self._is_long:
            return " " * start + self._marked("^" * max(stop - start, 1)) if number == self._first else ""
        if number == self._first and not self._opens_line:
            return " " + self._marked("_" * (start + 1) + "^")
        return self._marked("|" + "_" * stop + "^") if number == self._last else ""

    def _marked(self, text: str) -> str:
        return styled(text, MARKER, self._report)


def _end(lines: Sequence[str], finding: Finding) -> tuple[int, int]:
    """Return the line and the column where a finding ends; one that ends before a line ends with the line above."""
    if finding.end_line > finding.line and finding.end_column == 0:
        return min(finding.end_line - 1, len(lines)), len(lines[min(finding.end_line - 1, len(lines)) - 1])
    return max(min(finding.end_line, len(lines)), finding.line), finding.end_column


def _with_context(lines: Sequence[str], first: int, last: int) -> range:
    """Return the lines to show: those of the span, and some around it, but no blank ones at the edges."""
    begin, end = max(first - _CONTEXT, 1), min(last + _CONTEXT, len(lines))
    while begin < first and not lines[begin - 1].strip():
        begin += 1
    while end > last and not lines[end - 1].strip():
        end -= 1
    return range(begin, end + 1)
