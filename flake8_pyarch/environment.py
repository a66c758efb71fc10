"""The environment variables that have a say in the output."""

import os

__all__ = ["variable"]


def variable(name: str) -> str | None:
    """Return the value of an environment variable, None where it is not set."""
    return os.environ.get(name)
