"""The mypy plugin of flake8-pyarch: `plugins = ["mypy_pyarch"]` in mypy's configuration switches it on."""

from mypy.plugin import Plugin

from mypy_pyarch import errors
from mypy_pyarch.hooks import PyarchPlugin

__all__ = ["errors", "plugin"]  # mypy wants to know the codes as soon as it has imported this


def plugin(version: str) -> type[Plugin]:  # noqa: ARG001 - mypy passes its version; what it can do is looked at instead
    """Return the plugin's class: mypy's entry point."""
    return PyarchPlugin
