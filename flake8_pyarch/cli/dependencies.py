"""What the output of a run depends on."""

import os
from collections.abc import Iterator, Mapping

from flake8_pyarch.checking import FileResult, Linter
from flake8_pyarch.cli.baselines import Baselines
from flake8_pyarch.cli.own_code import own_files
from flake8_pyarch.project.discovery import Discovery
from flake8_pyarch.settings import ROOT_MARKERS, SETTINGS_FILES
from flake8_pyarch.settings.installed_ruff import ruff_executable

__all__ = ["dependencies"]


def dependencies(
    found: Discovery, results: Mapping[str, FileResult], linter: Linter, baselines: Baselines
) -> Iterator[str]:
    """Yield the files and directories, there or not, whose change may change the output of a run.

    Arguments:
        found: what was discovered.
        results: the absolute path of each file → its result.
        linter: the linter of the run.
        baselines: the baselines of the run.

    """
    listed = {*found.directories}
    yield from found.files
    yield from found.ignore_files
    for each in {each for result in results.values() for each in result.inputs}:
        yield from each.files()
        listed.update(each.directories())
    tops = {os.path.dirname(path) for path in found.files}
    for project in linter.projects:
        listed.update(project.source_tree.listed_names)
        yield from project.source_tree.manifests
        yield from (source.origin for source in project.sources)
        yield baselines.file_of(project)
        executable = ruff_executable() if project.settings.ruff_aware else None
        if executable is not None:
            yield executable
        if project.custom_rules is not None:
            yield from project.custom_rules.inputs
        tops.add(project.root)
        listed.add(project.root)
    yield from listed
    yield from _markers(tops, listed)
    yield from own_files()


def _markers(directories: set[str], listed: set[str]) -> Iterator[str]:
    """Yield the files that make, or would make, one of the directories, or one above it, a project of its own.

    A directory that is itself depended on would change if one came; so of those only what is there counts.
    """
    seen: set[str] = set()
    pending = list(directories)
    while pending:
        directory = pending.pop()
        if directory in seen:
            continue
        seen.add(directory)
        markers = (os.path.join(directory, name) for name in (*SETTINGS_FILES, *ROOT_MARKERS))
        yield from (marker for marker in markers if directory not in listed or os.path.isfile(marker))
        pending.append(os.path.dirname(directory))
