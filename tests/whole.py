"""The check of a whole project in this process."""

import ast
from collections.abc import Mapping
from pathlib import Path

from flake8_pyarch.checking import Finding, Linter, Rule
from flake8_pyarch.cli.projects import facts_of_projects, project_reports
from flake8_pyarch.settings import Source
from flake8_pyarch.source.text import SourceText

__all__ = ["findings_of"]


def findings_of(rule: Rule, root: Path, files: Mapping[str, str]) -> dict[str, list[Finding]]:
    """Return path below `root` → what one rule finds there, in a project of these files, which are written already."""
    linter = Linter([Source("the test", {"select": [rule.code]})])
    paths = {name: str(root / name) for name in sorted(files) if name.endswith(".py")}
    if not rule.is_about_project:
        return {
            name: linter.check(path, ast.parse(files[name]), files[name].splitlines(keepends=True))
            for name, path in paths.items()
        }
    projects = {path: linter.project_of(path) for path in paths.values()}
    results = {
        path: project.check_text(path, SourceText(Path(path).read_bytes())) for path, project in projects.items()
    }
    found = {path: list(result.reported) for path, result in results.items()}
    for path, (_, reported) in project_reports(facts_of_projects(projects, results), projects, [str(root)]).items():
        found[path] = [*found.get(path, []), *reported]
    return {
        Path(path).relative_to(root).as_posix(): [each.finding for each in reported]
        for path, reported in sorted(found.items())
    }
