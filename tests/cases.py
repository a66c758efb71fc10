"""Cases: Markdown files whose code fences are small projects, with the expected findings in comments.

The text before the first `##` heading of a file is shared by all its cases, fences included; each heading begins a
case. A fence's info string carries the path of a file. The comment on a line states what is expected there:

    from sqlalchemy import select  # PYA102: 1-30

is a finding from column 1 up to, not including, column 30. The end is left out where a finding ends on another line.
Several findings are separated by commas. A line that has no room for a comment is described by a line below it, which
then holds nothing but `# ^ PYA102: 1-30`, with a caret for each line that it points up. A `toml` fence without a path
is the content of `[tool.pyarch]`. A `findings` fence lists the expected messages in full, each with its fix, if it has
one. A fence with `fixed` after the path holds what that file is once everything in it is fixed, without the comments
that state what is expected; without such a fence there is nothing to fix. A fence with `python=3.14` after the path
holds syntax of that version, and its case is none for an older Python.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.files import write_files

__all__ = ["Case", "Expected", "read_cases", "read_fences"]

_FENCE = re.compile(r"^```(?P<info>\w.*)\n(?P<body>(?:(?!```).*\n)*?)```$", re.MULTILINE)
_PATH = re.compile(r"\bpath=(\S+)")
_PYTHON = re.compile(r"\bpython=(\d+)\.(\d+)")
_FINDING = r"PY[AX]\d{3}: \d+(?:-\d+)?"
_COMMENT = re.compile(rf"(?P<gap>[ ]*)# (?:(?P<above>\^+) )?(?P<findings>{_FINDING}(?:, {_FINDING})*)$")


@dataclass(frozen=True, order=True)
class Expected:
    """A finding that a case expects; line and columns count from 1, `end` is None where it is not stated."""

    path: str
    line: int
    column: int
    end: int | None
    code: str


@dataclass
class Case:
    """A small project and what is expected of it."""

    source: Path
    title: str
    files: dict[str, str] = field(default_factory=dict)
    messages: list[str] = field(default_factory=list)
    fixed: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name of the test."""
        return f"{self.source.parent.name}/{self.source.stem}: {self.title}"

    @property
    def expected(self) -> list[Expected]:
        """The expected findings, in order."""
        return sorted(entry for path, text in self.files.items() for entry in _expected(path, text))

    def write(self, root: Path) -> None:
        """Write the project below `root`."""
        write_files(root, self.files)

    def write_bare(self, root: Path) -> None:
        """Write the project without its expectations."""
        write_files(root, {path: _without_expectations(text) for path, text in self.files.items()})

    def write_with_noqa(self, root: Path) -> None:
        """Write the project with a `noqa` comment in place of each expectation."""
        write_files(root, {path: _with_noqa(text) for path, text in self.files.items()})


def read_cases(path: Path) -> list[Case]:
    """Return the cases of a Markdown file."""
    shared, *sections = re.split(r"^## ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    cases = []
    for section in sections:
        title, _, text = section.partition("\n")
        case = Case(path, title.strip())
        fences = [*read_fences(shared), *read_fences(text)]
        if any(_is_of_newer_python(info) for info, _ in fences):
            continue
        for info, body in fences:
            if info == "findings":
                case.messages += body.splitlines()
            else:
                name, content = _file(info, body)
                (case.fixed if info.endswith(" fixed") else case.files)[name] = content
        case.files.setdefault("pyproject.toml", "[tool.pyarch]\n")
        cases.append(case)
    return cases


def read_fences(text: str) -> Iterator[tuple[str, str]]:
    """Yield info string and content of each fence in a Markdown text."""
    for match in _FENCE.finditer(text):
        yield match["info"].strip(), match["body"]


def _is_of_newer_python(info: str) -> bool:
    version = _PYTHON.search(info)
    return version is not None and sys.version_info < tuple(map(int, version.groups()))


def _file(info: str, body: str) -> tuple[str, str]:
    path = _PATH.search(info)
    if path:
        return path[1], body
    if info == "toml":
        return "pyproject.toml", f"[tool.pyarch]\n{body}"
    message = f"a fence needs a path: {info!r}"
    raise ValueError(message)


def _expected(path: str, text: str) -> Iterator[Expected]:
    for number, line in enumerate(text.split("\n"), start=1):
        match = _COMMENT.search(line)
        if match is None:
            continue
        for finding in match["findings"].split(", "):
            code, _, span = finding.partition(": ")
            start, _, end = span.partition("-")
            yield Expected(path, number - len(match["above"] or ""), int(start), int(end) if end else None, code)


def _without_expectations(text: str) -> str:
    matches = ((line, _COMMENT.search(line)) for line in text.split("\n"))
    return "\n".join(
        line[: found.start()] if found else line for line, found in matches if not (found and found["above"])
    )


def _with_noqa(text: str) -> str:
    lines = text.split("\n")
    for number, line in enumerate(lines):
        match = _COMMENT.search(line)
        if match is None:
            continue
        noqa = "# noqa: " + ",".join(dict.fromkeys(re.findall(r"PY[AX]\d{3}", match["findings"])))
        if match["above"]:
            lines[number - 1] += f"  {noqa}"
            lines[number] = ""
        else:
            lines[number] = line[: match.start()] + match["gap"] + noqa
    return "\n".join(lines)
