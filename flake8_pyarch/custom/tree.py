"""The syntax tree of a file as ast-grep has it, and where its positions are in ours."""

from bisect import bisect_right
from functools import cached_property
from itertools import accumulate

from ast_grep_py import SgNode, SgRoot

__all__ = ["Tree"]


class Tree:
    """The tree of one file. Its text has line feeds as the only line endings, so that lines count as in Python.

    Arguments:
        text: the text of the file.

    """

    def __init__(self, text: str) -> None:
        self.text = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text

    @cached_property
    def root(self) -> SgNode:
        """The node of the whole file."""
        return SgRoot(self.text, "python").root()

    def place(self, index: int) -> tuple[int, int]:
        """Return the line, counted from 1, and the column in bytes, counted from 0, of the character at `index`."""
        line = bisect_right(self._starts, index)
        return line, len(self.text[self._starts[line - 1] : index].encode())

    @cached_property
    def _starts(self) -> list[int]:
        """Where each line begins; one more where the last line has an ending."""
        return [0, *accumulate(len(line) + 1 for line in self.text.split("\n")[:-1])]
