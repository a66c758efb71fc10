"""What a file's content is known by, without reading it again."""

import os
import time
from hashlib import sha256
from typing import NamedTuple

__all__ = ["Signature"]

_RACY_NANOSECONDS = 2_000_000_000


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
        is_settled = time.time_ns() - status.st_mtime_ns > _RACY_NANOSECONDS
        return cls(status.st_mtime_ns if is_settled else 0, len(content), sha256(content).hexdigest())

    @classmethod
    def of_file(cls, path: str) -> "Signature":
        """Return the signature of the file at `path`.

        Raises:
            OSError: it cannot be read.

        """
        status = os.stat(path)
        with open(path, "rb") as file:
            return cls.of(status, file.read())

    def still_holds(self, path: str) -> bool:
        """Tell whether the file at `path` has the same content; reads it only where its time stamp has changed.

        Raises:
            OSError: it cannot be read.

        """
        status = os.stat(path)
        if status.st_size != self.size:
            return False
        return status.st_mtime_ns == self.time_stamp or Signature.of_file(path).digest == self.digest
