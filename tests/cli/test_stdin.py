"""`pyarch check -`: what an editor sends."""

import json
from pathlib import Path

import pytest

from tests.cli.command import pyarch, tree, write

BOOK = "src/shop/domain/book.py"


def test_the_name_decides_on_layer_project_and_settings(shop: Path) -> None:
    source = b"import sqlalchemy\n"
    assert pyarch("check", "-", cwd=shop, stdin=source).code == 0
    run = pyarch("check", "-", "--stdin-filename", "src/shop/domain/new.py", cwd=shop, stdin=source)
    assert run.code == 1
    assert run.lines[0].startswith("src/shop/domain/new.py:1:1: PYA102 ")
    absolute = shop / "src/shop/domain/new.py"
    assert pyarch("check", "-", "--stdin-filename", absolute, cwd=shop, stdin=source) == run
    elsewhere = pyarch("check", "-", "--stdin-filename", "domain/new.py", cwd=shop / "src/shop", stdin=source)
    assert elsewhere.lines[0].startswith("domain/new.py:1:1: PYA102 ")
    write(shop, {"pyproject.toml": '[tool.pyarch]\nper-file-ignores = {"new.py" = ["PYA1"]}\n'})
    assert pyarch("check", "-", "--stdin-filename", "src/shop/domain/new.py", cwd=shop, stdin=source).code == 0


def test_the_content_is_that_of_stdin_and_not_of_the_file(shop: Path) -> None:
    before = tree(shop)
    assert pyarch("check", "-", "--stdin-filename", BOOK, cwd=shop, stdin=b"") == (0, "All checks passed!\n", "")
    run = pyarch(
        "check", "-", "--stdin-filename", BOOK, "--output-format", "full", cwd=shop, stdin=b"\n\nimport httpx\n"
    )
    assert run.lines[0].startswith("PYA102 ")
    assert any(line.endswith("import httpx") for line in run.lines)
    assert tree(shop) == before
    assert not (shop / ".pyarch_cache").exists()


def test_excluded_names(shop: Path) -> None:
    for name in (".venv/book.py", "node_modules/domain/book.py"):
        run = pyarch("check", "-", "--stdin-filename", name, cwd=shop, stdin=b"def (:\n")
        assert run == (0, "All checks passed!\n", "")


@pytest.mark.parametrize(
    ("source", "place"),
    [
        (b"\xef\xbb\xbfimport sqlalchemy\n", (1, 1)),
        (b"'\xc3\xa4'; import sqlalchemy\r\n", (1, 6)),
        (b"# -*- coding: latin-1 -*-\n'\xe4'; import sqlalchemy\n", (2, 6)),
        (b"\fimport sqlalchemy", (1, 2)),
        (b"\n" * 5000 + b"import sqlalchemy", (5001, 1)),
    ],
    ids=["BOM", "CRLF", "latin-1", "form feed", "long"],
)
def test_bytes(source: bytes, place: tuple[int, int], shop: Path) -> None:
    run = pyarch("check", "-", "--stdin-filename", BOOK, "--output-format", "json", cwd=shop, stdin=source)
    (found,) = json.loads(run.out)
    assert (found["location"]["row"], found["location"]["column"]) == place
    assert found["filename"] == str(shop / BOOK)


@pytest.mark.parametrize(
    "source", [b"\xff", b"\x00", b"x = '\xe9'\n", b"# -*- coding: nope -*-\n", b"def (:\n", b"  x\n"]
)
def test_what_cannot_be_parsed_is_a_finding(source: bytes, shop: Path) -> None:
    run = pyarch("check", "-", "--stdin-filename", BOOK, cwd=shop, stdin=source)
    assert (run.code, run.err) == (1, "")
    assert run.lines[0].split(" ")[1] == "PYA001"
    assert run.lines[1] == "Found 1 error."


def test_exit_codes(shop: Path) -> None:
    source = b"import sqlalchemy\n"
    options = ["check", "-", "--stdin-filename", BOOK]
    assert pyarch(*options, "--exit-zero", cwd=shop, stdin=source).code == 0
    assert pyarch(*options, "--select", "PYA5", cwd=shop, stdin=source).code == 0
    assert pyarch(*options, "--select", "PYA599", cwd=shop, stdin=source).code == 2
    assert pyarch(*options, "--statistics", cwd=shop, stdin=source).lines[0] == "1\tPYA102\tframework-in-domain"
