"""The baselines of a run: which findings are accepted, which entries are fixed."""

import os
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Mapping

from flake8_pyarch.checking import FileResult, Project, Reported
from flake8_pyarch.checking.baseline import Baseline, Entry, read_baseline
from flake8_pyarch.checking.engine import SYNTAX_ERROR
from flake8_pyarch.cli.projects import projects_of
from flake8_pyarch.files import read_file, replace_file
from flake8_pyarch.output.report import path_from_here
from flake8_pyarch.settings import ALWAYS_ON, ConfigurationError, project_root

__all__ = ["Baselines", "add_baseline_arguments"]


def add_baseline_arguments(parser: ArgumentParser) -> None:
    """Declare the options about the baseline."""
    group = parser.add_argument_group("baseline")
    group.add_argument("--baseline", metavar="FILE", help="the file of accepted findings")
    group.add_argument(
        "--update-baseline", action="store_true", help="write the baseline, or drop what is fixed from the one there is"
    )
    group.add_argument("--allow-growth", action="store_true", help="let --update-baseline add findings")
    group.add_argument("--no-baseline", action="store_true", help="report accepted findings too")


class Baselines:
    """The baselines of a run: the one that is named, or each project's own.

    Arguments:
        options: the options of the command line.

    Raises:
        ConfigurationError: the options contradict each other, or the named file is not there.

    """

    def __init__(self, options: Namespace) -> None:
        self._is_off = options.no_baseline
        self._named: str | None = None if options.baseline is None else os.path.abspath(options.baseline)
        self._is_update: bool = options.update_baseline
        self._may_grow = options.allow_growth
        self._read: dict[str, Baseline] = {}
        if self._is_off and (self._named or self._is_update):
            raise ConfigurationError("command line", "--no-baseline contradicts --baseline and --update-baseline")
        if self._may_grow and not self._is_update:
            raise ConfigurationError("command line", "--allow-growth goes with --update-baseline")
        if self._named and not self._is_update and not os.path.isfile(self._named):
            problem = f"{options.baseline!r} does not exist; --update-baseline writes it"
            raise ConfigurationError("command line, --baseline", problem)

    def file_of(self, project: Project) -> str:
        """Return the absolute path of the baseline of a project, whether there is one or not."""
        return self._named or os.path.join(project.root, project.settings.baseline)

    def new_ones(self, path: str, project: Project, result: FileResult) -> list[Reported]:
        """Return the findings of a file that are not accepted.

        Raises:
            ConfigurationError: there is a baseline that cannot be read.

        """
        baseline = self._baseline(project)
        if not baseline.counts or not result.reported:
            return list(result.reported)
        identities = [reported.identity for reported in result.reported]
        new = baseline.new_ones(self._path(path, project), identities)
        return [reported for reported, is_new in zip(result.reported, new, strict=True) if is_new]

    def stale(
        self, files: Mapping[str, Project], results: Mapping[str, FileResult], *, with_projects: bool
    ) -> list[str]:
        """Return a line for each accepted finding that is no longer there, in the files of a run or in deleted ones.

        Arguments:
            files: the absolute path of each file of the run → its project.
            results: the absolute path of each file → its result.
            with_projects: whether the rules about the whole project were asked.

        """
        lines = []
        for project in projects_of(files):
            counts = self._stale_in(project, files, results, with_projects=with_projects)
            for (path, identity), count in sorted(counts.items()):
                place = f" in {identity.symbol}" if identity.symbol else ""
                times = f" ({count} times)" if count > 1 else ""
                lines.append(f"{path}: {identity.code}{place}{times}")
        return lines

    def update(
        self, files: Mapping[str, Project], results: Mapping[str, FileResult], *, with_projects: bool
    ) -> list[str]:
        """Write the baselines and return what was done, a line for each.

        Where there is none, all findings are accepted, but not that rules failed. Where there is one, what is fixed is
        dropped; findings are added only if the options let it grow.

        Arguments:
            files: the absolute path of each file of the run → its project.
            results: the absolute path of each file → its result.
            with_projects: whether the rules about the whole project were asked.

        Raises:
            ConfigurationError: a baseline cannot be read or written.

        """
        done = []
        first_ones = {file for project in projects_of(files) if not os.path.exists(file := self.file_of(project))}
        for project in projects_of(files):
            file = self.file_of(project)
            counts = self._baseline(project).counts.copy()
            before = counts.total()
            counts -= self._stale_in(project, files, results, with_projects=with_projects)
            dropped = before - counts.total()
            if file in first_ones or self._may_grow:
                for path, its_project in files.items():
                    if its_project is project and path in results:
                        name = self._path(path, project)
                        identities = (reported.identity for reported in results[path].reported)
                        present = Counter((name, each) for each in identities if each.code != ALWAYS_ON)
                        counts |= present
            added = counts.total() - (before - dropped)
            baseline = Baseline(counts)
            self._read[file] = baseline
            try:
                _write_if_changed(file, baseline.as_text().encode())
            except OSError as error:
                raise ConfigurationError(file, f"the baseline cannot be written: {error.strerror}") from error
            done.append(f"{path_from_here(file)}: {counts.total()} accepted, {added} added, {dropped} dropped")
        return done

    def _baseline(self, project: Project) -> Baseline:
        file = self.file_of(project)
        if file not in self._read:
            is_there = not self._is_off and os.path.exists(file)
            self._read[file] = read_baseline(file) if is_there else Baseline()
        return self._read[file]

    def _stale_in(
        self,
        project: Project,
        files: Mapping[str, Project],
        results: Mapping[str, FileResult],
        *,
        with_projects: bool,
    ) -> Counter[Entry]:
        present = {
            self._path(path, project): [reported.identity for reported in results[path].reported]
            for path, its_project in files.items()
            if its_project is project and path in results and _is_whole(results[path])
        }
        baseline = self._baseline(project)
        for path, _ in baseline.counts:
            if path not in present and not os.path.exists(os.path.join(self._root(project), path)):
                present[path] = []
        unasked = frozenset() if with_projects else {rule.code for rule in project.project_rules}
        return Counter(
            {
                entry: count
                for entry, count in baseline.stale(present).items()
                if entry[1].code not in unasked and project.knows_absence_of(entry[1].code)
            }
        )

    def _root(self, project: Project) -> str:
        return project_root(os.getcwd()) if self._named else project.root

    def _path(self, path: str, project: Project) -> str:
        return os.path.relpath(path, self._root(project)).replace(os.sep, "/")


def _write_if_changed(file: str, content: bytes) -> None:
    """Write a file unless it holds that content already, which `--watch` would take for a change."""
    if not os.path.isfile(file) or read_file(file) != content:
        replace_file(file, content)


def _is_whole(result: FileResult) -> bool:
    """Tell whether a file was read, parsed and wholly checked, so that what it does not report is not there."""
    return (
        result.problem is None
        and result.is_whole
        and all(each.finding.code != SYNTAX_ERROR for each in result.reported)
    )
