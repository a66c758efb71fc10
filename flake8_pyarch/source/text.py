"""The text of a file: bytes as they lie on disk, and the lines that positions count in."""

import ast
import sys
from collections.abc import Iterator, Sequence
from functools import cached_property
from io import BytesIO
from typing import overload

from flake8_pyarch.files import read_file
from flake8_pyarch.patterns import lazy_pattern

__all__ = [
    "LazyLines",
    "SourceText",
    "UnparsableError",
    "line_ending",
    "lines_of_file",
    "readable_lines",
    "split_lines",
    "with_line_ending",
]

_DEEP_RECURSION_LIMIT = 20_000
"""How deep Python may recurse to build the tree of a file that is too deep for the usual limit."""

_OTHER_SEPARATOR = lazy_pattern(r"[\v\f\x1c-\x1e]")
"""What ends a line for `str.splitlines` alone."""

_LINE = lazy_pattern(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_BARE_NEWLINE = lazy_pattern(r"(?<!\r)\n")


def split_lines(text: str) -> list[str]:
    """Return the lines of a text with their endings, counted as Python's parser counts them."""
    if text.isascii() and not _OTHER_SEPARATOR().search(text):
        return text.splitlines(keepends=True)
    return _LINE().findall(text)


def line_ending(lines: Sequence[str]) -> str:
    """Return how the lines of a file end, as the first of them does."""
    return next((ending for ending in ("\r\n", "\n", "\r") if lines and lines[0].endswith(ending)), "\n")


def with_line_ending(text: str, ending: str) -> str:
    """Return a text whose lines end with a newline or with `ending`, all ended the latter way."""
    return _BARE_NEWLINE().sub(lambda _: ending, text)


class UnparsableError(Exception):
    """A file cannot be decoded or parsed.

    Arguments:
        problem: what is wrong with it, without text of the file.
        line, column: where; the line counts from 1, the column from 0.

    """

    def __init__(self, problem: str, line: int = 1, column: int = 0) -> None:
        self.problem = problem
        self.line = line
        self.column = column
        super().__init__(problem, line, column)


class SourceText:
    """The content of a file. Decoded when it is first asked for text.

    Arguments:
        data: the bytes.

    """

    def __init__(self, data: bytes) -> None:
        self.data = data

    @classmethod
    def of_file(cls, path: str) -> "SourceText":
        """Return the content of the file at `path`.

        Raises:
            OSError: it cannot be read, or is no file but a pipe or the like.

        """
        return cls(read_file(path))

    @cached_property
    def encoding(self) -> str:
        """The encoding that the file declares, `utf-8-sig` where it begins with a byte order mark.

        Raises:
            UnparsableError: it declares one that does not exist.

        """
        import tokenize  # noqa: PLC0415 - only what is not ASCII has to be decoded, or has findings

        try:
            return tokenize.detect_encoding(BytesIO(self.data).readline)[0]
        except SyntaxError as error:
            raise UnparsableError(str(error.msg)) from error

    @cached_property
    def text(self) -> str:
        """The text, line endings as they are, without a byte order mark.

        Raises:
            UnparsableError: the bytes are not what the declared encoding allows.

        """
        try:
            return self.data.decode(self.encoding)
        except UnicodeDecodeError as error:
            line = self.data.count(b"\n", 0, error.start) + 1
            problem = f"byte {error.start} is not {self.encoding}"
            raise UnparsableError(problem, line) from error

    def require_decodable(self) -> None:
        """Refuse bytes that are not what the declared encoding allows, which the parser overlooks in comments.

        Raises:
            UnparsableError: there are some.

        """
        if not self.data.isascii():
            _ = self.text

    @cached_property
    def lines(self) -> list[str]:
        """The lines with their endings, counted as Python's parser counts them."""
        return split_lines(self.text)

    def parse(self) -> ast.Module:
        """Return the syntax tree.

        Raises:
            UnparsableError: the file is not Python as the running Python reads it.

        """
        try:
            try:
                return ast.parse(self.data)
            except RecursionError:
                return self._parse_deep()
        except SyntaxError as error:
            problem = f"{error.msg or 'invalid syntax'}"
            raise UnparsableError(problem, error.lineno or 1, max((error.offset or 1) - 1, 0)) from error
        except (ValueError, RecursionError, MemoryError) as error:
            problem = str(error) or type(error).__name__
            raise UnparsableError(problem) from error

    def _parse_deep(self) -> ast.Module:
        limit = sys.getrecursionlimit()
        sys.setrecursionlimit(max(limit, _DEEP_RECURSION_LIMIT))
        try:
            return ast.parse(self.data)
        finally:
            sys.setrecursionlimit(limit)


def readable_lines(text: SourceText) -> list[str]:
    """Return the lines of a file's content with their endings, none where it cannot be decoded."""
    try:
        return text.lines
    except UnparsableError:
        return []


def lines_of_file(path: str) -> list[str]:
    """Return the lines of the file at `path` with their endings, none where it cannot be read."""
    try:
        return readable_lines(SourceText.of_file(path))
    except OSError:
        return []


class LazyLines(Sequence[str]):
    """The lines of a file, which is decoded when the first of them is asked for."""

    def __init__(self, text: SourceText) -> None:
        self._text = text

    def mentions(self, word: str) -> bool:
        """Tell whether an ASCII word stands somewhere in the file, without decoding it."""
        return word.encode() in self._text.data

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        return self._text.lines[index]

    def __iter__(self) -> Iterator[str]:
        return iter(self._text.lines)

    def __len__(self) -> int:
        return len(self._text.lines)
