"""The mypy plugin of flake8-pyarch: `plugins = ["mypy_pyarch"]` in mypy's configuration switches it on."""

from mypy_pyarch import errors
from mypy_pyarch.hooks import plugin

__all__ = ["errors", "plugin"]  # mypy wants to know the codes as soon as it has imported this
