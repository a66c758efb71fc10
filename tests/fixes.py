"""Fixes, applied as `pyarch check --fix --unsafe-fixes` applies them, and what holds of every one of them."""

import tokenize
from collections import Counter
from io import BytesIO
from pathlib import Path

from flake8_pyarch.checking import FileResult, Finding, Linter, Project, Reported
from flake8_pyarch.checking.fixing import apply_fixes
from flake8_pyarch.cli.fixes import fix_text
from flake8_pyarch.settings import Source
from flake8_pyarch.source.text import SourceText

__all__ = ["check", "fixed"]


def check(root: Path, code: str, text: str, name: str = "books.py") -> list[Finding]:
    """Return what one rule finds in a file of this text."""
    return _check(_project(root, code), str(root / name), text.encode())


def fixed(root: Path, code: str, text: str, name: str = "books.py") -> str:
    """Return the text with all that one rule finds fixed, as far as it can be."""
    project, path, before = _project(root, code), str(root / name), text.encode()
    findings = _check(project, path, before)
    for finding in findings:
        if finding.fix is not None:
            _fixes_alone(finding, findings, project, path, before)
    outcome = fix_text(path, before, project, unsafe=True, new_ones=_all)
    left = _check(project, path, outcome.content)
    assert outcome.result == project.check_text(path, SourceText(outcome.content))
    assert outcome.applied == Counter({code: len(findings) - len(left)} if len(findings) > len(left) else {})
    assert not any(finding.fix for finding in left)
    assert _comments(outcome.content) == _comments(before)
    again = fix_text(path, outcome.content, project, unsafe=True, new_ones=_all)
    assert (again.content, again.applied) == (outcome.content, Counter())
    return outcome.content.decode()


def _fixes_alone(finding: Finding, findings: list[Finding], project: Project, path: str, before: bytes) -> None:
    """Assert that the fix of one finding removes it, adds none, and changes nothing outside its edits."""
    assert finding.fix is not None
    text = SourceText(before)
    after = apply_fixes(text, [finding])
    assert len(_check(project, path, after)) == len(findings) - 1
    first, last = min(finding.fix.edits, key=lambda edit: edit.line), max(finding.fix.edits, key=lambda e: e.end_line)
    head = "".join(text.lines[: first.line - 1])
    tail = "".join(text.lines[last.end_line :])
    assert after.decode().startswith(head)
    assert after.decode().endswith(tail)


def _project(root: Path, code: str) -> Project:
    return Linter([Source("the case", {"select": [code]})]).project_of_directory(str(root))


def _check(project: Project, path: str, content: bytes) -> list[Finding]:
    SourceText(content).parse()
    return [reported.finding for reported in project.check_text(path, SourceText(content)).reported]


def _all(_: str, __: Project, result: FileResult) -> list[Reported]:
    return list(result.reported)


def _comments(content: bytes) -> list[str]:
    tokens = tokenize.tokenize(BytesIO(content).readline)
    return sorted(token.string for token in tokens if token.type == tokenize.COMMENT)
