"""Where `pyproject.toml` states what is required: the tables of the packaging standards, Poetry, uv, PDM and Rye."""

from collections.abc import Iterator, Mapping
from enum import Enum, auto
from typing import Any

__all__ = ["POETRY", "Role", "listed_requirements", "poetry_tables", "table_at"]


class Role(Enum):
    """What a requirement is for."""

    MAIN = auto()
    """The package is always installed."""
    EXTRA = auto()
    """The package is installed with an extra, or with a group of dependencies."""
    LIMIT = auto()
    """Some versions are ruled out, wherever the package comes from."""


POETRY = ("tool", "poetry")

_LISTS = (
    ("project", "dependencies", Role.MAIN),
    ("tool", "uv", "dev-dependencies", Role.EXTRA),
    ("tool", "rye", "dev-dependencies", Role.EXTRA),
    ("tool", "uv", "constraint-dependencies", Role.LIMIT),
    ("tool", "uv", "override-dependencies", Role.LIMIT),
)
"""Where lists of requirements stand, and what they are for."""

_TABLES_OF_LISTS = (("project", "optional-dependencies"), ("dependency-groups",), ("tool", "pdm", "dev-dependencies"))
"""Where tables stand whose values are lists of requirements."""


def table_at(content: Mapping[str, Any], *keys: str) -> Mapping[str, Any]:
    """Return the table at the end of the keys, an empty one where there is none."""
    value: Any = content
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def listed_requirements(content: Mapping[str, Any]) -> Iterator[tuple[tuple[str | int, ...], str, Role]]:
    """Yield each requirement that stands in a list (`fastapi>=0.115.13`), with where it stands and its role."""
    lists = [((*keys, key), table_at(content, *keys).get(key), role) for *keys, key, role in _LISTS]
    for keys in _TABLES_OF_LISTS:
        lists += [((*keys, group), entries, Role.EXTRA) for group, entries in table_at(content, *keys).items()]
    for path, entries, role in lists:
        for index, entry in enumerate(entries if isinstance(entries, list) else ()):
            if isinstance(entry, str):
                yield (*path, index), entry, role


def poetry_tables(content: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], Mapping[str, Any], Role]]:
    """Yield each table of Poetry, package → its constraint, with where it stands and its role."""
    paths: list[tuple[str, ...]] = [(*POETRY, "dependencies"), (*POETRY, "dev-dependencies")]
    paths += [(*POETRY, "group", group, "dependencies") for group in table_at(content, *POETRY, "group")]
    for path in paths:
        yield path, table_at(content, *path), Role.MAIN if path == paths[0] else Role.EXTRA
