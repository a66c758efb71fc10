"""Which files a run looks at."""

import os
from collections.abc import Iterator, Sequence

from flake8_pyarch.checking import Linter, Project
from flake8_pyarch.files import read_file
from flake8_pyarch.patterns import is_ignore_pattern
from flake8_pyarch.settings import reason_of

__all__ = ["Discovery", "discover"]

Ignored = tuple["IgnoreFile", ...]


class Discovery:
    """What a search for files came to.

    Attributes:
        files: the absolute path of each file → the project it is checked in, in order of path.
        directories: the absolute paths of the directories that were looked through.
        ignore_files: the absolute paths of the `.gitignore` files that are obeyed, or would be if they were there.
        problems: the absolute path of each directory that could not be looked through → why.

    """

    def __init__(self) -> None:
        self.files: dict[str, Project] = {}
        self.directories: list[str] = []
        self.ignore_files: list[str] = []
        self.problems: dict[str, str] = {}


class IgnoreFile:
    """The patterns of one `.gitignore`.

    Arguments:
        directory: the absolute path of the directory they are relative to.
        lines: the patterns.

    """

    def __init__(self, directory: str, lines: Sequence[str]) -> None:
        from pathspec import GitIgnoreSpec  # noqa: PLC0415 - only trees with such a file need it

        self._prefix = len(directory) + 1
        try:
            self._patterns = GitIgnoreSpec.from_lines(lines)
        except ValueError:
            # Git passes over a line that is no pattern.
            self._patterns = GitIgnoreSpec.from_lines(line for line in lines if is_ignore_pattern(line))

    def decides(self, path: str) -> bool | None:
        """Tell whether the patterns ignore the path of a file, or of a directory with a slash at its end.

        None where no pattern says anything.
        """
        return self._patterns.check_file(path[self._prefix :].replace(os.sep, "/")).include


def discover(paths: Sequence[str], linter: Linter) -> Discovery:
    """Return the Python files at and below `paths`, without those that settings or a `.gitignore` leave out.

    A file that is named itself is taken whatever it is called. Links to directories are not followed.

    Arguments:
        paths: absolute paths of files and directories that exist.
        linter: knows the projects and their settings.

    Raises:
        ConfigurationError: the settings of a project on the way cannot be used.

    """
    found = Discovery()
    files: dict[str, Project] = {}
    for path in paths:
        if os.path.isdir(path):
            files.update(_below(path, _ignore_files_above(path, found), linter, found))
        else:
            project = linter.project_of(path)
            if not project.excludes(project.parts(path)):
                files[path] = project
    found.files = dict(sorted(files.items()))
    return found


def _below(top: str, ignored: Ignored, linter: Linter, found: Discovery) -> Iterator[tuple[str, Project]]:
    pending = [(top, ignored)]
    while pending:
        directory, inherited = pending.pop()
        found.directories.append(directory)
        project = linter.project_of_directory(directory)
        try:
            with os.scandir(directory) as entries:
                listed = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            found.problems[directory] = reason_of(error)
            continue
        ignored = inherited
        if any(entry.name == ".gitignore" for entry in listed):
            ignored = (*inherited, *_ignore_file(directory, found))
        prefix = project.parts(directory)
        for entry in listed:
            is_directory = entry.is_dir(follow_symlinks=False)
            if not is_directory and not (entry.name.endswith(".py") and _is_file(entry)):
                continue
            if project.excludes((*prefix, entry.name)):
                continue
            if ignored and _is_ignored(entry.path + "/" * is_directory, ignored):
                continue
            if is_directory:
                pending.append((entry.path, ignored))
            else:
                yield entry.path, project


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:  # a symbolic link that leads in a circle
        return False


def _is_ignored(path: str, ignored: Ignored) -> bool:
    for file in reversed(ignored):
        decision = file.decides(path)
        if decision is not None:
            return decision
    return False


def _ignore_files_above(directory: str, found: Discovery) -> Ignored:
    """Return the patterns of the `.gitignore` files between the top of the repository and `directory`."""
    above: list[str] = []
    while not os.path.exists(os.path.join(directory, ".git")):
        parent = os.path.dirname(directory)
        if parent == directory:
            return ()
        directory = parent
        above.append(directory)
    return tuple(file for each in reversed(above) for file in _ignore_file(each, found))


def _ignore_file(directory: str, found: Discovery) -> Iterator[IgnoreFile]:
    path = os.path.join(directory, ".gitignore")
    found.ignore_files.append(path)
    try:
        lines = read_file(path).decode(errors="replace").splitlines()
    except OSError:
        return
    yield IgnoreFile(directory, lines)
