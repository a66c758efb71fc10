"""A small project with rules of its own."""

import contextlib
import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from flake8.main.cli import main as flake8_main

from flake8_pyarch.checking import Linter, Reported
from flake8_pyarch.cli import main as pyarch_main
from flake8_pyarch.settings import forget_settings
from flake8_pyarch.source.text import SourceText

__all__ = ["RULES", "flake8", "found", "pyarch", "write"]

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
    for name, content in {**SETTINGS, **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def found(root: Path, name: str) -> list[Reported]:
    """Return what the check of a file reports by custom rules."""
    forget_settings()
    path = str(root / name)
    result = Linter().project_of(path).check_text(path, SourceText((root / name).read_bytes()))
    return [each for each in result.reported if each.finding.code.startswith("PYX")]


class Run(NamedTuple):
    """What a command came to."""

    returncode: int
    stdout: str
    stderr: str


def flake8(root: Path, *arguments: str) -> Run:
    """Run Flake8 in this process."""
    return _run(flake8_main, root, ["--isolated", "--jobs", "1", *arguments])


def pyarch(root: Path, *arguments: str) -> Run:
    """Run `pyarch` in this process."""
    return _run(pyarch_main, root, arguments)


def _run(main: Callable[[Sequence[str]], int], root: Path, arguments: Sequence[str]) -> Run:
    forget_settings()
    output, errors = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2))
    with contextlib.chdir(root), contextlib.redirect_stdout(output), contextlib.redirect_stderr(errors):
        returncode = main(arguments)
    texts = []
    for stream in (output, errors):
        stream.flush()
        stream.seek(0)
        texts.append(stream.read())
    return Run(returncode, *texts)
