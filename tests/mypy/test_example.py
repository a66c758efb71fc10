"""The plugin says of the example service with mistakes what its table lists, and of the clean one nothing."""

import re
import shutil
from pathlib import Path

from tests.mypy.running import CONFIGURATION, run_mypy
from tests.test_example import EXAMPLE, MISTAKES, lines_of, listed_mistakes

LAYOUT = """\
mypy_path = src
explicit_package_bases = True

[mypy-pydantic_settings.*,sqlalchemy.*,structlog.*,uvicorn.*]
ignore_missing_imports = True
follow_imports = skip
"""
_REPORT = re.compile(r"^(?P<path>.+\.py):(?P<row>\d+):\d+: error: .+  \[(?P<code>pyarch-[a-z-]+)\]$")


def reported(project: Path, root: Path, cache: Path) -> set[tuple[str, int, str]]:
    """Return path, line and code of what the plugin reports."""
    shutil.copytree(project, root, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".*", "__pycache__"))
    (root / "mypy.ini").write_text(CONFIGURATION.format(plugins="mypy_pyarch") + LAYOUT, encoding="utf-8")
    found = filter(None, map(_REPORT.match, run_mypy(root, cache)))
    return {(match["path"], int(match["row"]), match["code"]) for match in found}


def test_the_mistakes(tmp_path: Path, cache: Path) -> None:
    listed = {
        (mistake.path, row, mistake.code)
        for mistake in listed_mistakes()
        for row, line in enumerate(lines_of(mistake.path), start=1)
        if mistake.code.startswith("pyarch-") and mistake.symbol in line
    }
    assert listed
    assert reported(MISTAKES, tmp_path, cache) == listed


def test_the_clean_one(tmp_path: Path, cache: Path) -> None:
    assert reported(EXAMPLE / "library", tmp_path, cache) == set()
