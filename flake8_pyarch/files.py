"""Reading files that a stranger may have put there, and writing files whole or not at all."""

import errno
import os
import stat
import time

__all__ = ["read_file", "replace_file"]

_MOST_BYTES = 50_000_000


def read_file(path: str) -> bytes:
    """Return the content of a file of settings or data.

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
