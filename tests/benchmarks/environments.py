"""Virtual environments with the tools that we are compared with, made once and kept."""

import subprocess
import sys
from pathlib import Path

__all__ = ["Environments"]

_OURS = Path(__file__).parents[2]
_PACKAGES = {
    "plain": ["flake8"],
    "plugin": ["flake8", "--editable", str(_OURS)],
    "bugbear": ["flake8", "flake8-bugbear"],
    "wemake": ["flake8", "wemake-python-styleguide"],
    "tools": ["ruff", "pylint", "import-linter", "tach", "mypy", "pydantic", "fastapi", "sqlalchemy", "structlog"],
    "checked": ["mypy", "pydantic", "fastapi", "sqlalchemy", "structlog", "--editable", str(_OURS)],
}


class Environments:
    """The environments below a directory.

    Arguments:
        directory: where they are kept.

    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def program(self, environment: str, name: str) -> str:
        """Return the path of a program in an environment, which is made if it is not there."""
        return str(self.path(environment) / "bin" / name)

    def path(self, environment: str) -> Path:
        """Return the path of an environment, which is made if it is not there."""
        path = self._directory / environment
        if not (path / "complete").exists():
            sys.stderr.write(f"making the environment '{environment}'\n")
            subprocess.run([sys.executable, "-m", "venv", "--clear", str(path)], check=True)
            install = [str(path / "bin/python"), "-m", "pip", "install", "--quiet", *_PACKAGES[environment]]
            subprocess.run(install, check=True)
            (path / "complete").touch()
        return path
