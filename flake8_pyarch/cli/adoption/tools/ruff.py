"""Ruff: it leaves our codes in `noqa` comments alone."""

import posixpath
from collections.abc import Mapping
from typing import Any

from flake8_pyarch.cli.adoption.drafts import Drafts
from flake8_pyarch.cli.adoption.toml_edits import read_toml, table_in, with_entry
from flake8_pyarch.settings import CODE_PREFIXES

__all__ = ["PURPOSE", "edit", "wants_us"]

PURPOSE = "Ruff leaves `# noqa: PYA…` alone"

_FILES = (".ruff.toml", "ruff.toml", "pyproject.toml")


def wants_us(drafts: Drafts) -> bool:
    """Tell whether there is a configuration of Ruff."""
    return _file(drafts) is not None


def edit(drafts: Drafts) -> None:
    """Name our codes as those of another linter."""
    name = _file(drafts) or ("pyproject.toml" if drafts.exists("pyproject.toml") else "ruff.toml")
    name = _with_list(drafts, name) or name
    for code in CODE_PREFIXES:
        home = _home(drafts, name) or [*_table(name), "lint"]
        drafts.put(name, with_entry(drafts.path(name), drafts.text(name), home, "external", code))


def _with_list(drafts: Drafts, name: str) -> str | None:
    """Return the file that has the list: a configuration, or the one that it extends, whose list it would replace."""
    seen: set[str] = set()
    while _home(drafts, name) is None:
        seen.add(name)
        base = (_settings(drafts, name) or {}).get("extend")
        if not isinstance(base, str):
            return None
        name = posixpath.normpath(posixpath.join(posixpath.dirname(name), base))
        if name in seen or name.startswith(("/", "../")) or not drafts.exists(name):
            return None
    return name


def _home(drafts: Drafts, name: str) -> list[str] | None:
    """Return the table that has the list of other linters' codes; Ruff reads it in two places."""
    data = read_toml(drafts.path(name), drafts.text(name))
    tables = ([*_table(name), "lint"], _table(name))
    return next((table for table in tables if "external" in (table_in(data, table) or {})), None)


def _settings(drafts: Drafts, name: str) -> Mapping[str, Any] | None:
    return table_in(read_toml(drafts.path(name), drafts.text(name)), _table(name))


def _file(drafts: Drafts) -> str | None:
    present = (name for name in _FILES if drafts.exists(name))
    return next((name for name in present if _settings(drafts, name) is not None), None)


def _table(name: str) -> list[str]:
    return ["tool", "ruff"] if name.endswith("pyproject.toml") else []
