"""mypy: our plugin is loaded."""

from flake8_pyarch.cli.adoption.drafts import Drafts
from flake8_pyarch.cli.adoption.ini_edits import read_ini, with_ini_entry
from flake8_pyarch.cli.adoption.toml_edits import read_toml, table_in, with_entry
from flake8_pyarch.cli.adoption.tools.pre_commit import let_hook_know_us

__all__ = ["PURPOSE", "edit", "wants_us"]

PURPOSE = "mypy loads our plugin"

_PLUGIN = "mypy_pyarch"
_TABLE = ("tool", "mypy")


def wants_us(drafts: Drafts) -> bool:
    """Tell that nobody gets the plugin unasked: its findings have no baseline, and mypy ends where it is missing."""
    del drafts
    return False


def edit(drafts: Drafts) -> None:
    """Add the plugin to mypy's, and to the environment of the hook `mypy` of pre-commit."""
    name = _file(drafts)
    origin, text = drafts.path(name), drafts.text(name)
    if name == "pyproject.toml":
        drafts.put(name, with_entry(origin, text, _TABLE, "plugins", _PLUGIN))
    else:
        drafts.put(name, with_ini_entry(origin, text, "mypy", "plugins", _PLUGIN))
    let_hook_know_us(drafts, "mypy")


def _file(drafts: Drafts) -> str:
    """Return the name of the file that mypy reads, or that it is to read."""
    for name in ("mypy.ini", ".mypy.ini"):
        if drafts.exists(name):
            return name
    in_pyproject = table_in(read_toml(drafts.path("pyproject.toml"), drafts.text("pyproject.toml")), _TABLE) is not None
    if not in_pyproject and "mypy" in read_ini(drafts.path("setup.cfg"), drafts.text("setup.cfg")):
        return "setup.cfg"
    return "pyproject.toml" if drafts.exists("pyproject.toml") else "mypy.ini"
