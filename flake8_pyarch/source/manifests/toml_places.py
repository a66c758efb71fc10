"""Where things stand in a TOML document, which the parser of the standard library does not tell."""

import re
import tomllib
from collections.abc import Iterator
from typing import NamedTuple

from flake8_pyarch.source.manifests.places import Place, PlaceFinder

__all__ = ["Path", "toml_places"]

Path = tuple[str | int, ...]
"""The way to a value: keys of tables and indices of arrays."""

_TOKEN = re.compile(
    r"""
      (?P<blank>[ \t]+|\#[^\n]*)
    | (?P<newline>\r?\n)
    | (?P<text>\"{3}(?:\\.|[^\\])*?\"{3,5}|'{3}.*?'{3,5}|"(?:\\.|[^"\\])*"|'[^']*')
    | (?P<mark>[\[\]{}=,.])
    | (?P<bare>[^\s\[\]{}=,.\#"']+)
    """,
    re.VERBOSE | re.DOTALL,
)


class _Token(NamedTuple):
    kind: str
    text: str
    start: int
    end: int


_END = _Token("end", "", 0, 0)


def toml_places(text: str) -> dict[Path, Place]:
    """Return the way to each table, key and element of an array → where it stands, for TOML known to be valid.

    Of a table that is the header, of a key the pair with its value. What is not written out, such as `tool` in
    `[tool.poetry]`, has no place.
    """
    reader = _Reader(text)
    reader.read()
    return reader.places


class _Reader:
    def __init__(self, text: str) -> None:
        self.places: dict[Path, Place] = {}
        self._finder = PlaceFinder(text)
        self._tokens = _tokens(text)
        self._next = next(self._tokens, _END)
        self._end = 0
        self._lengths: dict[Path, int] = {}

    def read(self) -> None:
        table: Path = ()
        while self._next is not _END:
            if self._next.kind == "newline":
                self._take()
            elif self._next.text == "[" and self._next.kind == "mark":
                table = self._header()
            else:
                self._pair(table)

    def _take(self) -> _Token:
        token = self._next
        self._end = token.end
        self._next = next(self._tokens, _END)
        return token

    def _takes(self, mark: str) -> bool:
        """Take the next token if it is this mark, and tell whether it was."""
        if self._next.kind == "mark" and self._next.text == mark:
            self._take()
            return True
        return False

    def _header(self) -> Path:
        start = self._next.start
        self._take()
        is_element = self._takes("[")
        *above, last = self._keys()
        path = self._in_last_elements((), (*above,))
        path = (*path, last)
        if is_element:
            self._takes("]")
            self._lengths[path] = self._lengths.get(path, 0) + 1
            path = (*path, self._lengths[path] - 1)
        elif path in self._lengths:
            path = (*path, self._lengths[path] - 1)
        self._takes("]")
        self._note(path, start)
        return path

    def _in_last_elements(self, path: Path, keys: Path) -> Path:
        """Return the way down the keys; of an array of tables on the way, its last element is meant."""
        for key in keys:
            path = (*path, key)
            if path in self._lengths:
                path = (*path, self._lengths[path] - 1)
        return path

    def _pair(self, table: Path) -> None:
        start = self._next.start
        path = (*table, *self._keys())
        self._takes("=")
        self._value(path)
        self._note(path, start)

    def _keys(self) -> tuple[str, ...]:
        keys = [_key(self._take())]
        while self._takes("."):
            keys.append(_key(self._take()))
        return tuple(keys)

    def _value(self, path: Path) -> None:
        if self._takes("["):
            self._elements(path)
        elif self._takes("{"):
            while not self._closes("}"):
                self._pair(path)
                self._skip_newlines()
                self._takes(",")
        else:
            self._take()
            while self._next.kind == "bare" or self._next.text == ".":
                self._take()

    def _elements(self, path: Path) -> None:
        index = 0
        while not self._closes("]"):
            start = self._next.start
            self._value((*path, index))
            self._note((*path, index), start)
            index += 1
            self._skip_newlines()
            self._takes(",")

    def _closes(self, mark: str) -> bool:
        self._skip_newlines()
        return self._next is _END or self._takes(mark)

    def _skip_newlines(self) -> None:
        while self._next.kind == "newline":
            self._take()

    def _note(self, path: Path, start: int) -> None:
        self.places[path] = self._finder.place(start, self._end)


def _tokens(text: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        if kind != "blank":
            yield _Token(kind, match[0], match.start(), match.end())


def _key(token: _Token) -> str:
    if token.kind == "bare":
        return token.text
    return next(iter(tomllib.loads(f"{token.text} = 0")))
