"""Rules about the whole project, through the command and through Flake8."""

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import pytest

from flake8_pyarch.cli import main
from flake8_pyarch.rules.project.buildpack_descriptor import BuildpackDescriptor
from flake8_pyarch.source.text import SourceText
from tests.files import make_old, write_files

APPLICATION = "from fastapi import FastAPI\n\n\ndef create_application() -> FastAPI:\n    return FastAPI()\n"
FILES = {
    "pyproject.toml": '[project]\nname = "shop"\n\n[tool.pyarch]\nselect = ["PYA814"]\n',
    "src/shop/__init__.py": "",
    "src/shop/domain/__init__.py": "",
    "src/shop/api/__init__.py": "",
    "src/shop/application.py": APPLICATION,
}
REPORT = (
    "pyproject.toml:1:1: PYA814 the service has no 'project.toml': describe the build in 'project.toml', with "
    "'[_] schema-version' and '[io.buildpacks]'\n"
)

Write = Callable[[Mapping[str, str]], None]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    monkeypatch.chdir(tmp_path)

    return partial(write_files, tmp_path)


def output(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    main(["check", "--output-format", "concise", "-q", *words])
    return capsys.readouterr().out


def test_a_project_rule_reports_once(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    write(FILES)
    assert output(capsys) == REPORT
    assert output(capsys, "--jobs", "2", "--no-cache") == REPORT


def test_a_warm_run_parses_nothing(
    write: Write, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(FILES)
    make_old(Path())
    output(capsys)
    monkeypatch.setattr(SourceText, "parse", lambda _: pytest.fail("a file was parsed"))
    assert output(capsys) == REPORT


def test_what_is_asked_for_decides_where_is_reported(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    write(FILES)
    assert output(capsys, "src") == ""
    assert output(capsys, "src/shop/domain", "pyproject.toml").count("PYA814") == 1


def test_files_that_were_not_asked_for_count(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    write(FILES)
    assert output(capsys, "src/shop/domain", "pyproject.toml", "--no-cache") == REPORT


def test_ignores_for_a_file_that_is_no_python(write: Write) -> None:
    write(FILES)
    assert main(["check", "--per-file-ignores", "pyproject.toml:PYA8"]) == 0
    assert main(["check", "--per-file-ignores", "pyproject.tom:PYA8"]) == 2


def test_the_baseline_accepts_it(write: Write, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    write(FILES)
    main(["check", "--update-baseline", "-q"])
    capsys.readouterr()
    entries = json.loads((tmp_path / ".pyarch-baseline.json").read_text())["findings"]
    assert [(entry["path"], entry["code"], entry["count"]) for entry in entries] == [("pyproject.toml", "PYA814", 1)]
    assert output(capsys) == ""
    write({"Procfile": "web: shop\n"})
    main(["check"])
    assert "accepted, but fixed: pyproject.toml: PYA814" in capsys.readouterr().err


def test_a_noqa_comment_of_the_command_silences_flake8_too(write: Write, tmp_path: Path) -> None:
    write(FILES)
    assert flake8(tmp_path) == "./src/shop/__init__.py:1:1: PYA814\n"
    assert flake8(tmp_path, "--pyarch-project-rules-in-flake8", "false") == ""
    write({"pyproject.toml": FILES["pyproject.toml"].replace("[project]", "[project]  # noqa: PYA814", 1)})
    assert flake8(tmp_path) == ""


def flake8(root: Path, *options: str) -> str:
    line_format = "%(path)s:%(row)d:%(col)d: %(code)s"
    command = [sys.executable, "-m", "flake8", "--isolated", "--select", "PYA", "--format", line_format]
    return subprocess.run([*command, *options, "."], cwd=root, capture_output=True, text=True, check=False).stdout


def test_a_crash_is_reported(
    write: Write, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    write(FILES)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(BuildpackDescriptor, "check_project", lambda *_: 1 / 0)
    message = "rule PYA814 (buildpack-descriptor) failed with ZeroDivisionError: please report this as a bug"
    assert output(capsys) == f"pyproject.toml:1:1: PYA000 {message}\n"
    assert output(capsys, "--ignore", "PYA000") == ""
    monkeypatch.setattr(BuildpackDescriptor, "collect", lambda *_: 1 / 0)
    crash = f"PYA000 {message}\n"
    expected = f"pyproject.toml:1:1: {crash}src/shop/application.py:1:1: {crash}"
    assert output(capsys, "--no-cache") == expected
    assert output(capsys, "--no-cache", "--ignore", "PYA000") == ""
