"""Flake8: our codes are selected where its configuration selects codes."""

from flake8_pyarch.cli.adoption.drafts import Drafts
from flake8_pyarch.cli.adoption.ini_edits import read_ini, with_ini_entry

__all__ = ["PURPOSE", "edit", "wants_us"]

PURPOSE = "Flake8 reports our codes"

_FILES = ("setup.cfg", "tox.ini", ".flake8")
_NOTHING_BUT_US = "[flake8]\nselect = PYA,E999\nextend-exclude = .venv,venv\n"
"""For a project that did not use Flake8: it shall not be flooded with what another linter may already report."""


def wants_us(drafts: Drafts) -> bool:
    """Tell whether there is a configuration of Flake8."""
    return _file(drafts) is not None


def edit(drafts: Drafts) -> None:
    """Select our codes, or make a configuration that selects nothing else."""
    name = _file(drafts)
    if name is None:
        drafts.put(".flake8", drafts.text(".flake8") + _NOTHING_BUT_US)
        return
    origin, text = drafts.path(name), drafts.text(name)
    section = read_ini(origin, text)["flake8"]
    selected = [code for key in ("select", "extend_select") for code in section.get(key, "").replace(",", " ").split()]
    if "select" in section and not any("PYA".startswith(code) for code in selected):
        drafts.put(name, with_ini_entry(origin, text, "flake8", "extend-select", "PYA"))


def _file(drafts: Drafts) -> str | None:
    present = (name for name in _FILES if drafts.exists(name))
    return next((name for name in present if "flake8" in read_ini(drafts.path(name), drafts.text(name))), None)
