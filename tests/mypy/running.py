"""Runs of mypy over projects made for the tests."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from mypy.plugin import Plugin

from tests.files import write_files

__all__ = ["CONFIGURATION", "OLD_MYPY", "run_mypy", "write"]

OLD_MYPY = (
    "mypy_pyarch: note: with mypy older than 2.4 only default values, x: T = Depends(provider), "
    "and in which order use cases are called are checked\n"
)
TOLD = "" if hasattr(Plugin, "get_additional_indirect_deps") else OLD_MYPY

CONFIGURATION = """\
[mypy]
plugins = {plugins}
strict = True
show_column_numbers = True
error_summary = False
"""


def write(root: Path, files: Mapping[str, str], plugins: str | None = "mypy_pyarch") -> None:
    """Write files below `root`, and a configuration for mypy, unless `plugins` is None."""
    configuration = {"mypy.ini": CONFIGURATION.format(plugins=plugins)} if plugins else {}
    write_files(root, {**configuration, **files})


def run_mypy(root: Path, cache: Path, *arguments: str, told: str = TOLD) -> list[str]:
    """Return what mypy says of the project at `root`, sorted; `told` is what it says on the standard error stream."""
    run = subprocess.run(
        [sys.executable, "-m", "mypy", "--cache-dir", str(cache), *arguments, "."],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.stderr == told
    return sorted(run.stdout.splitlines())
