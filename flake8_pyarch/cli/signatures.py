"""What a file's content is known by, without reading it again."""

import os
import time
from hashlib import sha256
from typing import NamedTuple

from flake8_pyarch.cli.replay import settled_after
from flake8_pyarch.files import read_file

__all__ = ["Signature"]


class Signature(NamedTuple):
    """The time stamp, the size and the digest of a file's content.

    Arguments:
        time_stamp: nanoseconds, or 0 for a file so young that it may change again without a new time stamp.
        size: bytes.
        digest: of the content.

    """

    time_stamp: int
    size: int
    digest: str

    @classmethod
    def of(cls, status: os.stat_result, content: bytes) -> "Signature":
        """Return the signature of a file that had `status` before `content` was read from it."""
        stamp = _stamp(status)
        return cls(stamp if time.time_ns() > settled_after(stamp) else 0, len(content), sha256(content).hexdigest())

    @classmethod
    def of_file(cls, path: str) -> "Signature":
        """Return the signature of the file at `path`.

        Raises:
            OSError: it cannot be read.

        """
        status = os.stat(path)
        return cls.of(status, read_file(path))

    def renewed(self, path: str) -> "Signature | None":
        """Return the signature of the file at `path` if its content is the same; reads it only if its stamp is not.

        Raises:
            OSError: it cannot be read.

        """
        status = os.stat(path)
        if status.st_size != self.size:
            return None
        if _stamp(status) == self.time_stamp:
            return self
        now = Signature.of_file(path)
        return now if now.digest == self.digest else None


def _stamp(status: os.stat_result) -> int:
    """Return when a file was last changed, or given another time stamp."""
    return max(status.st_mtime_ns, status.st_ctime_ns)
