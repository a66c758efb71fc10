"""Where the manifests of a project lie."""

import os
from collections.abc import Iterator

from flake8_pyarch.settings import project_root, settings_file
from flake8_pyarch.source.project_layers import NOT_THE_APPLICATION

__all__ = ["manifest_directories"]

_NAMES = frozenset({"pyproject.toml", "requirements.txt"})


def manifest_directories(root: str) -> Iterator[str]:
    """Yield the directories of the project at an absolute path that hold a manifest, the outermost first."""
    for directory, below, names in os.walk(root):
        if not _NAMES.isdisjoint(names) and project_root(directory) == root:
            yield directory
        if settings_file(root) is None:
            return
        below[:] = sorted(name for name in below if name not in NOT_THE_APPLICATION and name[0] != ".")
