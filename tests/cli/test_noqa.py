"""Comments that silence, comments that silence nothing (PYA002), and `--add-noqa`."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.command import pyarch, tree, write

BOOK = "src/shop/domain/book.py"


def codes(root: Path, text: str, *options: str) -> list[str]:
    """Return line, column and code of what is reported in a domain module of this text."""
    write(root, {BOOK: text})
    run = pyarch("check", BOOK, "--quiet", *options, cwd=root)
    assert run.err == ""
    return [line.removeprefix(f"{BOOK}:").partition(" ")[0] + " " + line.split(" ")[1] for line in run.lines]


SILENT = [
    "# noqa",
    "# NOQA",
    "# noqa : PYA102",
    "# noqa: PYA102",
    "# noqa:PYA102",
    "# noqa: E501,PYA102",
    "# noqa: E501, PYA102",
    "# noqa: E501 PYA102",
    "# noqa: PYA1",
    "# noqa: PYA102 because it is old",
    "# type: ignore # noqa: PYA102",
    "# noqa:",
]
LOUD = [
    "#noqa",
    "# noqa: pya102",
    "# noqa: PYA103",
    "# noqa: E501",
    "# no qa",
    "# ruff: noqa: PYA102",
    "# flake8: noqa: PYA102",
]
LINES = [
    "from sqlalchemy import (  # noqa: PYA102\n    select,\n)\n",
    "from sqlalchemy import (\n    select,\n)  # noqa: PYA102\n",
    "import os, \\\n    sqlalchemy  # noqa: PYA102\n",
    'x = """\n"""; import sqlalchemy; y = """\n"""  # noqa: PYA102\n',
    '"""# noqa: PYA102"""; import sqlalchemy\n',
    "x = '# noqa'; import sqlalchemy\n",
    "# noqa: PYA102\nimport sqlalchemy\n",
    "import sqlalchemy\f  # noqa: PYA102\n",
    "x = 1\f\nimport sqlalchemy  # noqa: PYA102\n",
    "import sqlalchemy  # noqa: PYA102",
    "import sqlalchemy  # noqa: PYA102\r\nimport sqlalchemy\r\n",
    "import sqlalchemy  # noqa: PYA\n",
]


def test_line_level_as_flake8(shop: Path) -> None:
    comments = [f"import sqlalchemy  {comment}\n" for comment in (*SILENT, *LOUD)]
    write(shop, {f"src/shop/domain/file{n}.py": text for n, text in enumerate((*comments, *LINES))})
    (shop / BOOK).unlink()
    reported = pyarch("check", "--select", "PYA102", "--quiet", cwd=shop).lines
    command = [sys.executable, "-m", "flake8", "--isolated", "--select", "PYA102", "src"]
    run = subprocess.run(command, cwd=shop, capture_output=True, text=True, check=False)
    assert sorted(reported) == sorted(run.stdout.splitlines())
    loud = {line.partition(":")[0] for line in reported}
    assert [comment for n, comment in enumerate((*SILENT, *LOUD)) if f"src/shop/domain/file{n}.py" in loud] == LOUD


@pytest.mark.parametrize(
    ("comment", "silences"),
    [
        ("# flake8: noqa", True),
        ("# flake8:NOQA", True),
        ("# flake8= noqa", True),
        ("# flake8: noqa: PYA102", True),
        ("pass  # flake8: noqa", False),
        ("# ruff: noqa", True),
        ("# ruff: noqa: PYA102", True),
        ("#ruff:noqa:PYA102", True),
        ("# ruff: noqa: E501, PYA102", True),
        ("# ruff: noqa: PYA1", True),
        ("# ruff: noqa: PYA103", False),
        ('"""\n# ruff: noqa\n"""', False),
        ("pass  # ruff: noqa", False),
    ],
)
def test_file_level(comment: str, silences: bool, shop: Path) -> None:  # noqa: FBT001
    assert codes(shop, f"{comment}\nimport sqlalchemy\n", "--select", "PYA102") == (
        [] if silences else [f"{comment.count(chr(10)) + 2}:1: PYA102"]
    )


@pytest.mark.parametrize(
    ("before", "found", "after"),
    [
        ("pass  # noqa: PYA102\n", ["1:7: PYA002"], "pass\n"),
        ("pass  # noqa: PYA102, PYA601\n", ["1:7: PYA002"], "pass\n"),
        ("pass  # noqa: E501, PYA102\n", ["1:7: PYA002"], "pass  # noqa: E501\n"),
        ("import sqlalchemy  # noqa: PYA102, PYA601\n", ["1:20: PYA002"], "import sqlalchemy  # noqa: PYA102\n"),
        ("pass  # why # noqa: PYA102\n", ["1:13: PYA002"], "pass  # why\n"),
        ("pass  # noqa: PYA102 # why\n", ["1:7: PYA002"], "pass  # why\n"),
        ("pass  # noqa: PYA102  because ä\n", ["1:7: PYA002"], "pass  # because ä\n"),
        ("pass  # why # noqa: PYA102 - because\n", ["1:13: PYA002"], "pass  # why # - because\n"),
        ("# noqa: PYA102 because\npass\n", ["1:1: PYA002"], "# because\npass\n"),
        ("# noqa: PYA102\npass\n", ["1:1: PYA002"], "pass\n"),
        ("pass  # noqa: PYA102\r\n", ["1:7: PYA002"], "pass\r\n"),
        ("ä, 'ö'  # noqa: PYA102\n", ["1:9: PYA002"], "ä, 'ö'\n"),
        ("pass  # noqa\n", [], None),
        ("pass  # noqa: E501\n", [], None),
        ("pass  # noqa: PYX001\n", [], None),
        ("pass  # noqa: PYA112\n", [], None),
        ("print('# noqa: PYA102')\n", ["1:1: PYA602"], None),
        ("import sqlalchemy  # noqa: PYA102\n", [], None),
        ('"""\n# noqa: PYA102\n"""\n', [], None),
    ],
)
def test_unused(before: str, found: list[str], after: str | None, shop: Path) -> None:
    assert codes(shop, before) == found
    if after is not None:
        assert codes(shop, before, "--fix") == []
        assert (shop / BOOK).read_bytes().decode() == after
        assert codes(shop, after) == []


def test_unused_under_a_selection(shop: Path) -> None:
    """What a rule would have silenced that has not run is not known to be unused."""
    assert codes(shop, "pass  # noqa: PYA102\n", "--select", "PYA002") == []
    assert codes(shop, "pass  # noqa: PYA102\n", "--select", "PYA002,PYA102") == ["1:7: PYA002"]
    assert codes(shop, "pass  # noqa: PYA102\n", "--ignore", "PYA002") == []


def test_add_noqa(shop: Path) -> None:
    text = (
        "from sqlalchemy import select  # a query\r\n"
        "import sqlalchemy  # noqa: E501\r\n"
        "import fastapi, sqlalchemy\r\n"
        'x = """\r\n""" if sqlalchemy else print("ä")\r\n'
        "import httpx, \\\r\n    requests\r\n"
    ).encode()
    write(shop, {BOOK: b"\xef\xbb\xbf" + text})
    before = tree(shop)
    run = pyarch("check", "--add-noqa", cwd=shop)
    assert (run.code, run.out) == (0, "")
    assert run.err.startswith("Silenced ")
    after = (shop / BOOK).read_bytes()
    assert (
        after
        == b"\xef\xbb\xbf"
        + (
            "from sqlalchemy import select  # a query  # noqa: PYA102\r\n"
            "import sqlalchemy  # noqa: E501,PYA102\r\n"
            "import fastapi, sqlalchemy  # noqa: PYA102\r\n"
            'x = """\r\n""" if sqlalchemy else print("ä")  # noqa: PYA602\r\n'
            "import httpx, \\\r\n    requests  # noqa: PYA102\r\n"
        ).encode()
    )
    assert tree(shop).keys() == before.keys()
    assert pyarch("check", cwd=shop) == (0, "All checks passed!\n", "")
    again = tree(shop)
    assert pyarch("check", "--add-noqa", cwd=shop) == (0, "", "Silenced 0 findings.\n")
    assert tree(shop) == again


def test_what_no_comment_silences(shop: Path) -> None:
    """Neither files that do not parse nor comments that silence nothing get one more."""
    write(shop, {"src/shop/a.py": "def (:\n", "src/shop/b.py": "pass  # noqa: PYA102\n"})
    before = tree(shop)
    run = pyarch("check", "--add-noqa", "--select", "PYA0,PYA102", "src/shop/a.py", "src/shop/b.py", cwd=shop)
    assert run == (0, "", "Silenced 0 findings.\nNo comment silences 2 others: PYA001 and PYA002.\n")
    assert tree(shop) == before


def test_add_noqa_to_an_empty_file(shop: Path) -> None:
    write(shop, {"src/shop/MyBooks.py": "", "src/shop/MyShelves.py": "\n\nx = 1\n"})
    pyarch("check", "--add-noqa", "--select", "PYA211", cwd=shop)
    assert (shop / "src/shop/MyBooks.py").read_text() == "# noqa: PYA211\n"
    assert (shop / "src/shop/MyShelves.py").read_text() == "# noqa: PYA211\n\nx = 1\n"
    assert pyarch("check", "--select", "PYA211", cwd=shop).code == 0


def test_add_noqa_obeys_selection_and_baseline(shop: Path) -> None:
    pyarch("check", "--select", "PYA508", "--update-baseline", cwd=shop)
    run = pyarch("check", "--add-noqa", cwd=shop)
    assert run.err == "Silenced 1 finding.\n"
    assert (shop / BOOK).read_text() == "from sqlalchemy import select  # noqa: PYA102\n"
    assert "noqa" not in (shop / "src/shop/usecases/lending.py").read_text()
