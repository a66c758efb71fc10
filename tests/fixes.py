"""What holds of every fix, applied as `pyarch check --fix --unsafe-fixes` applies it."""

import ast
import tokenize
from collections import Counter
from pathlib import Path

from flake8_pyarch.checking import FileResult, Finding, Linter, Project, Reported
from flake8_pyarch.checking.fixing import apply_fixes
from flake8_pyarch.cli.fixes import fix_text
from flake8_pyarch.settings import Source
from flake8_pyarch.source.text import SourceText

__all__ = ["fixed", "project_of"]


def project_of(root: Path, *codes: str) -> Project:
    """Return the project at `root`, where the rules of these codes run."""
    return Linter([Source("the test", {"select": codes})]).project_of_directory(str(root))


def fixed(project: Project, path: str, before: bytes) -> bytes:
    """Return a file's content with all that the project's rules find fixed, and assert that nothing else changed.

    Each fix by itself removes its finding, adds none, and leaves the lines alone that it has no edit of. All together
    leave nothing to fix and no comment out.
    """
    findings = _check(project, path, before)
    for finding in findings:
        if finding.fix is not None:
            _fixes_alone(finding, findings, project, path, before)
    outcome = fix_text(path, before, project, unsafe=True, new_ones=_all)
    left = _check(project, path, outcome.content)
    assert outcome.result == project.check_text(path, SourceText(outcome.content))
    assert outcome.applied == _count(findings) - _count(left)
    assert not any(finding.fix for finding in left)
    assert _comments(outcome.content) == _comments(before)
    again = fix_text(path, outcome.content, project, unsafe=True, new_ones=_all)
    assert (again.content, again.applied) == (outcome.content, Counter())
    return outcome.content


def _fixes_alone(finding: Finding, findings: list[Finding], project: Project, path: str, before: bytes) -> None:
    assert finding.fix is not None
    text = SourceText(before)
    after = apply_fixes(text, [finding])
    assert _count(_check(project, path, after)) == _count(findings) - Counter([finding.code])
    first, last = min(edit.line for edit in finding.fix.edits), max(edit.end_line for edit in finding.fix.edits)
    changed = SourceText(after).lines
    assert changed[: first - 1] == text.lines[: first - 1]
    kept = len(text.lines) - last
    assert changed[len(changed) - kept :] == text.lines[last:]


def _count(findings: list[Finding]) -> Counter[str]:
    return Counter(finding.code for finding in findings)


def _check(project: Project, path: str, content: bytes) -> list[Finding]:
    ast.parse(content)
    return [reported.finding for reported in project.check_text(path, SourceText(content)).reported]


def _all(_: str, __: Project, result: FileResult) -> list[Reported]:
    return list(result.reported)


def _comments(content: bytes) -> list[str]:
    tokens = tokenize.tokenize(iter(content.splitlines(keepends=True)).__next__)
    return sorted(token.string for token in tokens if token.type == tokenize.COMMENT)
