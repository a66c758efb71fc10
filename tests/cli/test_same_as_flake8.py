"""Flake8 and `pyarch check` agree, finding for finding, on all that both can see."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from flake8_pyarch.checking import all_rules
from tests.cli.command import pyarch

EXAMPLE = Path(__file__).parents[2] / "docs" / "example"
CODES = ",".join(rule.code for rule in all_rules() if rule.in_flake8 and not rule.is_about_project)
"""The rules that need no more than Flake8 shows a plugin: a file."""

Place = tuple[str, int, int, str]


@pytest.fixture(params=["library", "library_with_mistakes"])
def example(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    root = tmp_path / "example"
    shutil.copytree(EXAMPLE / request.param, root, ignore=shutil.ignore_patterns(".*", "__pycache__"))
    return root


def by_flake8(root: Path, *options: str) -> list[Place]:
    command = [
        sys.executable,
        "-m",
        "flake8",
        "--isolated",
        "--select",
        CODES,
        "--format",
        "%(path)s\t%(row)d\t%(col)d\t%(code)s %(text)s",
    ]
    run = subprocess.run([*command, *options, "."], cwd=root, capture_output=True, text=True, check=False)
    assert run.stderr == ""
    found = (line.split("\t") for line in run.stdout.splitlines())
    return sorted((path.removeprefix("./"), int(row), int(column), text) for path, row, column, text in found)


def by_pyarch(root: Path) -> list[Place]:
    run = pyarch("check", "--quiet", "--allow-unmatched", "--select", CODES, "--output-format", "json-lines", cwd=root)
    assert run.err == ""
    found = map(json.loads, run.lines)
    return sorted(
        (
            Path(each["filename"]).relative_to(root).as_posix(),
            each["location"]["row"],
            each["location"]["column"],
            f"{each['code']} {each['message']}",
        )
        for each in found
    )


def test_the_same_findings(example: Path) -> None:
    found = by_pyarch(example)
    assert found == by_flake8(example)
    assert found


def test_the_same_comments_baseline_and_settings(example: Path) -> None:
    for path in sorted(example.rglob("*.py"))[::3]:
        pyarch("check", "--add-noqa", "--select", CODES, path, cwd=example)
    pyarch("check", "--update-baseline", "--select", "PYA1", cwd=example)
    with (example / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write('\n[tool.pyarch.per-file-ignores]\n"**/routes.py" = ["PYA4"]\n')
    assert by_pyarch(example) == by_flake8(example)
