"""Check files, and report what breaks the architecture."""

import os
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from flake8_pyarch.checking import FileResult, Linter, Project, ProjectFacts, Reported
from flake8_pyarch.checking.fixing import is_applicable
from flake8_pyarch.cli.arguments import one_of
from flake8_pyarch.cli.baselines import Baselines, add_baseline_arguments
from flake8_pyarch.cli.dependencies import dependencies
from flake8_pyarch.cli.errors import print_error, print_problem
from flake8_pyarch.cli.output_file import write_output
from flake8_pyarch.cli.overrides import add_settings_arguments, overrides_of
from flake8_pyarch.cli.progress import Progress
from flake8_pyarch.cli.projects import facts_of_projects, is_below, project_reports, projects_of, whole_projects
from flake8_pyarch.cli.replay import CACHE_DIRECTORY, Recording
from flake8_pyarch.cli.running import LinterArguments, available_processors, check_files
from flake8_pyarch.files import read_file
from flake8_pyarch.output.counts import STATISTICS_FORMATS, render_statistics
from flake8_pyarch.output.formats import FORMATS, render
from flake8_pyarch.output.report import Entry, Report, path_from_here
from flake8_pyarch.output.terminal import shows_colours
from flake8_pyarch.output.text import count_of, printable
from flake8_pyarch.project.discovery import Discovery, discover
from flake8_pyarch.project.unmatched import unmatched_settings
from flake8_pyarch.settings import ConfigurationError, MissingPathError
from flake8_pyarch.source.text import SourceText, lines_of_file, readable_lines

if TYPE_CHECKING:
    from collections import Counter

    from flake8_pyarch.cli.cache import Cache

__all__ = ["add_arguments", "run"]

_CLEAN, _FINDINGS, _ERROR = 0, 1, 2
CONTRACT_BROKEN = "PYA110"


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the options of `pyarch check`."""
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files and directories (default: .), - for stdin")
    add_settings_arguments(parser)
    output = parser.add_argument_group("output")
    output.add_argument("--output-format", type=one_of(FORMATS), metavar="NAME", help=", ".join(FORMATS))
    output.add_argument("-o", "--output-file", metavar="FILE", help="write the findings to a file")
    output.add_argument("--statistics", action="store_true", help="count the findings of each rule")
    output.add_argument("--show-files", action="store_true", help="list the files that would be checked")
    output.add_argument("--show-settings", action="store_true", help="show the settings that would apply")
    output.add_argument("-e", "--exit-zero", action="store_true", help="exit with 0 although there are findings")
    output.add_argument(
        "--exit-non-zero-on-fix", action="store_true", help="exit with 1 if a file was fixed, even if nothing is left"
    )
    output.add_argument("-q", "--quiet", action="store_true", help="print the findings and nothing else")
    output.add_argument("-v", "--verbose", action="store_true", help="say on stderr what is done")
    fixes = parser.add_argument_group("fixes")
    fixes.add_argument("--fix", action="store_true", help="apply safe fixes")
    fixes.add_argument("--unsafe-fixes", action="store_true", help="include fixes that may change what the code does")
    fixes.add_argument("--diff", action="store_true", help="show the fixes as a diff and write nothing")
    fixes.add_argument("--show-fixes", action="store_true", help="list the fixes that were applied")
    fixes.add_argument("--add-noqa", action="store_true", help="silence every finding with a comment")
    add_baseline_arguments(parser)
    work = parser.add_argument_group("what is checked, and how")
    work.add_argument("--since", metavar="REV", help="only files that changed since a git revision")
    work.add_argument("--stdin-filename", metavar="FILE", help="the name of what is read from stdin")
    work.add_argument("--allow-unmatched", action="store_true", help="warn of settings that match nothing")
    work.add_argument("-j", "--jobs", type=_positive, metavar="N", help="processes (default: one for each processor)")
    work.add_argument("--no-cache", action="store_true", help="neither read nor write the cache")
    work.add_argument("--cache-dir", metavar="DIR", help="where the cache lies (default: .pyarch_cache)")
    work.add_argument("-w", "--watch", action="store_true", help="check again whenever a file changes")


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        problem = f"{text!r} is no number of processes, expected 1 or more"
        raise ArgumentTypeError(problem)
    return int(text)


def run(options: Namespace) -> int:
    """Run `pyarch check` and return its exit code."""
    if options.watch and "-" not in options.paths:
        from flake8_pyarch.cli.watching import watch  # noqa: PLC0415 - the watcher is heavy

        return watch(lambda: _Check(options).run(), options.paths or ["."], options.output_file)
    return _Check(options).run()


class _Check:
    """One run of `pyarch check`.

    Arguments:
        options: the options of the command line.

    """

    def __init__(self, options: Namespace) -> None:
        self._options = options
        self._overrides = overrides_of(options)
        self._linter = Linter(self._overrides, config=options.config)
        self._baselines = Baselines(options)
        self._has_failed = False
        self._applied: dict[str, Counter[str]] = {}
        self._recording = Recording(options.words) if _is_repeatable(options) else None

    def run(self) -> int:
        """Check, fix, report, and return the exit code."""
        self._refuse_contradictions()
        return self._run_on_stdin() if "-" in self._options.paths else self._run_on_files()

    def _refuse_contradictions(self) -> None:
        options = self._options
        if options.statistics and options.output_format not in {None, *STATISTICS_FORMATS}:
            problem = f"has no {options.output_format} format, only {', '.join(STATISTICS_FORMATS)}"
            raise ConfigurationError("command line, --statistics", problem)
        if options.exit_zero and options.exit_non_zero_on_fix:
            raise ConfigurationError("command line", "--exit-zero contradicts --exit-non-zero-on-fix")

    def _run_on_files(self) -> int:
        options = self._options
        paths = self._paths()
        found = self._discovered(paths)
        asks_projects = options.since is not None or any(map(os.path.isdir, paths))
        whole = whole_projects(found, paths, self._linter) if asks_projects else found
        if options.since is not None:
            from flake8_pyarch.cli.git import changed_files  # noqa: PLC0415 - most runs do not ask git

            changed = changed_files(options.since)
            found.files = {path: project for path, project in found.files.items() if os.path.realpath(path) in changed}
        if options.show_files:
            sys.stdout.write("".join(f"{path}\n" for path in found.files))
            return self._exit_code(has_findings=False)
        if options.show_settings:
            return self._show_settings(found)
        file_results = self._check(whole.files, found.files)
        known = facts_of_projects(whole.files, file_results) if asks_projects else {}
        self._judge_contracts(known)
        files, results = self._with_projects(known, file_results, found.files)
        if options.update_baseline:
            for line in self._baselines.update(files, results, with_projects=asks_projects):
                self._say(line)
        if options.fix or options.diff:
            changes = self._fix(found.files, file_results)
            if options.diff:
                return self._show_diff("".join(changes))
            known = facts_of_projects(whole.files, file_results) if asks_projects else {}
            files, results = self._with_projects(known, file_results, found.files)
        new = {path: self._baselines.new_ones(path, files[path], result) for path, result in results.items()}
        if options.add_noqa:
            return self._add_noqa(files, new)
        for line in self._baselines.stale(files, results, with_projects=asks_projects):
            self._say(f"accepted, but fixed: {line}; run `pyarch check --update-baseline` to shrink the baseline")
        exit_code = self._report(new)
        is_whole = all(result.is_whole for result in file_results.values())
        if self._recording is not None and not self._has_failed and is_whole:
            self._recording.depends_on(dependencies(whole, file_results, self._linter, self._baselines))
            self._recording.keep(exit_code)
        return exit_code

    def _paths(self) -> list[str]:
        """Return the absolute paths to check, and say which of those that were asked for are not there."""
        there: list[str] = []
        missing: list[str] = []
        for path in self._options.paths or ["."]:
            (there if os.path.exists(path) else missing).append(path)
        if not there:
            raise MissingPathError(missing[0])
        for path in missing:
            self._has_failed = True
            print_error(printable(str(MissingPathError(path))))
        return [os.path.abspath(path) for path in there]

    def _discovered(self, paths: list[str]) -> Discovery:
        """Return the files to check, and say what cannot be looked through, or matches nothing."""
        found = discover(paths, self._linter)
        for path, problem in found.problems.items():
            self._fail(path, problem)
        if not found.files and not self._has_failed:
            self._say("warning: no Python files found under the given paths")
        self._judge_unmatched(found)
        return found

    def _judge_unmatched(self, found: Discovery) -> None:
        """Refuse settings that match nothing in their project, as far as all of the project is looked at."""
        tops = {os.path.abspath(path) for path in self._options.paths or ["."]}
        for project in projects_of(found.files):
            if not is_below(project.root, tops):
                continue
            files = [path for path, its_project in found.files.items() if its_project is project]
            self._refuse(project, list(unmatched_settings(project, files)))

    def _judge_contracts(self, known: Mapping[Project, ProjectFacts]) -> None:
        """Refuse contracts that name what their project does not have."""
        for project, facts in known.items():
            if not project.settings.contracts or not any(rule.code == CONTRACT_BROKEN for rule in project.rules):
                continue
            from flake8_pyarch.contracts.unmatched import (  # noqa: PLC0415 - only for projects with contracts
                unmatched_in,
                unmatched_with_warning,
            )

            contracts = project.settings.contracts
            self._refuse(project, [each for contract in contracts for each in unmatched_in(contract, facts.imports)])
            for contract in contracts:
                for problem in unmatched_with_warning(contract, facts.imports):
                    self._say(f"warning: {project.origin}: {problem}")

    def _refuse(self, project: Project, problems: list[str]) -> None:
        """Refuse settings that match nothing, or warn of them where the user asked for no more."""
        if problems and not self._options.allow_unmatched:
            raise ConfigurationError(project.origin, "; ".join([*problems, "mend it, or pass --allow-unmatched"]))
        for problem in problems:
            self._say(f"warning: {project.origin}: {problem}")

    def _check(self, files: Mapping[str, Project], asked: Collection[str]) -> dict[str, FileResult]:
        """Return the result of each file, and say which of those that were asked for cannot be read."""
        options = self._options
        caches = {} if options.no_cache else self._caches(files)
        with Progress(len(files), is_wanted=not options.quiet) as progress:
            jobs = options.jobs or available_processors()
            linter = LinterArguments(tuple(self._overrides), options.config)
            results = check_files(files, self._linter, linter, caches, jobs=jobs, advance=progress.advance)
        for path, result in results.items():
            if result.problem is not None and path in asked:
                self._fail(path, result.problem)
        if options.verbose:
            projects = count_of(len(projects_of(files)), "project", "projects")
            self._say(f"checked {count_of(len(results), 'file')} in {projects}")
        return results

    def _caches(self, files: Mapping[str, Project]) -> "dict[str, Cache]":
        """Return the root of each project → its cache."""
        from flake8_pyarch.cli.cache import Cache  # noqa: PLC0415 - it imports json and hashlib

        caches = {}
        for project in projects_of(files):
            directory = self._options.cache_dir or os.path.join(project.root, CACHE_DIRECTORY)
            caches[project.root] = Cache(os.path.abspath(directory), project)
        return caches

    def _with_projects(
        self, known: Mapping[Project, ProjectFacts], results: Mapping[str, FileResult], asked: Mapping[str, Project]
    ) -> tuple[dict[str, Project], dict[str, FileResult]]:
        """Return the files that were asked for and those where project rules report, and the result of each."""
        its_project = dict(asked)
        found = {path: results[path] for path in asked}
        paths = [os.path.abspath(path) for path in self._options.paths or ["."]]
        for path, (project, reported) in project_reports(known, results, paths).items():
            its_project[path] = project
            result = found.get(path, FileResult())
            merged = sorted([*result.reported, *reported], key=lambda each: each.finding.order)
            found[path] = result._replace(reported=tuple(merged))
        return dict(sorted(its_project.items())), dict(sorted(found.items()))

    def _fix(self, files: Mapping[str, Project], results: dict[str, FileResult]) -> list[str]:
        """Fix the files, put what is left into `results`, and return a diff for each file that changes."""
        from flake8_pyarch.cli.fixes import diff, fix_text, write_fixed  # noqa: PLC0415 - only for those who fix

        changes = []
        for path in files:
            new = self._baselines.new_ones(path, files[path], results[path])
            if not any(is_applicable(each.finding.fix, unsafe=self._options.unsafe_fixes) for each in new):
                continue
            before = _content(path)
            if before is None:
                continue
            project = files[path]
            fixed = fix_text(
                path, before, project, unsafe=self._options.unsafe_fixes, new_ones=self._baselines.new_ones
            )
            if fixed.content != before:
                changes.append(diff(path_from_here(path), before, fixed.content))
                if not self._options.diff:
                    problem = write_fixed(path, before, fixed.content, project.root)
                    if problem is not None:
                        self._fail(path, problem)
                        continue
                self._applied[path] = fixed.applied
            results[path] = fixed.result
        return changes

    def _add_noqa(self, files: Mapping[str, Project], new: Mapping[str, list[Reported]]) -> int:
        from flake8_pyarch.cli.fixes import write_fixed  # noqa: PLC0415 - only for those who ask for it
        from flake8_pyarch.cli.noqa import BEYOND_COMMENTS, with_noqa  # noqa: PLC0415

        silenced = left = 0
        for path, found in new.items():
            reported = [each for each in found if each.finding.code not in BEYOND_COMMENTS]
            left += len(found) - len(reported)
            before = _content(path) if reported else None
            if before is None:
                continue
            problem = write_fixed(path, before, with_noqa(SourceText(before), reported), files[path].root)
            if problem is None:
                silenced += len(reported)
            else:
                self._fail(path, problem)
        self._say(f"Silenced {count_of(silenced, 'finding')}.")
        if left:
            self._say(f"No comment silences {count_of(left, 'other')}: {' and '.join(BEYOND_COMMENTS)}.")
        return self._exit_code(has_findings=False)

    def _run_on_stdin(self) -> int:
        options = self._options
        if options.paths != ["-"]:
            raise ConfigurationError("command line", "'-' is for stdin alone, without other paths")
        for name in ("add-noqa", "since", "show-files", "show-settings", "update-baseline", "watch"):
            if getattr(options, name.replace("-", "_")):
                problem = f"--{name} is for files, not for stdin"
                raise ConfigurationError("command line", problem)
        path = os.path.abspath(options.stdin_filename or "stdin")
        content = sys.stdin.buffer.read()
        project = self._linter.project_of(path)
        result = project.check_text(path, SourceText(content))
        if options.fix or options.diff:
            from flake8_pyarch.cli.fixes import diff, fix_text  # noqa: PLC0415 - only for those who fix

            fixed = fix_text(path, content, project, unsafe=options.unsafe_fixes, new_ones=self._baselines.new_ones)
            if options.diff:
                self._applied[path] = fixed.applied
                return self._show_diff(diff(options.stdin_filename or "stdin", content, fixed.content))
            sys.stdout.buffer.write(fixed.content)
            content, result = fixed.content, fixed.result
            self._applied[path] = fixed.applied
        new = {path: self._baselines.new_ones(path, project, result)}
        return self._report(new, lambda _: readable_lines(SourceText(content)), to_stderr=options.fix)

    def _show_diff(self, text: str) -> int:
        sys.stdout.write(text)
        count = sum(counts.total() for counts in self._applied.values())
        if count:
            self._say(f"Would fix {count_of(count, 'error')}.")
        return self._exit_code(has_findings=bool(count))

    def _report(
        self,
        new: Mapping[str, list[Reported]],
        lines_of: Callable[[str], Sequence[str]] = lines_of_file,
        *,
        to_stderr: bool = False,
    ) -> int:
        options = self._options
        entries = [Entry(path, reported) for path, each in new.items() for reported in each]
        stream = sys.stderr if to_stderr else sys.stdout
        is_terminal = stream.isatty() and options.output_file is None
        report = Report(
            entries,
            lines_of,
            in_colour=shows_colours(stream) and options.output_file is None,
            unsafe_fixes=options.unsafe_fixes,
            applied={path_from_here(path): counts for path, counts in self._applied.items() if counts},
            shows_fixes=options.show_fixes,
            is_quiet=options.quiet,
            is_incomplete=self._has_failed,
        )
        name = options.output_format or ("full" if is_terminal else "concise")
        text = render_statistics(report, name) if options.statistics else render(name, report)
        if options.output_file is not None:
            write_output(options.output_file, text)
        else:
            stream.write(text)
            if self._recording is not None:
                self._recording.prints(text)
        has_fixed = options.exit_non_zero_on_fix and any(counts.total() for counts in self._applied.values())
        return self._exit_code(has_findings=bool(entries) or has_fixed)

    def _exit_code(self, *, has_findings: bool) -> int:
        if self._has_failed:
            return _ERROR
        if self._options.exit_zero:
            return _CLEAN
        return _FINDINGS if has_findings else _CLEAN

    def _show_settings(self, found: Discovery) -> int:
        from flake8_pyarch.cli.config import describe  # noqa: PLC0415 - the settings are seldom shown

        for project in projects_of(found.files):
            sys.stdout.write(describe(project))
        return self._exit_code(has_findings=False)

    def _fail(self, path: str, problem: str) -> None:
        """Report what keeps the run from doing all that was asked; it goes on with the rest."""
        self._has_failed = True
        print_problem(path, problem)

    def _say(self, line: str) -> None:
        line = printable(line)
        if not self._options.quiet:
            sys.stdout.flush()
            print(line, file=sys.stderr)
            if self._recording is not None:
                self._recording.prints(f"{line}\n", to_stderr=True)


def _is_repeatable(options: Namespace) -> bool:
    """Tell whether a run only reads, and reads only what has a time stamp."""
    asked = (
        *(options.fix, options.diff, options.add_noqa, options.update_baseline, options.watch, options.no_cache),
        *(options.show_files, options.show_settings, options.since, options.output_file, options.cache_dir),
    )
    return not any(asked) and "-" not in options.paths


def _content(path: str) -> bytes | None:
    try:
        return read_file(path)
    except OSError:
        return None
