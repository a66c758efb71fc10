"""Lines as a terminal shows them: cell by cell, however wide their characters are."""

import unicodedata
from collections.abc import Iterable

from flake8_pyarch.output.text import printable

__all__ = ["Cells", "Window", "shortened", "window"]

_TAB = " " * 4
_CUT = "\N{HORIZONTAL ELLIPSIS}"
_WIDTH = 140
"""How many cells of a line are shown; the rest is cut off."""
_MARGIN = 20
"""How many cells beside a span are shown where it is too wide itself."""

Window = tuple[int, int]
"""The first cell that is shown, and the one after the last."""


class Cells:
    """A line, cell by cell. The second half of a wide character is an empty cell.

    Arguments:
        line: the line, with or without its ending.

    """

    def __init__(self, line: str) -> None:
        self._cells: list[str] = []
        self._starts: list[int] = []
        for character in line.rstrip("\r\n"):
            self._starts.append(len(self._cells))
            if character == "\t":
                self._cells += _TAB
            else:
                self._add(printable(character))

    def __len__(self) -> int:
        return len(self._cells)

    def _add(self, character: str) -> None:
        width = _width(character)
        if width:
            self._cells += [character, ""][:width]
        elif self._cells:
            self._cells[-1 if self._cells[-1] else -2] += character

    def at(self, column: int) -> int:
        """Return the cell in which the character at a column begins."""
        return self._starts[column] if column < len(self._starts) else len(self._cells)

    def shown(self, part: Window) -> str:
        """Return what of the line is shown through a window, with a mark at either end where something is cut off."""
        left, right = part
        cells = self._cells[left:right]
        if not cells and self._cells:
            return _CUT
        if cells and left:
            if cells[1:2] == [""]:
                cells[1] = " "
            cells[0] = _CUT
        if cells and len(self._cells) > right:
            if cells[-1] == "":
                cells[-2] = " "
            cells[-1] = _CUT
        return "".join(cells).rstrip()


def _width(character: str) -> int:
    if character.isascii():
        return len(character)
    if not character or unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def window(start: int, stop: int, lines: Iterable[Cells]) -> Window:
    """Return which cells of some lines to show, so that those from `start` to `stop` are seen, all if they fit."""
    if stop + _MARGIN <= _WIDTH or max(map(len, lines), default=0) <= _WIDTH:
        return 0, _WIDTH
    left = max(start - max((_WIDTH - (stop - start)) // 2, _MARGIN), 0)
    return left, left + _WIDTH


def shortened(text: str, column: int) -> str:
    """Return a text, of a very long one only what is around a column."""
    if len(text) <= _WIDTH // 2:
        return printable(text)
    cells = Cells(text)
    start = cells.at(column)
    return cells.shown(window(start, start + 1, [cells])) if len(cells) > _WIDTH else printable(text)
