"""Where the manifests of a project lie."""

import os
from collections.abc import Iterator

from flake8_pyarch.settings import project_root, settings_file

__all__ = ["manifest_directories"]

_NAMES = frozenset({"pyproject.toml", "requirements.txt"})
_NOT_OURS = frozenset({"__pycache__", "node_modules", "site-packages", "test", "tests", "venv"})


def manifest_directories(root: str) -> Iterator[str]:
    """Yield the directories of the project at an absolute path that hold a manifest, the outermost first."""
    for directory, below, names in os.walk(root):
        if not _NAMES.isdisjoint(names) and project_root(directory) == root:
            yield directory
        shares_settings = settings_file(root) is not None
        below[:] = sorted(name for name in below if shares_settings and name not in _NOT_OURS and name[0] != ".")
