"""`--add-noqa`: a comment on every line with a finding."""

import re
from collections.abc import Iterable

from flake8_pyarch.checking import Reported
from flake8_pyarch.checking.engine import SYNTAX_ERROR, UNUSED_NOQA
from flake8_pyarch.patterns import lazy_pattern
from flake8_pyarch.source.text import SourceText

__all__ = ["BEYOND_COMMENTS", "with_noqa"]

BEYOND_COMMENTS = (SYNTAX_ERROR, UNUSED_NOQA)
"""The codes that no comment silences: who cannot parse reads no comments, and a comment does not speak for itself."""

_NOQA = lazy_pattern(r"# noqa(?P<codes>:\s?(?:[A-Z]+[0-9]+(?:[,\s]+(?=[A-Z]+[0-9]))?)+)?", re.IGNORECASE)


def with_noqa(text: SourceText, reported: Iterable[Reported]) -> bytes:
    """Return the bytes of a file with a comment for each finding, in the encoding and with the line ends it has."""
    codes: dict[int, set[str]] = {}
    for each in reported:
        codes.setdefault(each.noqa_line, set()).add(each.finding.code)
    lines = list(text.lines) or ["\n"]
    for number, names in codes.items():
        if 0 < number <= len(lines):
            lines[number - 1] = _commented(lines[number - 1], sorted(names))
    return "".join(lines).encode(text.encoding)


def _commented(line: str, codes: list[str]) -> str:
    content = line.rstrip("\r\n")
    ending = line[len(content) :]
    found = _NOQA().search(content)
    if found is None:
        gap = "  " if content.strip() else ""
        return f"{content.rstrip()}{gap}# noqa: {','.join(codes)}{ending}"
    named = re.findall(r"[A-Z]+[0-9]+", found["codes"] or "")
    listed = ",".join([*named, *(code for code in codes if code not in named)])
    return f"{content[: found.start()]}# noqa: {listed}{content[found.end() :]}{ending}"
