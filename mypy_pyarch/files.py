"""Files of the run: whose they are, and what they hold."""

__all__ = ["is_third_party", "read_bytes"]

_THIRD_PARTY = ("/site-packages/", "/dist-packages/", "/mypy/typeshed/")


def is_third_party(path: str) -> bool:
    """Tell whether a file is that of a library, or of the standard one."""
    return any(part in path.replace("\\", "/") for part in _THIRD_PARTY)


def read_bytes(path: str) -> bytes | None:
    """Return what the file at `path` holds, None where it cannot be read."""
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return None
