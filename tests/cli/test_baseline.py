"""The baseline: what is accepted stays accepted, what is new is reported, what is fixed is named."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.command import pyarch, tree, write

BASELINE = ".pyarch-baseline.json"
NAME = "src/shop/usecases/lending.py"
LENDING = """\
import time


class Shelf:
    def find(self, books):
        try:
            return books[0]
        except KeyError:
            raise ValueError('no book', books, self)


class Desk:
    def lend(self, books):
        print('lent', books)


def wait(books):
    time.sleep(1)
    print('waited', books)
"""


@pytest.fixture
def accepted(shop: Path) -> Path:
    """Return the directory of a project whose findings are accepted."""
    write(shop, {NAME: LENDING})
    run = pyarch("check", "--update-baseline", cwd=shop)
    assert run == (0, "All checks passed!\n", f"{BASELINE}: 4 accepted, 4 added, 0 dropped\n")
    return shop


def entries(root: Path) -> list[dict[str, object]]:
    findings: list[dict[str, object]] = json.loads((root / BASELINE).read_text())["findings"]
    return findings


def reformatted(text: str) -> str:
    command = [sys.executable, "-m", "ruff", "format", "--isolated", "--line-length", "40", "-"]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout


def moved(text: str) -> str:
    head, shelf, rest = text.partition("class Shelf:")
    body, desk, tail = rest.partition("class Desk:")
    desk_body, function, end = tail.partition("def wait")
    return head + desk + desk_body + shelf + body + function + end


def test_what_it_holds(accepted: Path) -> None:
    assert [(each["path"], each["code"], each["symbol"], each["count"]) for each in entries(accepted)] == [
        ("src/shop/domain/book.py", "PYA102", "", 1),
        (NAME, "PYA508", "Shelf.find", 1),
        (NAME, "PYA602", "Desk.lend", 1),
        (NAME, "PYA602", "wait", 1),
    ]
    assert {key for each in entries(accepted) for key in each} == {"path", "code", "symbol", "digest", "count"}


CHANGES: dict[str, Callable[[str], str]] = {
    "lines above": lambda text: f'"""Lending."""\n\nimport os\n\nSHELVES = 3\n\n\n{text}',
    "ruff format": reformatted,
    "a class moves": moved,
    "line ends": lambda text: text.replace("\n", "\r\n"),
    "another name": lambda text: text.replace("import time", "import time as clock").replace("time.sl", "clock.sl"),
    "quotes": lambda text: text.replace("'", '"'),
    "comments": lambda text: text.replace("\n\n\n", "\n\n\n# A comment.\n"),
    "another method": lambda text: text.replace("    def lend", "    def give(self): ...\n\n    def lend"),
    "a decorator": lambda text: text.replace("    def lend", "    @staticmethod\n    def lend"),
    "another line": lambda text: text.replace("raise ValueError", "count = 1\n            raise ValueError"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_keeps_it(name: str, accepted: Path) -> None:
    text = CHANGES[name](LENDING)
    assert text != LENDING
    write(accepted, {NAME: text})
    run = pyarch("check", "--ignore", "PYA102", cwd=accepted)
    assert (run.code, run.out) == (0, "All checks passed!\n")


@pytest.mark.parametrize(
    ("old", "new", "reported"),
    [
        ("time.sleep(1)", "print('waited', books)", f"{NAME}:19:5: PYA602"),
        ("'no book'", "'none'", f"{NAME}:9:13: PYA508"),
        ("def lend", "def give", f"{NAME}:14:9: PYA602"),
        ("class Desk", "class Counter", f"{NAME}:14:9: PYA602"),
        ("import time\n", "import time\n\nprint('lent')\n", f"{NAME}:3:1: PYA602"),
    ],
    ids=["a second one", "another content", "another function", "another class", "another place"],
)
def test_what_is_new(old: str, new: str, reported: str, accepted: Path) -> None:
    write(accepted, {NAME: LENDING.replace(old, new)})
    run = pyarch("check", "--quiet", cwd=accepted)
    assert run.code == 1
    assert [line.rpartition(" '")[0].split(" ")[0] + " " + line.split(" ")[1] for line in run.lines] == [reported]


def test_what_is_fixed_is_named_and_dropped_on_demand(accepted: Path) -> None:
    write(
        accepted,
        {NAME: LENDING.replace("        print('lent', books)", "        return books"), "src/shop/domain/book.py": ""},
    )
    run = pyarch("check", cwd=accepted)
    hint = "run `pyarch check --update-baseline` to shrink the baseline"
    assert run.out == "All checks passed!\n"
    assert run.err.splitlines() == [
        f"accepted, but fixed: src/shop/domain/book.py: PYA102; {hint}",
        f"accepted, but fixed: {NAME}: PYA602 in Desk.lend; {hint}",
    ]
    assert len(entries(accepted)) == 4
    run = pyarch("check", "--update-baseline", cwd=accepted)
    assert run.err == f"{BASELINE}: 2 accepted, 0 added, 2 dropped\n"
    assert [each["code"] for each in entries(accepted)] == ["PYA508", "PYA602"]
    assert pyarch("check", cwd=accepted) == (0, "All checks passed!\n", "")


def test_a_file_that_is_gone_is_fixed(accepted: Path) -> None:
    (accepted / NAME).unlink()
    assert pyarch("check", "src", cwd=accepted).err.count("accepted, but fixed") == 3


def test_only_what_was_looked_at_is_called_fixed(accepted: Path) -> None:
    assert pyarch("check", "src/shop/domain", cwd=accepted).err == ""
    pyarch("check", "src/shop/domain", "--update-baseline", cwd=accepted)
    assert len(entries(accepted)) == 4


def test_only_what_was_asked_is_called_fixed(accepted: Path) -> None:
    assert pyarch("check", "--select", "PYA5", cwd=accepted) == (0, "All checks passed!\n", "")
    pyarch("check", "--select", "PYA5", "--update-baseline", cwd=accepted)
    assert len(entries(accepted)) == 4


def test_what_cannot_be_parsed_is_not_called_fixed(accepted: Path) -> None:
    write(accepted, {NAME: f"{LENDING}def (\n"})
    run = pyarch("check", "--update-baseline", cwd=accepted)
    assert run.err == f"{BASELINE}: 4 accepted, 0 added, 0 dropped\n"
    assert [line.split(" ")[1] for line in run.lines] == ["PYA001", "1"]


def test_rules_that_are_no_more_are_dropped(accepted: Path) -> None:
    text = (accepted / BASELINE).read_text().replace("PYA508", "PYA599")
    (accepted / BASELINE).write_text(text)
    run = pyarch("check", "--update-baseline", cwd=accepted)
    assert run.err == f"{BASELINE}: 3 accepted, 0 added, 1 dropped\n"


def test_one_file_for_several_projects(accepted: Path) -> None:
    other = {f"other/src/shop/{name}": "" for name in ("__init__.py", "domain/__init__.py", "usecases/__init__.py")}
    other |= {"other/pyproject.toml": "[tool.pyarch]\n", "other/src/shop/domain/book.py": "import sqlalchemy\n"}
    write(accepted, other)
    run = pyarch("check", "--update-baseline", "--baseline", "all.json", cwd=accepted)
    assert run.code == 0
    assert [each["path"] for each in json.loads((accepted / "all.json").read_text())["findings"]] == [
        "other/src/shop/domain/book.py",
        "src/shop/domain/book.py",
        *[NAME] * 3,
    ]
    assert pyarch("check", "--baseline", "all.json", cwd=accepted) == (0, "All checks passed!\n", "")


def test_an_update_adds_nothing_unless_it_may(accepted: Path) -> None:
    write(accepted, {NAME: f"{LENDING}\n\ndef more():\n    print(1)\n"})
    run = pyarch("check", "--update-baseline", cwd=accepted)
    assert run.code == 1
    assert run.err == f"{BASELINE}: 4 accepted, 0 added, 0 dropped\n"
    assert run.lines[0].startswith(f"{NAME}:23:5: PYA602 ")
    run = pyarch("check", "--update-baseline", "--allow-growth", cwd=accepted)
    assert run == (0, "All checks passed!\n", f"{BASELINE}: 5 accepted, 1 added, 0 dropped\n")


def test_the_same_findings_make_the_same_bytes(accepted: Path) -> None:
    before = (accepted / BASELINE).read_bytes()
    (accepted / BASELINE).unlink()
    pyarch("check", "--update-baseline", "src/shop/usecases", "src", "--no-cache", "--jobs", "1", cwd=accepted)
    assert (accepted / BASELINE).read_bytes() == before


def test_no_baseline(accepted: Path) -> None:
    run = pyarch("check", "--no-baseline", cwd=accepted)
    assert run.lines[-2] == "Found 4 errors."


def test_another_file(accepted: Path) -> None:
    (accepted / BASELINE).rename(accepted / "other.json")
    assert pyarch("check", cwd=accepted).code == 1
    assert pyarch("check", "--baseline", "other.json", cwd=accepted) == (0, "All checks passed!\n", "")
    assert pyarch("check", "--baseline", "../other.json", cwd=accepted / "src").code == 0
    write(accepted, {"pyproject.toml": '[tool.pyarch]\nbaseline = "other.json"\n'})
    assert pyarch("check", cwd=accepted) == (0, "All checks passed!\n", "")
    assert pyarch("check", "src/shop", cwd=accepted) == (0, "All checks passed!\n", "")


ENTRY = b'{"path": "a", "code": "PYA101", "symbol": "", "digest": "", "count": "1"}'
UNREADABLE = {
    "empty": b"",
    "half": b"{",
    "a list": b"[]",
    "no keys": b"{}",
    "no text": b"\xff",
    "another version": b'{"version": 2, "findings": []}',
    "empty entry": b'{"version": 1, "findings": [{}]}',
    "no entries": b'{"version": 1, "findings": 1}',
    "deep": b"[" * 100_000,
    "bad entry": b'{"version": 1, "findings": [%s]}' % ENTRY,
}


@pytest.mark.parametrize("name", UNREADABLE)
@pytest.mark.parametrize("options", [[], ["--update-baseline"], ["--update-baseline", "--allow-growth"]], ids=" ".join)
def test_one_that_cannot_be_read_is_an_error(name: str, options: list[str], accepted: Path) -> None:
    write(accepted, {BASELINE: UNREADABLE[name]})
    before = tree(accepted)
    run = pyarch("check", *options, cwd=accepted)
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith(f"pyarch: error: {accepted}/{BASELINE}: the baseline cannot be read: ")
    assert run.err.count("\n") == 1
    assert tree(accepted) == before


def test_one_that_cannot_be_written_is_an_error(shop: Path) -> None:
    run = pyarch("check", "--update-baseline", "--baseline", "nothere/baseline.json", cwd=shop)
    assert run.code == 2
    assert run.err == (
        f"pyarch: error: {shop}/nothere/baseline.json: the baseline cannot be written: No such file or directory\n"
    )


def test_stdin_obeys_it(accepted: Path) -> None:
    run = pyarch("check", "-", "--stdin-filename", NAME, cwd=accepted, stdin=LENDING.encode())
    assert run == (0, "All checks passed!\n", "")
    assert pyarch("check", "-", "--stdin-filename", "src/shop/other.py", cwd=accepted, stdin=LENDING.encode()).code == 1
