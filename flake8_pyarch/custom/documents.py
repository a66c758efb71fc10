"""The documents of a YAML file as plain data, read so that no file can do harm.

Scalars are read as YAML 1.2 has them, as ast-grep does: `off`, `no` and `N` are words and not truth values. The parser
is asked for events and not for a tree, for the tree of a file that is nested deep enough ends the process.
"""

import re
from typing import Any, NamedTuple

import yaml

from flake8_pyarch.files import read_file
from flake8_pyarch.patterns import lazy_pattern
from flake8_pyarch.settings import ConfigurationError, unreadable

__all__ = ["Document", "read_documents"]

_MOST_BYTES = 512 * 1024
_MOST_VALUES = 50_000
_DEEPEST = 60

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WHOLE = lazy_pattern(r"[-+]?[0-9]{1,9}", re.ASCII)
_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}
_TAGS_OF_WORDS = frozenset({None, "!", "tag:yaml.org,2002:str"})


class Document(NamedTuple):
    """One document of a file.

    Arguments:
        line: the one it begins on, or the `---` before it.
        value: tables, lists, texts, whole numbers, truth values and None.

    """

    line: int
    value: Any


def read_documents(path: str) -> list[Document]:
    """Return the documents of the file at `path`, empty ones left out.

    Raises:
        ConfigurationError: the file cannot be read, is no YAML, or is too much of it.

    """
    try:
        content = read_file(path)
    except OSError as error:
        raise unreadable(path, error) from error
    if len(content) > _MOST_BYTES:
        problem = f"is larger than {_MOST_BYTES // 1024} KiB: split it"
        raise ConfigurationError(path, problem)
    builder = _Builder(path)
    try:
        for event in yaml.parse(content.decode("utf-8-sig"), Loader=_LOADER):
            builder.take(event)
    except UnicodeDecodeError as error:
        raise unreadable(path, error) from error
    except yaml.MarkedYAMLError as error:
        raise unreadable(path, f"{_place(error.problem_mark)}{error.problem}") from error
    except yaml.YAMLError as error:
        raise unreadable(path, "it holds characters that YAML does not allow") from error
    return builder.documents


class _Open(NamedTuple):
    """A table or list that is being read.

    Arguments:
        value: what it holds so far.
        keys: the key of a table whose value comes next, or nothing.
        anchor: its name, or None.
        before: how many values had been counted before it.

    """

    value: dict[str, Any] | list[Any]
    keys: list[str]
    anchor: str | None
    before: int


class _Builder:
    """Makes plain data of the parser's events, and counts the values: an alias counts for all it stands for."""

    def __init__(self, path: str) -> None:
        self.documents: list[Document] = []
        self._path = path
        self._open: list[_Open] = []
        self._named: dict[str, tuple[Any, int]] = {}
        self._count = 0
        self._line = 1

    def take(self, event: Any) -> None:
        """Take the next event."""
        if isinstance(event, yaml.DocumentStartEvent):
            self._named.clear()
            self._line = event.end_mark.line + 1 if event.end_mark is not None else 1
        elif isinstance(event, yaml.ScalarEvent):
            self._take_scalar(event)
        elif isinstance(event, yaml.AliasEvent):
            if event.anchor not in self._named:
                raise self._error(event, f"the alias '{event.anchor}' stands for nothing that has ended")
            value, count = self._named[event.anchor]
            self._add(event, value, count)
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            self._start(event)
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            ended = self._open.pop()
            self._name(ended.anchor, ended.value, self._count - ended.before)
            self._add(event, ended.value, 1)

    def _take_scalar(self, event: Any) -> None:
        if event.tag not in _TAGS_OF_WORDS:
            raise self._error(event, f"the tag '{event.tag}' is not allowed")
        if self._expects_key():
            table = self._open[-1]
            if event.value in table.value:
                raise self._error(event, f"the key '{event.value}' occurs twice")
            table.keys.append(event.value)
            return
        value = _meaning(event.value) if event.implicit[0] else event.value
        self._name(event.anchor, value, 1)
        self._add(event, value, 1)

    def _start(self, event: Any) -> None:
        if event.tag not in {None, "!"}:
            raise self._error(event, f"the tag '{event.tag}' is not allowed")
        if self._expects_key():
            raise self._error(event, "a key must be a word")
        if len(self._open) == _DEEPEST:
            raise self._error(event, f"is nested deeper than {_DEEPEST} levels")
        value: dict[str, Any] | list[Any] = {} if isinstance(event, yaml.MappingStartEvent) else []
        self._open.append(_Open(value, [], event.anchor, self._count))

    def _expects_key(self) -> bool:
        return bool(self._open) and isinstance(self._open[-1].value, dict) and not self._open[-1].keys

    def _name(self, anchor: str | None, value: Any, count: int) -> None:
        if anchor is not None:
            self._named[anchor] = value, count

    def _add(self, event: Any, value: Any, count: int) -> None:
        self._count += count
        if self._count > _MOST_VALUES:
            raise self._error(event, f"holds more than {_MOST_VALUES} values, what aliases stand for included")
        if not self._open:
            if value is not None:
                self.documents.append(Document(self._line, value))
        elif isinstance(self._open[-1].value, dict):
            self._open[-1].value[self._open[-1].keys.pop()] = value
        else:
            self._open[-1].value.append(value)

    def _error(self, event: Any, problem: str) -> ConfigurationError:
        return unreadable(self._path, f"{_place(event.start_mark)}{problem}")


def _meaning(text: str) -> str | int | bool | None:
    if text in _WORDS:
        return _WORDS[text]
    return int(text) if _WHOLE().fullmatch(text) else text


def _place(mark: Any) -> str:
    return f"line {mark.line + 1}, column {mark.column + 1}: " if mark is not None else ""
