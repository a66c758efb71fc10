"""What the fix of depends-as-default writes, and where there is none."""

from pathlib import Path

import pytest

from tests.fixes import check, fixed

HEAD = "from typing import Annotated\nfrom fastapi import Depends\nfrom shop.providers import get_books, get_user\n"

FIXED = [
    ("def a(b: Books = Depends(get_books)): ...", "def a(b: Annotated[Books, Depends(get_books)]): ..."),
    ("def a(b: 'Books'=Depends()): ...", "def a(b: Annotated['Books', Depends()]): ..."),
    (
        "def a(ä: list[Ä] | None  =  Depends(get_books)): ...",
        "def a(ä: Annotated[list[Ä] | None, Depends(get_books)]): ...",
    ),
    (
        "async def a(c, b: Books = Depends(get_books), d=1): ...",
        "async def a(c, b: Annotated[Books, Depends(get_books)], d=1): ...",
    ),
    (
        "def a(b: Books = Depends(get_books), c: User = Depends(get_user)): ...",
        "def a(b: Annotated[Books, Depends(get_books)], c: Annotated[User, Depends(get_user)]): ...",
    ),
    (
        "def a(d=1, *, b: Books = Depends(get_books), c=2): ...",
        "def a(d=1, *, b: Annotated[Books, Depends(get_books)], c=2): ...",
    ),
    (
        "def a(b: Books = Depends(get_books), /, c: int = 1): ...",
        "def a(b: Annotated[Books, Depends(get_books)], /, c: int = 1): ...",
    ),
    (
        "def a(\n    b: Books = Depends(  # books\n        get_books,\n    ),  # all\n): ...",
        "def a(\n    b: Annotated[Books, Depends(  # books\n        get_books,\n    )],  # all\n): ...",
    ),
]

LEFT_ALONE = [
    "def a(c=1, b: Books = Depends(get_books)): ...",
    "def a(c=1, /, b: Books = Depends(get_books)): ...",
    "def a(b: Books = (Depends(get_books))): ...",
    "def a(b: (Books) = Depends(get_books)): ...",
    "def a(b: Books = (  # books\n    Depends(get_books)\n)): ...",
]

FASTAPI = "from fastapi import Depends\n"
TYPING = "from typing import Annotated\n"
FUTURE = '"""Books."""\nfrom __future__ import annotations\n\n'

IMPORTS = [
    (FASTAPI, TYPING + FASTAPI, "Annotated"),
    (f'"""Books."""\n{FASTAPI}', f'"""Books."""\n{TYPING}{FASTAPI}', "Annotated"),
    (FUTURE + FASTAPI, FUTURE + TYPING + FASTAPI, "Annotated"),
    (f"if 1:\n    {TYPING}{FASTAPI}", f"{TYPING}if 1:\n    {TYPING}{FASTAPI}", "Annotated"),
    (f"@print\nclass A: ...\n{FASTAPI}", f"{TYPING}@print\nclass A: ...\n{FASTAPI}", "Annotated"),
    (f"import typing\n{FASTAPI}", f"import typing\n{FASTAPI}", "typing.Annotated"),
    (f"import typing as t\n{FASTAPI}", f"import typing as t\n{FASTAPI}", "t.Annotated"),
    (f"{FASTAPI}import typing_extensions\n", f"{FASTAPI}import typing_extensions\n", "typing_extensions.Annotated"),
    (f"from typing import Annotated as A\n{FASTAPI}", f"from typing import Annotated as A\n{FASTAPI}", "A"),
]


@pytest.mark.parametrize(("before", "after"), FIXED)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_the_dependency_moves_into_the_type(before: str, after: str, newline: str, tmp_path: Path) -> None:
    text = (HEAD + before + "\n").replace("\n", newline)
    assert fixed(tmp_path, "PYA409", text) == (HEAD + after + "\n").replace("\n", newline)


@pytest.mark.parametrize(("before", "after", "name"), IMPORTS)
def test_annotated_is_there(before: str, after: str, name: str, tmp_path: Path) -> None:
    text = f"{before}def a(b: Books = Depends(), c: Books = Depends()): ...\n"
    expected = f"{after}def a(b: {name}[Books, Depends()], c: {name}[Books, Depends()]): ...\n"
    assert fixed(tmp_path, "PYA409", text) == expected
    assert fixed(tmp_path, "PYA409", text.replace("\n", "\r\n")) == expected.replace("\n", "\r\n")


@pytest.mark.parametrize("head", ['"""Books."""; ', "from __future__ import annotations; "])
def test_there_is_no_place_for_the_import(head: str, tmp_path: Path) -> None:
    [finding] = check(tmp_path, "PYA409", f"{head}{FASTAPI}def a(b: Books = Depends()): ...\n")
    assert finding.fix is None


@pytest.mark.parametrize("before", LEFT_ALONE)
def test_there_is_no_fix(before: str, tmp_path: Path) -> None:
    findings = check(tmp_path, "PYA409", f"{HEAD}{before}\n")
    assert [finding.fix for finding in findings] == [None]


def test_the_fix_is_unsafe(tmp_path: Path) -> None:
    [finding] = check(tmp_path, "PYA409", f"{HEAD}def a(b: Books = Depends()): ...\n")
    assert finding.fix is not None
    assert not finding.fix.is_safe
    assert finding.fix.message == "Declare the dependency in the type"


def test_what_ruff_sees_as_well(tmp_path: Path) -> None:
    text = (
        "import fastapi\n"
        "from fastapi import APIRouter, Depends, FastAPI, Security\n"
        "from fastapi.param_functions import Depends as Other\n"
        "from shop.api import router\n"
        "books = APIRouter()\n"
        "@books.get('/')\n"
        "def a(b: str = Depends(), *, c: str = Security(), d: str = Other()): ...\n"
        "@router.get('/')\n"
        "def e(f: str = Depends()): ...\n"
        "@books.websocket('/')\n"
        "def g(h: str = Depends()): ...\n"
        "def i(j: APIRouter, k: 'FastAPI'):\n"
        "    @j.trace('/')\n"
        "    def l(m: str = fastapi.Depends()): ...\n"
        "    @k.trace('/')\n"
        "    def n(o: str = Depends()): ...\n"
    )
    seen = {finding.message.split("'")[1]: bool(finding.twins) for finding in check(tmp_path, "PYA409", text)}
    assert seen == {"b": True, "c": True, "d": False, "f": False, "h": False, "m": True, "o": False}
