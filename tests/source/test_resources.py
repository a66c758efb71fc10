"""What a function opened and hands out without anybody to close it."""

import ast
from pathlib import Path

import pytest

from flake8_pyarch.source.injection.resources import is_kept_by_caller, unreleased_resources
from tests.source.projects import Project

HEAD = "from somewhere import Session\n"


def unreleased(body: str, root: Path, decorators: str = "") -> list[tuple[int, str]]:
    """Return the line in the body, counted from 1, and what happens to each resource."""
    lines = "\n".join(f"    {line}" for line in body.split("\n"))
    head = f"{HEAD}{decorators}def f(app, other):\n"
    module = Project(root).module("books.py", f"{head}{lines}\n")
    above = head.count("\n")
    found = unreleased_resources(module.functions[0], module)
    return [(call.lineno - above, "yielded" if is_yielded else "returned") for call, is_yielded in found]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("return Session()", [(1, "returned")]),
        ("return await Session()", [(1, "returned")]),
        ("s = await Session()\nreturn s", [(1, "returned")]),
        ("s: int = Session()\nreturn s", [(1, "returned")]),
        ("if (s := Session()):\n    return s", [(1, "returned")]),
        ("with Session() as s:\n    return s", [(1, "returned")]),
        ("s = Session()\ntry:\n    return s\nfinally:\n    s.close()", [(1, "returned")]),
        ("if other:\n    s = Session(1)\nelse:\n    s = Session(2)\nreturn s", [(2, "returned"), (4, "returned")]),
        ("yield Session()", [(1, "yielded")]),
        ("s = Session()\nyield s", [(1, "yielded")]),
        ("s = Session()\nx = yield s\ns.close()", [(1, "yielded")]),
        ("s = Session()\ntry:\n    yield s\nexcept OSError:\n    s.close()", [(1, "yielded")]),
        ("s = Session()\ntry:\n    pass\nfinally:\n    yield s", [(1, "yielded")]),
        ("s = Session()\nwith other:\n    pass\nyield s", [(1, "yielded")]),
        ("s = Session()\nmatch other:\n    case 1:\n        yield s", [(1, "yielded")]),
        ("s = Session()\napp.s = s.bind\nreturn s", [(1, "returned")]),
    ],
)
def test_nobody_closes(body: str, expected: list[tuple[int, str]], tmp_path: Path) -> None:
    assert unreleased(body, tmp_path) == expected


@pytest.mark.parametrize(
    "body",
    [
        "with Session() as s:\n    yield s",
        "async with Session() as s:\n    yield s",
        "s = Session()\nwith s:\n    yield s",
        "s = Session()\ntry:\n    yield s\nfinally:\n    s.close()",
        "s = Session()\ntry:\n    pass\nexcept OSError:\n    yield s\nelse:\n    yield s\nfinally:\n    s.close()",
        "s = Session()\ntry:\n    if other:\n        for x in other:\n            yield s\nfinally:\n    s.close()",
        "s = Session()\ntry:\n    yield s\nexcept* OSError:\n    pass\nfinally:\n    s.close()",
        "global s\ns = Session()\nreturn s",
        "s = Session()\napp.state.s = s\nreturn s",
        "s = app.state.s = Session()\nreturn s",
        "s = Session()\nother['s'] = s\nreturn s",
        "s = Session()\nother.callback(s.close)\nreturn s",
        "s = Session()\nother.push(s.aclose)\nyield s",
        "return other(Session())",
        "return Session().execute()",
        "return Session",
        "s = Session()\nreturn s.execute()",
        "s = Session()\nreturn",
        "return",
        "yield",
        "def g():\n    return Session()\nreturn g",
        "return lambda: Session()",
        "class A:\n    s = Session()\nreturn A",
        "s, t = Session(), 1\nreturn t",
    ],
)
def test_somebody_closes_or_keeps(body: str, tmp_path: Path) -> None:
    assert unreleased(body, tmp_path) == []


def test_a_cached_function_keeps(tmp_path: Path) -> None:
    assert unreleased("return Session()", tmp_path, "@functools.cache\n") == []
    assert unreleased("return Session()", tmp_path, "@other\n") == [(1, "returned")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("def get_a(): ...", False),
        ("def get_a(): ...\nget_a", True),
        ("def get_a(): ...\nwith get_a() as x: ...", True),
        ("def get_a(): ...\ndef f(get_a):\n    get_a()", False),
        ("from fastapi import Depends\ndef get_a(): ...\nDepends(get_a)", False),
        ("from fastapi import Depends\ndef get_a(): ...\nDepends(get_a)\nget_a()\nprint(get_a)", False),
        ("from fastapi import Depends\ndef get_a(): ...\nDepends(get_a)\nSingleton(get_a)", True),
        ("from fastapi import Depends\ndef get_a(): ...\nDepends(get_a)\nproviders.Resource(get_a, 1)", True),
        ("from fastapi import Depends\ndef get_a(): ...\nDepends(get_a)\nlru_cache(maxsize=1)(get_a)", True),
        ("from fastapi import Depends\ndef get_a(): ...\nDepends(get_a)\ncached = lru_cache(get_a)", True),
    ],
)
def test_somebody_else_is_in_charge(text: str, expected: bool, tmp_path: Path) -> None:  # noqa: FBT001 - a parameter
    module = Project(tmp_path).module("dependencies.py", text)
    assert is_kept_by_caller(module.providers[0], module) is expected


def test_syntax_it_has_never_seen(tmp_path: Path) -> None:
    module = Project(tmp_path).module("books.py", "async def f():\n    return [a async for a in b], *c\n")
    assert list(unreleased_resources(module.functions[0], module)) == []
    assert isinstance(module.tree, ast.Module)
