"""Finding and reading files that a stranger may have put there, and writing files whole or not at all."""

import errno
import os
import stat
import time

__all__ = ["is_glob", "matching_paths", "read_file", "replace_file"]

_MOST_BYTES = 50_000_000


def is_glob(path: str) -> bool:
    """Tell whether a path has wildcards."""
    return any(wildcard in path for wildcard in "*?[")


def matching_paths(root: str, pattern: str) -> list[str]:
    """Return the absolute paths that a glob matches, sorted; a `**` in it stands for any number of directories.

    Unlike `glob.glob` this ends where links lead in circles: `**` stands for no link, and a directory that several
    links lead to is searched once.

    Arguments:
        root: the absolute path of the directory that the glob starts from; it may hold the characters of wildcards.
        pattern: the glob.

    """
    parts = os.path.normpath(pattern).split(os.sep)
    last = len(parts) - 1
    fixed = next((place for place, part in enumerate(parts) if is_glob(part)), len(parts))
    start = os.path.normpath(os.path.join(root, os.sep.join([*parts[:fixed], ""])))
    found = []
    searched: set[tuple[int, int, frozenset[int]]] = set()
    waiting = [(start, {fixed})] if os.path.lexists(start) else []
    while waiting:
        path, places = waiting.pop()
        for place in range(fixed, len(parts)):
            if place in places and parts[place] == "**":
                places.add(place + 1)
        if len(parts) in places:
            found.append(path)
        places.discard(len(parts))
        for entry in _entries(path, places, searched):
            following = {
                place if parts[place] == "**" and entry.is_dir(follow_symlinks=False) else place + 1
                for place in places
                if _stands_for(parts[place], entry, is_last=place == last)
            }
            if following:
                waiting.append((entry.path, following))
    return sorted(found)


def _entries(path: str, places: set[int], searched: set[tuple[int, int, frozenset[int]]]) -> list[os.DirEntry[str]]:
    try:
        status = os.stat(path)
        key = (status.st_dev, status.st_ino, frozenset(places))
        if not places or key in searched:
            return []
        searched.add(key)
        with os.scandir(path) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError:
        return []


def _stands_for(part: str, entry: os.DirEntry[str], *, is_last: bool) -> bool:
    from fnmatch import fnmatch  # noqa: PLC0415 - only few settings have wildcards

    if entry.name.startswith(".") and not part.startswith("."):
        return False
    return is_last or entry.is_dir(follow_symlinks=False) if part == "**" else fnmatch(entry.name, part)


def read_file(path: str) -> bytes:
    """Return the content of a file.

    Raises:
        OSError: it cannot be read; it is a pipe or a device, which might never end; it is far too large.

    """
    status = os.stat(path)
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), path)
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, "it is no regular file", path)
    if status.st_size > _MOST_BYTES:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), path)
    with open(path, "rb") as file:
        return file.read(_MOST_BYTES)


def replace_file(path: str, content: bytes) -> None:
    """Put `content` in the place of the file at `path`, keeping its permissions.

    Whoever reads the path meanwhile, and whatever interrupts the writing, sees the old file or the new one.

    Raises:
        OSError: it cannot be written; the old file is still there.

    """
    directory, name = os.path.split(path)
    # The module `tempfile` takes longer to import than most runs take to write.
    temporary = os.path.join(directory, f".{name}.{os.getpid()}-{time.monotonic_ns():x}.tmp")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        mode = os.stat(path).st_mode if os.path.exists(path) else 0o666 & ~_umask()
        os.chmod(temporary, mode & 0o7777)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
