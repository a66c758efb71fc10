"""The distributions that a project declares to depend on."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from flake8_pyarch.patterns import lazy_pattern

__all__ = ["declared_in"]

_NAME = lazy_pattern(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def declared_in(manifests: Iterable[str]) -> frozenset[str]:
    """Return the names, normalised, that the manifests at some paths declare, groups included."""
    requirements = (requirement for path in manifests for requirement in _requirements(path))
    return frozenset(_normalised(found[0]) for text in requirements if (found := _NAME().match(text.strip())))


def _requirements(path: str) -> Iterator[str]:
    try:
        with open(path, encoding="utf-8") as file:
            text = file.read()
        if not path.endswith(".toml"):
            yield from text.splitlines()
            return
        import tomllib  # noqa: PLC0415 - most files ask for no manifest

        document = tomllib.loads(text)
    except (OSError, RecursionError, ValueError):
        return
    project = _table(document, "project")
    poetry = _table(document, "tool", "poetry")
    yield from _texts(project.get("dependencies"))
    for lists in (_table(project, "optional-dependencies"), _table(document, "dependency-groups")):
        for group in lists.values():
            yield from _texts(group)
    for table in (poetry, *(_table(group) for group in _table(poetry, "group").values())):
        yield from _table(table, "dependencies")
        yield from _table(table, "dev-dependencies")


def _table(value: Any, *keys: str) -> dict[str, Any]:
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def _texts(value: Any) -> Iterable[str]:
    return [entry for entry in value if isinstance(entry, str)] if isinstance(value, list) else []


def _normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
