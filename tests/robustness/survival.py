"""Whether a program can be checked, by both doors, and fixed."""

import ast
import io
import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flake8_pyarch.checking import FileResult, Finding, Linter, Project, ProjectFacts, Reported
from flake8_pyarch.checking.fixing import apply_fixes
from flake8_pyarch.checking.project_check import check_project
from flake8_pyarch.cli.fixes import fix_text
from flake8_pyarch.source.text import SourceText

__all__ = ["PLACES", "problems_with"]

PLACES = ("shop/api/x.py", "shop/usecases/x.py", "shop/domain/__init__.py", "shop/config/settings.py", "main.py")
"""Where in a project a program is checked, one layer or role after another."""

_OURS = ("PYA000", "PYA001")
_PASSES = 10
"""How often the command looks again for something to fix."""


def problems_with(text: str, root: Path, linter: Linter) -> list[str]:
    """Return what goes wrong when a program is checked, and fixed, in several places of a project.

    Arguments:
        text: the program.
        root: the project, with the skeleton of `SHOP`.
        linter: the linter.

    """
    problems: list[str] = []
    for place in PLACES:
        path = str(root / place)
        project = linter.project_of(path)
        result = project.check_text(path, SourceText(text.encode()))
        found = [*_failures(result), *_differences(result, text, path, linter), *_unkept(result)]
        found += _failures_as_project(result, path, project)
        if any(each.finding.fix for each in result.reported):
            found += _bad_fixes(result, text.encode(), path, project)
        problems += [f"{place}: {problem}" for problem in found]
    return problems


def _failures(result: FileResult) -> list[str]:
    return [_shown(each.finding) for each in result.reported if each.finding.code in _OURS]


def _differences(result: FileResult, text: str, path: str, linter: Linter) -> list[str]:
    """Return what the command reports and Flake8 does not, or the other way round."""
    lines = io.StringIO(text, newline=None).readlines()  # with the line endings that Flake8 reads
    in_flake8 = {_shown(finding) for finding in linter.check(path, ast.parse("".join(lines)), lines)}
    in_command = {_shown(each.finding) for each in result.reported if each.finding.code != "PYA002"}
    if "noqa" in text:  # the plugin leaves the comments to Flake8
        in_flake8 &= in_command
    return [f"by one door only: {each}" for each in sorted(in_flake8 ^ in_command)]


def _unkept(result: FileResult) -> list[str]:
    """Return a problem if the cache does not keep the result."""
    kept = FileResult.from_data(json.loads(json.dumps(result.as_data())))
    return [] if kept.reported == result.reported else ["the cache changes the result"]


def _failures_as_project(result: FileResult, path: str, project: Project) -> list[str]:
    """Return which rules about the whole project fail where there is this file alone."""

    def collected(code: str, _naming: frozenset[str]) -> Mapping[str, Any]:
        return {path: result.facts[code]} if code in result.facts else {}

    facts = ProjectFacts(project.source_tree, collected)
    reports = check_project(project, project.project_rules, facts)
    return [problem for reported in reports.values() for problem in _failures(FileResult(tuple(reported)))]


def _bad_fixes(result: FileResult, content: bytes, path: str, project: Project) -> list[str]:
    """Return which fixes break the program, leave what they should mend, or find more to do a second time."""
    problems = []
    before = _count(result)
    for finding in (each.finding for each in result.reported if each.finding.fix):
        after = project.check_text(path, SourceText(apply_fixes(SourceText(content), [finding])))
        if _count(after)[finding.code] >= before[finding.code] or _failures(after):
            problems.append(f"not mended by its fix: {_shown(finding)}")
    fixed = fix_text(path, content, project, unsafe=True, new_ones=_all)
    problems += _failures(fixed.result)
    if fixed.applied.total() >= _PASSES:  # each may have waited for the one before
        return problems
    again = fix_text(path, fixed.content, project, unsafe=True, new_ones=_all)
    problems += [f"left with a fix: {_shown(each.finding)}" for each in fixed.result.reported if each.finding.fix]
    if again.content != fixed.content:
        problems.append("fixed anew the second time")
    return problems


def _count(result: FileResult) -> Counter[str]:
    return Counter(each.finding.code for each in result.reported)


def _all(_path: str, _project: Project, result: FileResult) -> list[Reported]:
    return list(result.reported)


def _shown(finding: Finding) -> str:
    return f"{finding.line}:{finding.column}: {finding.code} {finding.message}"
