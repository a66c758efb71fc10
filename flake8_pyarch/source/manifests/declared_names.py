"""Which packages a project declares to depend on: no more than their names, which nearly every run asks for."""

import re
from collections.abc import Iterable, Iterator

from flake8_pyarch.files import read_file
from flake8_pyarch.patterns import lazy_pattern
from flake8_pyarch.source.manifests.requirement_tables import Role, listed_requirements, poetry_tables

__all__ = ["declared_names"]

_NAME = lazy_pattern(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def declared_names(manifests: Iterable[str]) -> frozenset[str]:
    """Return the names, normalised, that the manifests at some paths declare, groups included."""
    requirements = (requirement for path in manifests for requirement in _requirements(path))
    return frozenset(_normalised(found[0]) for text in requirements if (found := _NAME().match(text.strip())))


def _requirements(path: str) -> Iterator[str]:
    try:
        text = read_file(path).decode()
        if not path.endswith(".toml"):
            yield from text.splitlines()
            return
        import tomllib  # noqa: PLC0415 - many directories have no such file

        content = tomllib.loads(text)
    except (OSError, RecursionError, ValueError):
        return
    yield from (requirement for _, requirement, role in listed_requirements(content) if role is not Role.LIMIT)
    for _, table, _ in poetry_tables(content):
        yield from table


def _normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
