"""Fixes, applied one by one, as a user would."""

import ast
from pathlib import Path

from flake8_pyarch.checking import Finding, Linter
from flake8_pyarch.settings import Source

__all__ = ["applied", "check", "fixed"]


def check(root: Path, code: str, text: str, name: str = "books.py") -> list[Finding]:
    """Return what one rule finds in a file of this text."""
    linter = Linter([Source("the case", {"select": [code]})])
    return linter.check(str(root / name), ast.parse(text), text.splitlines(keepends=True))


def applied(finding: Finding, text: str) -> str:
    """Return the text after the edits of one finding, which may not overlap."""
    assert finding.fix is not None
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    before = len(text)
    for edit in sorted(finding.fix.edits, key=lambda each: (each.line, each.column), reverse=True):
        start, end = starts[edit.line - 1] + edit.column, starts[edit.end_line - 1] + edit.end_column
        assert start <= end <= before
        text = text[:start] + edit.text + text[end:]
        before = start
    return text


def fixed(root: Path, code: str, text: str, name: str = "books.py") -> str:
    """Return the text after all fixes, one by one, each of which leaves a file that parses and one finding less."""
    count = len(check(root, code, text, name))
    while (finding := next((each for each in check(root, code, text, name) if each.fix), None)) is not None:
        text = applied(finding, text)
        assert len(check(root, code, text, name)) == count - 1
        count -= 1
    return text
