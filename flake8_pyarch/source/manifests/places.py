"""Where something stands in a file of text."""

from bisect import bisect_right
from typing import NamedTuple

__all__ = ["TOP", "Place", "PlaceFinder"]


class Place(NamedTuple):
    """A range of a text.

    Arguments:
        line, column: where it begins; the line counts from 1, the column, in characters, from 0.
        end_line, end_column: where it ends, exclusive.

    """

    line: int
    column: int
    end_line: int
    end_column: int


TOP = Place(1, 0, 1, 0)


class PlaceFinder:
    """Turns offsets in a text into places.

    Arguments:
        text: the text.

    """

    def __init__(self, text: str) -> None:
        self._starts = [0, *(index + 1 for index, letter in enumerate(text) if letter == "\n")]

    def place(self, start: int, end: int) -> Place:
        """Return the place of the text from the offset `start` up to, not including, `end`."""
        return Place(*self._position(start), *self._position(end))

    def _position(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1]
