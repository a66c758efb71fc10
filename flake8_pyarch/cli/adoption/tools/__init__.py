"""The tools that a project may use us through, one module each.

Each has `PURPOSE`, what its files get in a few words; `wants_us(drafts)`, which tells whether the project uses the tool
in a way that gains from it at once; and `edit(drafts)`, which raises `ConfigurationError` where a file cannot be read
or edited, and changes nothing where everything is there.
"""

from types import ModuleType

from flake8_pyarch.cli.adoption.tools import flake8, github, gitlab, mypy, pre_commit, ruff

__all__ = ["TOOLS"]

TOOLS: dict[str, ModuleType] = {
    "flake8": flake8,
    "pre-commit": pre_commit,
    "ruff": ruff,
    "mypy": mypy,
    "github": github,
    "gitlab": gitlab,
}
"""Name, which is also the option of `pyarch init` → module."""
