"""Writing files whole or not at all."""

import os
import tempfile

__all__ = ["replace_file"]


def replace_file(path: str, content: bytes) -> None:
    """Put `content` in the place of the file at `path`, keeping its permissions.

    Whoever reads the path meanwhile, and whatever interrupts the writing, sees the old file or the new one.

    Raises:
        OSError: it cannot be written; the old file is still there.

    """
    directory, name = os.path.split(path)
    descriptor, temporary = tempfile.mkstemp(dir=directory, prefix=f".{name}.", suffix=".tmp")
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
