"""Texts with metavariables in them: messages and fixes, filled in from a match as ast-grep fills them in.

`ast-grep-py` finds matches but has no templates, so this is what it lacks. The text of a metavariable keeps the shape
it has in the source: its lines move by as much as its first line does.
"""

import re
from collections.abc import Callable, Collection
from functools import cached_property
from typing import TYPE_CHECKING

from flake8_pyarch.patterns import lazy_pattern

if TYPE_CHECKING:
    from ast_grep_py import SgNode

__all__ = ["Template", "captured_names"]

_LONGEST_IN_SENTENCE = 200
_VARIABLE = lazy_pattern(r"\$\$\$(?P<many>[A-Z_][A-Z0-9_]*)|\$\$?(?P<one>[A-Z_][A-Z0-9_]*)")
_CAPTURE = lazy_pattern(r"\${1,3}([A-Z][A-Z0-9_]*)(?!\w)")


def captured_names(pattern: str) -> set[str]:
    """Return the names of the metavariables that a pattern captures."""
    return set(_CAPTURE().findall(pattern))


class Template:
    """A text with metavariables.

    Arguments:
        text: the text.
        transformed: the names that transformations give, whose text has no place in the source.

    """

    def __init__(self, text: str, transformed: Collection[str] = ()) -> None:
        self._text = text
        self._transformed = transformed

    @cached_property
    def names(self) -> set[str]:
        """The names of its metavariables."""
        return {match["many"] or match["one"] for match in _VARIABLE().finditer(self._text)}

    def filled(self, match: "SgNode", source: str) -> str:
        """Return the text for a match, its lines indented as the match is.

        Arguments:
            match: the match.
            source: the text of its file, as `Tree` has it.

        """
        text = self._filled(lambda found, indent: self._value(found, match, source, indent))
        return _moved(text, indent_at(source, match.range().start.index))

    def sentence(self, match: "SgNode", source: str) -> str:
        """Return the text for a match, on one line; long code is cut off."""
        return " ".join(self._filled(lambda found, _: _cut(self._value(found, match, source, 0))).split())

    def _filled(self, value: Callable[[re.Match[str], int], str]) -> str:
        return _VARIABLE().sub(lambda found: value(found, indent_at(self._text, found.start())), self._text)

    def _value(self, found: re.Match[str], match: "SgNode", source: str, indent: int) -> str:
        """Return the text that stands for a metavariable, moved to where the template has it."""
        if found["many"] is None and found["one"] in self._transformed:
            return _moved(match.get_transformed(found["one"]) or "", indent)
        if found["many"] is not None:
            nodes = match.get_multiple_matches(found["many"])
        else:
            node = match.get_match(found["one"])
            nodes = [] if node is None else [node]
        if not nodes:
            return ""
        start = nodes[0].range().start.index
        return _moved(source[start : nodes[-1].range().end.index], indent - indent_at(source, start))


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST_IN_SENTENCE else f"{text[: _LONGEST_IN_SENTENCE - 1]}…"


def indent_at(text: str, position: int) -> int:
    """Return how many spaces the line begins with that `position` stands on."""
    line = text[text.rfind("\n", 0, position) + 1 : position]
    return len(line) - len(line.lstrip(" "))


def _moved(text: str, by: int) -> str:
    """Return the text with all lines but the first moved to the right, or to the left as far as they are indented."""
    if by >= 0:
        return text.replace("\n", "\n" + " " * by)
    first, *rest = text.split("\n")
    return "\n".join([first, *(line.removeprefix(" " * -by) for line in rest)])
