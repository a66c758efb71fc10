"""Requirements files, as pip reads them."""

import codecs
import os
import re
from collections.abc import Callable, Iterator

from flake8_pyarch.source.manifests.declarations import Declaration, from_requirement
from flake8_pyarch.source.manifests.places import PlaceFinder
from flake8_pyarch.source.manifests.requirement_tables import Role

__all__ = ["Read", "read_requirements"]

_LOGICAL_LINE = re.compile(r"(?:[^\\\n]|\\(?!\r?\n)|\\\r?\n)+")
_COMMENT = re.compile(r"(?:^|(?<=\s))#[^\n]*")
_OPTIONS = re.compile(r"\s-{1,2}[A-Za-z].*", re.DOTALL)
_INCLUDE = re.compile(r"(?:-(?P<short>[rc])\s*|--(?P<long>requirement|constraint)(?:\s+|\s*=\s*))(?P<path>\S+)")
Read = Callable[[str], bytes | None]
_BYTE_ORDER_MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


def read_requirements(path: str, top: str, role: Role, read: Read) -> Iterator[Declaration]:
    """Yield what a requirements file, and those it includes, declare; nothing where a file cannot be read.

    Arguments:
        path: the absolute path of the file.
        top: the absolute path of the directory that no file is read outside of.
        role: what the requirements are for.
        read: gives the content of the file at an absolute path, None where there is none or it cannot be read.

    """
    pending = [(path, role)]
    seen = set()
    while pending:
        path, role = pending.pop(0)
        if path in seen or not path.startswith(os.path.join(top, "")):
            continue
        seen.add(path)
        text = _text(read(path) or b"")
        finder = PlaceFinder(text)
        for line, start in _lines(text):
            included = _INCLUDE.match(line)
            if included:
                is_constraint = "c" in (included["short"], (included["long"] or "")[:1])
                target = os.path.normpath(os.path.join(os.path.dirname(path), included["path"]))
                pending.append((target, Role.LIMIT if is_constraint else role))
            elif not line.startswith("-"):
                place = finder.place(start, start + len(line.partition("\n")[0].rstrip(" \t\r\\")))
                declaration = from_requirement(line.replace("\\\r\n", "").replace("\\\n", ""), role, path, place)
                if declaration is not None:
                    yield declaration


def _lines(text: str) -> Iterator[tuple[str, int]]:
    """Yield each logical line, without comment and options of its own, and the offset where it begins."""
    for match in _LOGICAL_LINE.finditer(_COMMENT.sub(lambda comment: " " * len(comment[0]), text)):
        line = match[0].lstrip()
        start = match.end() - len(line)
        line = line.rstrip(" \t\r\n\\")
        yield (line if line.startswith("-") else _OPTIONS.sub("", line)), start


def _text(data: bytes) -> str:
    mark = next((mark for mark in _BYTE_ORDER_MARKS if data.startswith(mark)), b"")
    return data[len(mark) :].decode(_BYTE_ORDER_MARKS.get(mark, "utf-8"), errors="replace")
