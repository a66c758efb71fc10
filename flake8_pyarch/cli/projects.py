"""The part of a run that looks at projects as a whole."""

import os
from collections.abc import Collection, Mapping
from typing import Any

from flake8_pyarch.checking import FileResult, Linter, Project, ProjectFacts, Reported
from flake8_pyarch.project.discovery import Discovery, discover
from flake8_pyarch.settings import SETTINGS_FILES

__all__ = ["facts_of_projects", "is_below", "project_reports", "projects_of", "whole_projects"]


def whole_projects(found: Discovery, paths: Collection[str], linter: Linter) -> Discovery:
    """Return what was discovered, and the other files of those projects.

    A rule about the whole project would be wrong about one of which it saw a part. A directory without settings and
    without a `pyproject.toml` is no project beyond what was asked for.

    Arguments:
        found: what was discovered below `paths`.
        paths: the absolute paths that the run was asked to check.
        linter: knows the projects.

    """
    whole = Discovery()
    whole.files |= found.files
    whole.directories += found.directories
    whole.ignore_files += found.ignore_files
    for project in projects_of(found.files):
        if not project.project_rules or is_below(project.root, paths) or not _has_settings_file(project):
            continue
        more = discover([project.root], linter)
        whole.files |= {path: its_project for path, its_project in more.files.items() if its_project is project}
        whole.directories += more.directories
        whole.ignore_files += more.ignore_files
    whole.files = dict(sorted(whole.files.items()))
    return whole


def _has_settings_file(project: Project) -> bool:
    return any(os.path.isfile(os.path.join(project.root, name)) for name in SETTINGS_FILES)


def is_below(path: str, tops: Collection[str]) -> bool:
    """Tell whether a path is one of `tops`, or lies below one; all are absolute."""
    return any(path == top or path.startswith(os.path.join(top, "")) for top in tops)


def projects_of(files: Mapping[str, Project]) -> list[Project]:
    """Return the projects of some files, in order of root."""
    return sorted(set(files.values()), key=lambda project: project.root)


def facts_of_projects(files: Mapping[str, Project], results: Mapping[str, FileResult]) -> dict[Project, ProjectFacts]:
    """Return what is known of each project, in order of root.

    Arguments:
        files: the absolute path of each file of the projects → its project.
        results: the absolute path of each file → its result.

    """
    return {project: _facts_of(project, files, results) for project in projects_of(files)}


def _facts_of(project: Project, files: Mapping[str, Project], results: Mapping[str, FileResult]) -> ProjectFacts:
    facts = {path: results[path].facts for path, its_project in files.items() if its_project is project}

    def collected(code: str, _naming: frozenset[str]) -> dict[str, Any]:
        return {path: each[code] for path, each in facts.items() if code in each}

    return ProjectFacts(project.source_tree, collected)


def project_reports(
    known: Mapping[Project, ProjectFacts], files: Collection[str], paths: Collection[str]
) -> dict[str, tuple[Project, list[Reported]]]:
    """Return path → its project and what the project rules report there, which may be nothing.

    They report in the files that the run was asked to check, and in others that are no Python if it was asked to check
    the whole project.

    Arguments:
        known: what is known of each project.
        files: the absolute paths of the projects' files.
        paths: the absolute paths that the run was asked to check.

    """
    reports = {}
    for project, facts in known.items():
        if not project.project_rules:
            continue
        from flake8_pyarch.checking.project_check import check_project  # noqa: PLC0415 - only where such rules run

        found = check_project(project, project.project_rules, facts)
        read = filter(os.path.exists, project.source_tree.manifests)
        for path in {*found, *read}:
            if is_below(path, paths) and (path in files or not path.endswith(".py")):
                reports[path] = project, found.get(path, [])
    return reports
