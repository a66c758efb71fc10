"""Show the layers of a project as they are, and who imports whom."""

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from importlib import import_module

from flake8_pyarch.checking import Project
from flake8_pyarch.cli.arguments import one_of
from flake8_pyarch.cli.cache import Cache
from flake8_pyarch.cli.errors import print_problem
from flake8_pyarch.cli.output_file import write_output
from flake8_pyarch.cli.overrides import add_settings_arguments, overrides_of
from flake8_pyarch.cli.projects import facts_of_projects
from flake8_pyarch.cli.replay import CACHE_DIRECTORY
from flake8_pyarch.cli.running import LinterArguments, available_processors, check_files
from flake8_pyarch.project.discovery import discover
from flake8_pyarch.project.picture import Picture, picture_of
from flake8_pyarch.settings import ConfigurationError, MissingPathError

__all__ = ["GRAPH_FORMATS", "add_arguments", "make_picture", "run"]

GRAPH_FORMATS = ("text", "mermaid", "dot", "svg", "html", "json")


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the options of `pyarch graph`."""
    parser.add_argument("path", nargs="?", default=".", metavar="PATH", help="a directory (default: .)")
    parser.add_argument(
        "--output-format", type=one_of(GRAPH_FORMATS), default="text", metavar="NAME", help=", ".join(GRAPH_FORMATS)
    )
    parser.add_argument("-o", "--output-file", metavar="FILE", help="write the picture to a file")
    parser.add_argument("--no-cache", action="store_true", help="neither read nor write the cache")
    add_settings_arguments(parser)


def run(options: Namespace) -> int:
    """Run `pyarch graph` and return its exit code."""
    if not os.path.exists(options.path):
        raise MissingPathError(options.path)
    arguments = LinterArguments(tuple(overrides_of(options)), options.config)
    has_failed = False

    def fail(path: str, problem: str) -> None:
        nonlocal has_failed
        has_failed = True
        print_problem(path, problem)

    picture = make_picture(os.path.abspath(options.path), arguments, fail, uses_cache=not options.no_cache)
    text: str = import_module(f"flake8_pyarch.output.graph_{options.output_format}").render(picture)
    if options.output_file is None:
        sys.stdout.write(text)
    else:
        write_output(options.output_file, text)
    return 2 if has_failed else 0


def make_picture(
    path: str, arguments: LinterArguments, fail: Callable[[str, str], None], *, uses_cache: bool = True
) -> Picture:
    """Return the picture of the project, or of its part, at the absolute `path`.

    Arguments:
        path: a directory or a file.
        arguments: what to make the linter from.
        fail: is told the absolute path of each file and directory that cannot be read, and why; the rest is shown.
        uses_cache: whether to read and write the cache of `pyarch check`.

    Raises:
        ConfigurationError: the settings cannot be used, or there is not one project but several, or none.

    """
    linter = arguments.make()
    found = discover([path], linter)
    for directory, problem in found.problems.items():
        fail(directory, problem)
    project = _project_to_show(set(found.files.values()), linter.project_of(path), path)
    files = {each: whose for each, whose in found.files.items() if whose is project}
    caches = {project.root: Cache(os.path.join(project.root, CACHE_DIRECTORY), project)} if uses_cache else {}
    jobs = available_processors()
    results = check_files(files, linter, arguments, caches, jobs=jobs, advance=lambda _: None)
    for each, result in results.items():
        if result.problem is not None:
            fail(each, result.problem)
    title = os.path.basename(path) or path
    return picture_of(facts_of_projects(files, results)[project], title, files)


def _project_to_show(projects: set[Project], own: Project, path: str) -> Project:
    """Return the project that `path` lies in, if it has files there; else the only one below."""
    if own in projects:
        return own
    if len(projects) == 1:
        return projects.pop()
    if not projects:
        raise ConfigurationError(path, "there are no Python files here")
    roots = sorted(os.path.relpath(project.root, path) for project in projects)
    problem = f"there are several projects here, name one of them: {', '.join(roots)}"
    raise ConfigurationError(path, problem)
