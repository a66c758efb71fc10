"""What a run prints beside its findings, and where: statistics, files, settings, colours, progress."""

import json
import os
import time
from pathlib import Path

import pytest

from flake8_pyarch.cli import progress
from flake8_pyarch.output.formats import FORMATS
from tests.cli.command import pyarch, tree, write

ESCAPE = "\x1b["


def test_statistics(shop: Path) -> None:
    write(shop, {"src/shop/domain/novel.py": "import sqlalchemy\n"})
    run = pyarch("check", "--statistics", cwd=shop)
    assert run.code == 1
    assert run.lines == [
        "2\tPYA102\t[ ] framework-in-domain",
        "1\tPYA508\t[*] cause-dropped",
        "Found 3 errors.",
        "[*] 1 fixable with `--fix`.",
    ]


def test_statistics_as_json(shop: Path) -> None:
    run = pyarch("check", "--statistics", "--output-format", "json", cwd=shop)
    assert [(each["code"], each["count"], each["fixable"]) for each in json.loads(run.out)] == [
        ("PYA102", 1, False),
        ("PYA508", 1, True),
    ]


def test_output_file(shop: Path) -> None:
    expected = pyarch("check", cwd=shop)
    run = pyarch("check", "--output-file", "findings.txt", cwd=shop)
    assert run == (1, "", "")
    assert (shop / "findings.txt").read_text() == expected.out
    run = pyarch("check", "-o", "findings.json", "--output-format", "json", cwd=shop, terminal=True)
    assert [each["code"] for each in json.loads((shop / "findings.json").read_text())] == ["PYA102", "PYA508"]
    pyarch("check", "-o", "full.txt", cwd=shop, terminal=True, environment={"FORCE_COLOR": "1"})
    assert ESCAPE not in (shop / "full.txt").read_text()


def test_output_file_that_is_no_file(shop: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    os.mkfifo(shop / "pipe")
    (shop / "link.txt").symlink_to(elsewhere / "findings.txt")
    with os.fdopen(os.open(shop / "pipe", os.O_RDONLY | os.O_NONBLOCK)) as pipe:
        assert pyarch("check", "-o", "pipe", cwd=shop) == (1, "", "")
        assert pipe.readlines()[-2] == "Found 2 errors.\n"
    assert (shop / "pipe").is_fifo()
    assert pyarch("check", "-o", "link.txt", cwd=shop).code == 1
    assert (shop / "link.txt").is_symlink()
    assert (elsewhere / "findings.txt").read_text().count("PYA102") == 1
    run = pyarch("check", "-o", "src", cwd=shop)
    assert (run.code, run.out) == (2, "")
    assert run.err == "pyarch: error: command line, --output-file: 'src' cannot be written: Is a directory\n"


def test_no_files(shop: Path) -> None:
    (shop / "empty").mkdir()
    run = pyarch("check", "empty", cwd=shop)
    assert run == (0, "All checks passed!\n", "warning: no Python files found under the given paths\n")
    assert pyarch("check", "empty", "--quiet", cwd=shop) == (0, "", "")


def test_show_files(shop: Path) -> None:
    write(shop, {"README.md": "", "src/shop/stub.pyi": "", ".venv/lib.py": "", "build.py": ""})
    before = tree(shop)
    run = pyarch("check", "--show-files", cwd=shop)
    assert (run.code, run.err, tree(shop)) == (0, "", before)
    assert run.lines == sorted(str(path) for path in [shop / "build.py", *shop.glob("src/**/*.py")])


def test_show_settings(shop: Path) -> None:
    write(shop, {"pyproject.toml": '[tool.pyarch]\nignore = ["PYA5"]\n'})
    before = tree(shop)
    run = pyarch("check", "--show-settings", "--select", "PYA1", cwd=shop)
    assert (run.code, run.err, tree(shop)) == (0, "", before)
    assert run.lines[:2] == [f"project: {shop}", f"settings: {shop}/pyproject.toml"]
    assert 'select = ["PYA1"]  # command line, --select' in run.lines
    assert f'ignore = ["PYA5"]  # {shop}/pyproject.toml' in run.lines
    assert 'preset = "seed"  # default' in run.lines


def test_quiet_and_verbose(shop: Path) -> None:
    full = pyarch("check", cwd=shop)
    quiet = pyarch("check", "--quiet", cwd=shop)
    assert quiet.lines == full.lines[:2]
    assert pyarch("check", "-q", "--select", "PYA7", cwd=shop) == (0, "", "")
    assert pyarch("check", "-v", cwd=shop) == (1, full.out, "checked 5 files in 1 project\n")


def test_a_terminal_shows_colours_and_source_lines(shop: Path) -> None:
    on_terminal = pyarch("check", cwd=shop, terminal=True)
    assert ESCAPE in on_terminal.out
    assert "from sqlalchemy import select" in on_terminal.out
    piped = pyarch("check", cwd=shop)
    assert ESCAPE not in piped.out
    assert "from sqlalchemy import select" not in piped.out


@pytest.mark.parametrize(
    ("environment", "terminal", "coloured"),
    [
        ({"NO_COLOR": "1"}, True, False),
        ({"NO_COLOR": ""}, True, True),
        ({"FORCE_COLOR": "1"}, False, True),
        ({"FORCE_COLOR": "0"}, False, False),
        ({"TERM": "dumb"}, True, False),
    ],
)
def test_who_decides_on_colours(environment: dict[str, str], terminal: bool, coloured: bool, shop: Path) -> None:  # noqa: FBT001
    run = pyarch("check", cwd=shop, terminal=terminal, environment=environment)
    assert (ESCAPE in run.out) == coloured
    machine = pyarch("check", "--output-format", "json", cwd=shop, terminal=terminal, environment=environment)
    assert [each["code"] for each in json.loads(machine.out)] == ["PYA102", "PYA508"]


def test_progress_is_for_long_runs_on_a_terminal(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert pyarch("check", "--no-cache", cwd=shop, terminal=True).err == ""
    monkeypatch.setattr(progress, "_PATIENCE_SECONDS", 0)
    assert "Checking" in pyarch("check", "--no-cache", cwd=shop, terminal=True).err
    assert pyarch("check", "--no-cache", cwd=shop).err == ""
    assert pyarch("check", "--no-cache", "--quiet", cwd=shop, terminal=True).err == ""


def test_progress_waits_a_second(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = iter([0.0, *[0.9] * 100])
    monkeypatch.setattr(time, "monotonic", lambda: next(ticks))
    assert pyarch("check", "--no-cache", cwd=shop, terminal=True).err == ""


def test_names_that_steer_a_terminal_are_shown(shop: Path) -> None:
    name = "src/shop/domain/\x1b[31m\nbook.py"
    write(shop, {name: "import sqlalchemy\n"})
    for words in ([], ["--fix", "-v"], [name, "nothere\x1b[0m"], ["--output-format", "grouped"]):
        run = pyarch("check", *words, cwd=shop)
        assert "\x1b" not in run.out + run.err


def test_names_that_are_no_text(shop: Path) -> None:
    path = os.fsencode(shop) + b"/src/shop/domain/\xff.py"
    with open(path, "wb") as file:
        file.write(b"import sqlalchemy\n")
    for name in FORMATS:
        run = pyarch("check", "--output-format", name, cwd=shop)
        assert (run.code, run.err) == (1, ""), name
        assert run.out.count("PYA102") >= 2, name
    pyarch("check", "--update-baseline", cwd=shop)
    assert pyarch("check", cwd=shop) == (0, "All checks passed!\n", "")
    pyarch("check", "--no-baseline", "--add-noqa", cwd=shop)
    with open(path, "rb") as file:
        assert file.read() == b"import sqlalchemy  # noqa: PYA102,PYA211\n"
