"""Cases for the mypy plugin: Markdown files whose code fences are small projects, with mypy's output in comments.

The text before the first `##` heading of a file is shared by all its cases, fences included; each heading begins a
case. A fence's info string carries the path of a file, below the package `shop`. What mypy is to say of a line stands
in the comments below it, one a message, from its column on:

    def place_order(orders: Orders = Depends(get_clock)) -> None: ...
    # ^ 34: error: Dependency "get_clock" provides "Clock", expected "Orders"  [pyarch-depends-type]

A case whose title ends with `(Python 3.12)` is left out below that. A `toml` fence is the content of `[tool.pyarch]`.
All cases with the same settings are one project, so that mypy runs once over them: the package is renamed in each, to a
name as long.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.cases import read_fences

__all__ = ["CASES", "Case"]

_PATH = re.compile(r"\bpath=(\S+)")
_EXPECTED = re.compile(r"^ *# \^ (?P<column>\d+:)?(?P<said> ?(?:error|note): .*)$")


@dataclass
class Case:
    """A small project, and what mypy says of it."""

    name: str
    package: str
    settings: str = ""
    files: dict[str, str] = field(default_factory=dict)

    @property
    def expected(self) -> list[str]:
        """What mypy says, line by line, as it is sorted by `sorted`."""
        return sorted(line for path, text in self.files.items() for line in _expected(path, text))

    def with_ignores(self) -> dict[str, str]:
        """Return the files with each error ignored by its code."""
        return {path: _with_ignores(text) for path, text in self.files.items()}


def _expected(path: str, text: str) -> Iterator[str]:
    described = 0
    for number, line in enumerate(text.split("\n"), start=1):
        match = _EXPECTED.match(line)
        if match is None:
            described = number
        else:
            yield f"{path}:{described}:{match['column'] or ''} {match['said'].strip()}"


def _with_ignores(text: str) -> str:
    lines: list[str] = []
    codes: dict[int, list[str]] = {}
    described = 0
    for number, line in enumerate(text.split("\n")):
        match = _EXPECTED.match(line)
        if match is None:
            described = number
        elif " error: " in line:
            codes.setdefault(described, []).append(line.rpartition("[")[2].removesuffix("]"))
        lines.append("" if match else line)
    for number, ignored in codes.items():
        lines[number] += f"  # type: ignore[{', '.join(dict.fromkeys(ignored))}]"
    return "\n".join(lines)


def _read() -> Iterator[Case]:
    number = 0
    for path in sorted(Path(__file__).parent.glob("cases/*.md")):
        shared, *sections = re.split(r"^## ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        for section in sections:
            title, _, text = section.partition("\n")
            case = Case(f"{path.stem}: {title.strip()}", f"c{number:03}")
            number += 1
            if title.endswith("(Python 3.12)") and sys.version_info < (3, 12):
                continue
            for info, body in (*read_fences(shared), *read_fences(text)):
                found = _PATH.search(info)
                if info == "toml":
                    case.settings = re.sub(r"\bshop\b", case.package, body)
                elif found is None:
                    message = f"a fence needs a path: {info!r}"
                    raise ValueError(message)
                else:
                    case.files[re.sub(r"\bshop\b", case.package, found[1])] = re.sub(r"\bshop\b", case.package, body)
            case.files.setdefault(f"{case.package}/__init__.py", "")
            yield case


CASES = [*_read()]
