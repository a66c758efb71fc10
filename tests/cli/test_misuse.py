"""What is wrong with the words of a command: one line that names it, what is allowed, and what was probably meant."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from flake8_pyarch.cli import running
from tests.cli.command import pyarch, tree, write

FORMATS = "concise, full, grouped, json, json-lines, rdjson, github, gitlab, junit, pylint, azure, sarif"
A_CODE = "expected a code or its beginning, such as 'PYA101', 'PYA1' or 'PYX'"
PRESETS = "'seed', 'clean', 'layers', 'minimal' or 'strict'"


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (["--selct", "PYA1"], "command line: unknown option '--selct'; did you mean '--select'?"),
        (["--zzz"], "command line: unknown option '--zzz'; `pyarch check --help` lists the options"),
        (["--fix=yes"], "command line: argument --fix: ignored explicit argument 'yes'"),
        (["--select"], "command line: argument --select: expected one argument"),
        (
            ["--output-format", "jsn"],
            f"command line: argument --output-format: 'jsn' is not one of {FORMATS}; did you mean 'json'?",
        ),
        (["--jobs", "0"], "command line: argument -j/--jobs: '0' is no number of processes, expected 1 or more"),
        (["--jobs", "two"], "command line: argument -j/--jobs: 'two' is no number of processes, expected 1 or more"),
        (
            ["--select", "PYA1O1"],
            f"command line, --select: 'select' holds 'PYA1O1', {A_CODE}",
        ),
        (
            ["--select", "E501"],
            f"command line, --select: 'select' holds 'E501', {A_CODE}",
        ),
        (
            ["--ignore", "PYA199"],
            "command line, --ignore: 'ignore' holds 'PYA199', which no rule has; did you mean 'PYA109'?",
        ),
        (
            ["--extend-select", "PYA12"],
            "command line, --extend-select: 'extend-select' holds 'PYA12', which no rule has",
        ),
        (["--preset", "sed"], f"command line, --preset: 'preset' is 'sed', expected {PRESETS}; did you mean 'seed'?"),
        (
            ["--per-file-ignores", "tests"],
            "command line, --per-file-ignores: 'tests' is no pair of a glob and codes, such as 'tests/*:PYA601,PYA7'",
        ),
        (
            ["--statistics", "--output-format", "sarif"],
            "command line, --statistics: has no sarif format, only concise, full, json",
        ),
        (
            ["--no-baseline", "--update-baseline"],
            "command line: --no-baseline contradicts --baseline and --update-baseline",
        ),
        (["--allow-growth"], "command line: --allow-growth goes with --update-baseline"),
        (
            ["--baseline", "nothere.json"],
            "command line, --baseline: 'nothere.json' does not exist; --update-baseline writes it",
        ),
        (["-", "src"], "command line: '-' is for stdin alone, without other paths"),
        (["-", "--add-noqa"], "command line: --add-noqa is for files, not for stdin"),
        (["-", "--watch"], "command line: --watch is for files, not for stdin"),
        (["nothere"], "command line: 'nothere' does not exist"),
        (
            ["--output-file", "nothere/findings.txt"],
            "command line, --output-file: 'nothere/findings.txt' cannot be written: No such file or directory",
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_one_line(words: list[str], problem: str, shop: Path) -> None:
    before = tree(shop)
    run = pyarch("check", *words, cwd=shop)
    assert run.code == 2
    assert run.out == ""
    first, *rest = run.err.splitlines()
    assert rest == []
    assert first.startswith(f"pyarch: error: {problem}")
    assert tree(shop) == before


def test_unknown_command(shop: Path) -> None:
    run = pyarch("chek", cwd=shop)
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("pyarch: error: command line: unknown command 'chek', expected one of check, ")
    assert run.err.endswith("; did you mean 'check'?\n")
    assert pyarch("src", cwd=shop).err.endswith("; to check files: pyarch check src\n")


def test_unexpected_argument(shop: Path) -> None:
    run = pyarch("config", "src", "pyproject.toml", cwd=shop)
    expected = "unexpected argument 'pyproject.toml'; `pyarch config --help` says what is expected"
    assert run == (2, "", f"pyarch: error: command line: {expected}\n")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("[tool.pyarch]\nselekt = []\n", "unknown key 'selekt'; did you mean 'select'?"),
        ('[tool.pyarch]\nselect = ["PYA999"]\n', "'select' holds 'PYA999', which no rule has"),
        ("[tool.pyarch\n", "cannot be read: "),
        ("[tool.pyarch]\nlayers = 1\n", "'layers' is 1, expected a table"),
    ],
)
def test_bad_settings(content: str, problem: str, shop: Path) -> None:
    (shop / "pyproject.toml").write_text(content)
    run = pyarch("check", cwd=shop)
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith(f"pyarch: error: {shop}/pyproject.toml: {problem}")
    assert run.err.count("\n") == 1


def test_named_settings_file_that_is_not_there(shop: Path) -> None:
    run = pyarch("check", "--config", "other.toml", cwd=shop)
    assert run == (2, "", f"pyarch: error: {shop}/other.toml: cannot be read: No such file or directory\n")


def test_settings_that_match_nothing(shop: Path) -> None:
    write(
        shop,
        {
            "pyproject.toml": '[tool.pyarch]\nsrc = ["src", "lib"]\nper-file-ignores = {"nix/*" = ["PYA1"]}\n'
            '[tool.pyarch.layers.domain]\npackages = ["domian"]\n'
        },
    )
    problems = [
        "'layers.domain.packages' holds 'domian', which no module matches",
        "'per-file-ignores' holds 'nix/*', which no file matches",
        "'src' holds 'lib', which is no directory",
    ]
    run = pyarch("check", cwd=shop)
    assert (run.code, run.out) == (2, "")
    for problem in problems:
        assert problem in run.err
    run = pyarch("check", "--allow-unmatched", cwd=shop)
    assert run.code == 1
    assert run.err.splitlines() == [f"warning: {shop}/pyproject.toml: {problem}" for problem in problems]


def test_a_part_of_the_project_does_not_judge_its_settings(shop: Path) -> None:
    write(shop, {"pyproject.toml": '[tool.pyarch]\nper-file-ignores = {"nix/*" = ["PYA1"]}\n'})
    assert pyarch("check", "src", cwd=shop).code == 1


def test_missing_path_does_not_keep_the_others_back(shop: Path) -> None:
    run = pyarch("check", "nothere", "src/shop/domain", "gone.py", cwd=shop)
    assert run.code == 2
    assert [line.split(":")[0] for line in run.lines] == ["src/shop/domain/book.py", "Found 1 error."]
    assert run.err.splitlines() == [
        "pyarch: error: command line: 'nothere' does not exist",
        "pyarch: error: command line: 'gone.py' does not exist",
    ]


def test_unreadable_file_does_not_keep_the_others_back(shop: Path) -> None:
    with socket.socket(socket.AF_UNIX) as unreadable:
        os.chdir(shop)
        unreadable.bind("odd.py")
        run = pyarch("check", "odd.py", "src", "--exit-zero", cwd=shop)
    assert run.code == 2
    assert run.err == "pyarch: error: odd.py: it is no regular file\n"
    assert run.lines[-2:] == ["Found 2 errors.", "[*] 1 fixable with `--fix`."]


def test_unreadable_file_has_passed_no_check(shop: Path) -> None:
    os.mkfifo(shop / "odd.py")
    run = pyarch("check", "odd.py", cwd=shop)
    assert (run.code, run.lines) == (2, ["Nothing found in what could be checked."])
    assert run.err == "pyarch: error: odd.py: it is no regular file\n"


def test_file_that_goes_meanwhile(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check_file = running.check_file

    def check(path: str, *rest: object, **more: object) -> running.Checked:
        if path.endswith("book.py"):
            os.unlink(path)
        return check_file(path, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(running, "check_file", check)
    run = pyarch("check", cwd=shop)
    assert run.code == 2
    assert run.err == "pyarch: error: src/shop/domain/book.py: No such file or directory\n"
    assert run.lines[-2:] == ["Found 1 error.", "[*] 1 fixable with `--fix`."]


def test_unreadable_directory_does_not_keep_the_others_back(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scandir = os.scandir

    def scan(path: str) -> Iterator[os.DirEntry[str]]:
        if path.endswith("domain"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", scan)
    run = pyarch("check", "--no-cache", cwd=shop)
    assert run.code == 2
    assert run.err == "pyarch: error: src/shop/domain: Permission denied\n"
    assert [line.split(":")[0] for line in run.lines][:1] == ["src/shop/usecases/lending.py"]


def test_bytes_that_are_no_text_are_a_finding_even_in_a_comment(shop: Path) -> None:
    write(shop, {"src/shop/domain/book.py": b"# \xe9\nfrom sqlalchemy import select\n"})
    run = pyarch("check", "src/shop/domain", cwd=shop)
    assert [line.partition(" the ")[0] for line in run.lines][:1] == ["src/shop/domain/book.py:1:1: PYA001"]
