"""A small project with rules of its own."""

from collections.abc import Mapping
from pathlib import Path

from flake8_pyarch.checking import Linter, Reported
from flake8_pyarch.settings import forget_settings
from flake8_pyarch.source.text import SourceText
from tests.files import write_files

__all__ = ["RULES", "found", "write"]

RULES = """\
id: no-print
language: python
severity: warning
message: "'print' writes $$$VALUES past the log"
note: Whoever runs the service reads the log.
rule:
  pattern: print($$$VALUES)
fix: log($$$VALUES)
---
id: no-upper
language: python
rule:
  pattern: $NAME.upper()
constraints:
  NAME:
    kind: identifier
"""


SETTINGS: dict[str, str | bytes] = {"pyproject.toml": '[tool.pyarch]\ncustom-rules = ["lint/*.yml"]\n'}


def write(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files below `root`, with settings that take every YAML file in `lint/`."""
    write_files(root, {**SETTINGS, **files})
    return root


def found(root: Path, name: str) -> list[Reported]:
    """Return what the check of a file reports by custom rules."""
    forget_settings()
    path = str(root / name)
    result = Linter().project_of(path).check_text(path, SourceText((root / name).read_bytes()))
    return [each for each in result.reported if each.finding.code.startswith("PYX")]
