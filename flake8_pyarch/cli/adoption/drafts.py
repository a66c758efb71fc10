"""The files of a project as they are to be: edited in memory first, shown, then written."""

import difflib
import os
from dataclasses import dataclass

from flake8_pyarch.files import read_file, replace_file
from flake8_pyarch.settings import ConfigurationError, unreadable

__all__ = ["Change", "Drafts"]


@dataclass(frozen=True, slots=True)
class Change:
    """A file that is to be changed or made.

    Arguments:
        name: its path below the project, with forward slashes.
        path: its absolute path, links followed.
        before: its content, None where there is no such file.
        after: what it shall hold.

    """

    name: str
    path: str
    before: bytes | None
    after: bytes

    def diff(self) -> str:
        """Return the change as `diff -u` shows it."""
        old, new = ((content or b"").decode().replace("\r\n", "\n") for content in (self.before, self.after))
        origin = "/dev/null" if self.before is None else f"a/{self.name}"
        lines = difflib.unified_diff(_lines(old), _lines(new), origin, f"b/{self.name}")
        return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)

    def write(self) -> None:
        """Write the file, whole or not at all.

        Raises:
            ConfigurationError: it has changed since it was read, or cannot be written.

        """
        if _content(self.path) != self.before:
            raise ConfigurationError(self.path, "not written, for it has changed meanwhile; run init again")
        try:
            os.makedirs(os.path.dirname(self.path), exist_ok=True)
            replace_file(self.path, self.after)
        except OSError as error:
            problem = f"cannot be written: {error.strerror}"
            raise ConfigurationError(self.path, problem) from error


class Drafts:
    """Files of a project that are being edited. Nothing is written.

    Lines of a text end with a line feed whatever they end with in the file.

    Arguments:
        root: the absolute path of the project.

    """

    def __init__(self, root: str) -> None:
        self._root = root
        self._files: dict[str, Change] = {}

    def path(self, name: str) -> str:
        """Return the absolute path of a file."""
        return os.path.join(self._root, *name.split("/"))

    def exists(self, name: str) -> bool:
        """Tell whether there is a file of this name."""
        return os.path.lexists(self.path(name))

    def text(self, name: str) -> str:
        """Return what a file holds as it has been edited; nothing where there is no such file.

        Raises:
            ConfigurationError: it cannot be read, or is a link that leads out of the project.

        """
        try:
            return self._file(name).after.decode().replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            raise unreadable(self.path(name), error) from error

    def put(self, name: str, text: str) -> None:
        """Let a file hold `text`, its lines ended as they were.

        Raises:
            ConfigurationError: as for `text`.

        """
        if text == self.text(name):
            return
        file = self._file(name)
        if b"\r\n" in (file.before or b""):
            text = text.replace("\n", "\r\n")
        self._files[name] = Change(name, file.path, file.before, text.encode())

    def changes(self) -> list[Change]:
        """Return what is to be written."""
        return [file for file in self._files.values() if file.after != (file.before or b"")]

    def _file(self, name: str) -> Change:
        if name not in self._files:
            path = os.path.realpath(self.path(name))
            root = os.path.realpath(self._root)
            if os.path.commonpath([path, root]) != root:
                problem = "is a link that leads out of the project; change the file it leads to by hand"
                raise ConfigurationError(self.path(name), problem)
            before = _content(path)
            self._files[name] = Change(name, path, before, before or b"")
        return self._files[name]


def _content(path: str) -> bytes | None:
    try:
        return read_file(path)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise unreadable(path, error) from error


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)
