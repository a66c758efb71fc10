"""Ruff: it leaves our codes in `noqa` comments alone."""

from flake8_pyarch.cli.adoption.drafts import Drafts
from flake8_pyarch.cli.adoption.toml_edits import read_toml, table_in, with_entry

__all__ = ["PURPOSE", "edit", "wants_us"]

PURPOSE = "Ruff leaves `# noqa: PYA…` alone"

_FILES = (".ruff.toml", "ruff.toml", "pyproject.toml")


def wants_us(drafts: Drafts) -> bool:
    """Tell whether there is a configuration of Ruff."""
    return _file(drafts) is not None


def edit(drafts: Drafts) -> None:
    """Name our codes as those of another linter."""
    name = _file(drafts) or ("pyproject.toml" if drafts.exists("pyproject.toml") else "ruff.toml")
    for code in ("PYA", "PYX"):
        origin, text = drafts.path(name), drafts.text(name)
        table = table_in(read_toml(origin, text), _table(name)) or {}
        home = _table(name) if "external" in table else [*_table(name), "lint"]
        drafts.put(name, with_entry(origin, text, home, "external", code))


def _file(drafts: Drafts) -> str | None:
    present = (name for name in _FILES if drafts.exists(name))
    read = {name: read_toml(drafts.path(name), drafts.text(name)) for name in present}
    return next((name for name, data in read.items() if table_in(data, _table(name)) is not None), None)


def _table(name: str) -> list[str]:
    return ["tool", "ruff"] if name == "pyproject.toml" else []
