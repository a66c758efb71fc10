"""Paths as a CI knows them."""

import os

from flake8_pyarch.environment import CHECKOUTS, variable
from flake8_pyarch.output.report import Entry

__all__ = ["repository_path", "repository_root"]


def repository_root() -> str:
    """Return the directory that the repository is checked out to, the working directory where no CI tells."""
    here = os.getcwd()
    for name in CHECKOUTS:
        checkout = os.path.abspath(variable(name) or here)
        if here.startswith(os.path.join(checkout, "")):
            return checkout
    return here


def repository_path(entry: Entry) -> str:
    """Return the path below that directory, with forward slashes, the absolute one where the file lies elsewhere."""
    return entry.path_below(repository_root()).replace(os.sep, "/")
