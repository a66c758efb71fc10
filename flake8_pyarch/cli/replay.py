"""Replaying a run: the same words, and nothing changed since, give the same output.

Most runs of a linter find everything as it was. Such a run only asks for the time stamps of what the last one looked
at, and prints what that one printed. This module is imported before anything else, so it imports next to nothing.
"""

import os
import sys
import time

from flake8_pyarch import __version__
from flake8_pyarch.environment import OUTPUT_VARIABLES, variable

TYPE_CHECKING = False
if TYPE_CHECKING:
    # `typing` and `collections.abc` would cost a replay a tenth of its time.
    from collections.abc import Iterable, Sequence

__all__ = ["CACHE_DIRECTORY", "Recording", "replay", "settled_after"]

CACHE_DIRECTORY = ".pyarch_cache"
_FORMAT = f"pyarch-run-1 {__version__}"
_COARSE, _FINE = 2_000_000_000, 500_000_000
_MILLISECOND = 1_000_000
_ABSENT = "-"


def replay(words: "Sequence[str]") -> int | None:
    """Print what the last run with these words printed and return its exit code, None where it must run again."""
    directory = _cache_directory(os.getcwd())
    if directory is None:
        return None
    key = _key(words)
    recording = _file(directory, key)
    if not os.path.isfile(recording):  # a pipe would be waited for
        return None
    try:
        with open(recording, encoding="utf-8", errors="surrogateescape", newline="") as file:
            recorded, exit_code, signatures, sizes, output = file.read().split("\n", 4)
        if recorded != key:
            return None
        for signature in signatures.split("\0"):
            path, state = signature.split("\t")
            if _state(path) != state:
                return None
        to_stdout, to_stderr = (int(size) for size in sizes.split(" "))
        code = int(exit_code)
    except (OSError, ValueError):
        return None
    if len(output) != to_stdout + to_stderr:
        return None
    sys.stderr.write(output[to_stdout:])
    sys.stdout.write(output[:to_stdout])
    sys.stdout.flush()
    return code


class Recording:
    """What a run printed and what it depends on, to be kept for a replay.

    Arguments:
        words: the words of the command line.

    """

    def __init__(self, words: "Sequence[str]") -> None:
        self._started = time.time_ns()
        self._key = _key(words)
        self._paths: set[str] = set()
        self._printed: dict[bool, list[str]] = {True: [], False: []}

    def depends_on(self, paths: "Iterable[str]") -> None:
        """Note files and directories, there or not, whose change would change the output."""
        self._paths.update(paths)

    def prints(self, text: str, *, to_stderr: bool = False) -> None:
        """Note what is printed."""
        self._printed[to_stderr].append(text)

    def keep(self, exit_code: int) -> None:
        """Write the recording to the cache that the next run will find; do nothing where it cannot be trusted.

        What has changed since shortly before the run began may have been read before it changed, or may change again
        without a new time stamp.
        """
        directory = _cache_directory(os.getcwd())
        if directory is None or any(set(path) & {"\0", "\n", "\t"} for path in self._paths):
            return
        signatures = []
        settled = 0
        for path in sorted(self._paths):
            state = _state(path)
            signatures.append(f"{path}\t{state}")
            if state != _ABSENT:
                settled = max(settled, settled_after(int(state.partition(" ")[0])))
        if self._started < settled:
            return
        from flake8_pyarch.files import replace_file  # noqa: PLC0415 - a replay writes nothing

        to_stdout, to_stderr = ("".join(self._printed[stream]) for stream in (False, True))
        sizes = f"{len(to_stdout)} {len(to_stderr)}"
        content = "\n".join([self._key, str(exit_code), "\0".join(signatures), sizes, to_stdout + to_stderr])
        try:
            replace_file(_file(directory, self._key), content.encode(errors="surrogateescape"))
        except OSError:
            return


def settled_after(time_stamp: int) -> int:
    """Return when a file with this time stamp, in nanoseconds, can no longer change without getting another one.

    Some file systems round to two seconds. One that shows less than milliseconds is not of these.
    """
    return time_stamp + (_FINE if time_stamp % _MILLISECOND else _COARSE)


def _cache_directory(directory: str) -> str | None:
    """Return the nearest cache directory from `directory` upwards, None where it is a link, which may lead anywhere."""
    while True:
        path = os.path.join(directory, CACHE_DIRECTORY)
        if os.path.isdir(path):
            return None if os.path.islink(path) else path
        parent = os.path.dirname(directory)
        if parent == directory:
            return None
        directory = parent


def _key(words: "Sequence[str]") -> str:
    environment = [variable(name) for name in OUTPUT_VARIABLES]
    is_terminal = sys.stdout.isatty()
    width = os.get_terminal_size(sys.stdout.fileno()).columns if is_terminal else 0
    return repr((_FORMAT, sys.version, sys.prefix, os.getcwd(), list(words), environment, is_terminal, width))


def _file(directory: str, key: str) -> str:
    from zlib import crc32  # noqa: PLC0415 - only where there is a cache

    return os.path.join(directory, f"run-{crc32(key.encode(errors='surrogateescape')):08x}")


def _state(path: str) -> str:
    """Return what tells whether a file or directory is as it was."""
    try:
        status = os.stat(path)
    except OSError:
        return _ABSENT
    return f"{status.st_mtime_ns} {status.st_size} {status.st_ctime_ns}"
