"""Places in TOML documents, against what the parser of the standard library reads there."""

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
import tomlkit
from hypothesis import given
from hypothesis import strategies as st

from flake8_pyarch.source.manifests.places import Place
from flake8_pyarch.source.manifests.toml_places import Path, toml_places

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
VALUES = st.recursive(
    st.one_of(TEXTS, st.booleans(), st.integers(-(2**63), 2**63 - 1), st.datetimes(), st.floats(allow_nan=False)),
    lambda children: st.lists(children, max_size=3) | st.dictionaries(TEXTS, children, max_size=3),
    max_leaves=12,
)
DOCUMENTS = st.dictionaries(TEXTS, VALUES, max_size=4)


def scalars(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Yield the path to each value that is no table and no array."""
    if isinstance(value, dict):
        for key, below in value.items():
            yield from scalars(below, (*path, key))
    elif isinstance(value, list):
        for index, below in enumerate(value):
            yield from scalars(below, (*path, index))
    else:
        yield path, value


def text_at(text: str, place: Place) -> str:
    lines = text.split("\n")[place.line - 1 : place.end_line]
    lines[-1] = lines[-1][: place.end_column]
    lines[0] = lines[0][place.column :]
    return "\n".join(lines)


def value_at(text: str, path: Path) -> Any:
    written = text_at(text, toml_places(text)[path])
    if isinstance(path[-1], int):
        return tomllib.loads(f"x = {written}")["x"]
    value: Any = tomllib.loads(written)
    while isinstance(value, dict) and value:
        value = next(iter(value.values()))
    return value


@given(DOCUMENTS)
def test_every_value_stands_at_its_place(document: dict[str, Any]) -> None:
    text = tomlkit.dumps(document)
    for path, value in scalars(tomllib.loads(text)):
        assert value_at(text, path) == value


DOCUMENT = '''\
title = "a # no comment"  # one
"quoted key" = 'x'
dotted."in quotes".last = 1979-05-27 07:32:00

[project]
requires-python = ">=3.12"
dependencies = [  # first
  "fastapi>=0.115",
  """pyd\\
antic""", 'uvicorn',
]

[ tool . poetry.dependencies ]
fastapi = { version = "^0.115", extras = ["all"] }
pydantic = [{ version = "^2" }, { version = "^1", python = "<3.8" }]

[[tool.poetry.source]]
name = "one"

[[tool.poetry.source]]
name = "two"
[tool.poetry.source.more]
deep = 1.5
'''


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (("title",), (1, 0, 1, 24)),
        (("quoted key",), (2, 0, 2, 18)),
        (("dotted", "in quotes", "last"), (3, 0, 3, 45)),
        (("project",), (5, 0, 5, 9)),
        (("project", "requires-python"), (6, 0, 6, 26)),
        (("project", "dependencies"), (7, 0, 11, 1)),
        (("project", "dependencies", 0), (8, 2, 8, 18)),
        (("project", "dependencies", 1), (9, 2, 10, 8)),
        (("project", "dependencies", 2), (10, 10, 10, 19)),
        (("tool", "poetry", "dependencies"), (13, 0, 13, 30)),
        (("tool", "poetry", "dependencies", "fastapi"), (14, 0, 14, 50)),
        (("tool", "poetry", "dependencies", "fastapi", "extras", 0), (14, 42, 14, 47)),
        (("tool", "poetry", "dependencies", "pydantic", 1), (15, 32, 15, 67)),
        (("tool", "poetry", "source", 0, "name"), (18, 0, 18, 12)),
        (("tool", "poetry", "source", 1), (20, 0, 20, 22)),
        (("tool", "poetry", "source", 1, "more"), (22, 0, 22, 25)),
        (("tool", "poetry", "source", 1, "more", "deep"), (23, 0, 23, 10)),
    ],
)
def test_places(path: Path, place: tuple[int, int, int, int]) -> None:
    tomllib.loads(DOCUMENT)
    assert toml_places(DOCUMENT)[path] == place


def test_what_is_not_written_out_has_no_place() -> None:
    assert {("tool",), ("tool", "poetry"), ("dotted",)}.isdisjoint(toml_places(DOCUMENT))


def test_lines_end_as_windows_ends_them() -> None:
    assert toml_places("a = 1\r\n[b]\r\nc = [\r\n  2,\r\n]\r\n") == {
        ("a",): (1, 0, 1, 5),
        ("b",): (2, 0, 2, 3),
        ("b", "c"): (3, 0, 5, 1),
        ("b", "c", 0): (4, 2, 4, 3),
    }
