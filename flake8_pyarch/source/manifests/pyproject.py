"""`pyproject.toml`: what a project requires, in the tables of the packaging standards, of Poetry and of uv."""

import re
import tomllib
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cached_property
from typing import Any

from packaging.utils import canonicalize_name

from flake8_pyarch.source.manifests.constraints import Admitted, poetry_constraint, specifiers
from flake8_pyarch.source.manifests.declarations import ELSEWHERE, Declaration, from_poetry, from_requirement
from flake8_pyarch.source.manifests.places import TOP, Place
from flake8_pyarch.source.manifests.requirement_tables import (
    POETRY,
    Role,
    listed_requirements,
    poetry_tables,
    table_at,
)
from flake8_pyarch.source.manifests.toml_places import Path, toml_places
from flake8_pyarch.source.text import UnparsableError

__all__ = ["Pyproject", "read_pyproject"]

_POSITION = re.compile(r"line (\d+), column (\d+)")


def read_pyproject(path: str, data: bytes) -> "Pyproject":
    """Return what the content of the `pyproject.toml` at the absolute `path` means.

    Raises:
        UnparsableError: it is no TOML.

    """
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        problem, line = f"byte {error.start} is not utf-8", data.count(b"\n", 0, error.start) + 1
        raise UnparsableError(problem, line) from error
    try:
        return Pyproject(path, tomllib.loads(text), toml_places(text))
    except RecursionError as error:
        problem = "too many levels of arrays and tables"
        raise UnparsableError(problem) from error
    except tomllib.TOMLDecodeError as error:
        problem, _, position = str(error).rpartition(" (at ")
        found = _POSITION.match(position)
        line, column = map(int, found.groups()) if found else (len(text.splitlines()) or 1, 1)
        raise UnparsableError(problem, line, column - 1) from error


class Pyproject:
    """A `pyproject.toml`.

    Arguments:
        path: its absolute path.
        content: what it holds.
        places: where each part of that stands.

    """

    def __init__(self, path: str, content: Mapping[str, Any], places: Mapping[Path, Place]) -> None:
        self.path = path
        self._content = content
        self._places = places

    @property
    def uses_poetry(self) -> bool:
        """Whether Poetry is what manages or builds the project."""
        return self._is_built_by_poetry or bool(self.table(*POETRY))

    @property
    def _is_built_by_poetry(self) -> bool:
        return str(self.table("build-system").get("build-backend")).startswith("poetry.")

    @property
    def poetry_place(self) -> Place:
        """Where the first table of Poetry stands; without any, where Poetry is named as what builds the project."""
        tables = [place for path, place in self._places.items() if path[: len(POETRY)] == POETRY]
        return min(tables, default=self.place(("build-system", "build-backend")))

    @property
    def dependencies_place(self) -> Place:
        """Where the dependencies stand, or would."""
        key = ("project", "dependencies")
        if key in self._places:
            line, column, _, _ = self._places[key]
            return Place(line, column, line, column + len(key[-1]))
        return self.place((*POETRY, "dependencies"), ("project",), POETRY)

    @property
    def describes_project(self) -> bool:
        """Whether it is about a project, and not for settings of tools alone."""
        return bool(self.table("project")) or self.uses_poetry

    @property
    def has_dependencies(self) -> bool:
        """Whether the dependencies of the project are written in it, be it an empty list."""
        return "dependencies" in self.table("project") or bool(self.table(*POETRY, "dependencies"))

    @property
    def would_have_dependencies(self) -> bool:
        """Whether it describes the project, and does not say that another file has the dependencies."""
        project = self.table("project")
        return bool(project) and "dependencies" not in _texts(project.get("dynamic")) and not self.table("tool", "pixi")

    @property
    def dynamic_files(self) -> tuple[str, ...]:
        """The requirements files that setuptools takes the dependencies from, relative to the project."""
        files = self.table("tool", "setuptools", "dynamic", "dependencies").get("file")
        return (files,) if isinstance(files, str) else _texts(files)

    def table(self, *keys: str) -> Mapping[str, Any]:
        """Return the table at the end of the keys, an empty one where there is none."""
        return table_at(self._content, *keys)

    def place(self, *paths: Path) -> Place:
        """Return where the first of the paths that is written out stands."""
        return next((self._places[path] for path in paths if path in self._places), TOP)

    @cached_property
    def declarations(self) -> tuple[Declaration, ...]:
        """What it declares, Python under the name `python` and the version of Poetry under `poetry`."""
        unknown = self._taken_from_elsewhere
        found = [each for each in self._packages() if each.name not in {"poetry", "python"}]
        found = [each._replace(admitted=None) if each.name in unknown else each for each in found]
        return *self._tools(), *found

    @property
    def _taken_from_elsewhere(self) -> set[str]:
        """The packages whose versions the requirements do not tell, for they come from a repository or a directory."""
        tables = (self.table("tool", "uv", "sources"), self.table(*POETRY, "dependencies"))
        return {
            canonicalize_name(name)
            for table in tables
            for name, entry in table.items()
            for each in (entry if isinstance(entry, list) else [entry])
            if isinstance(each, dict) and not ELSEWHERE.isdisjoint(each)
        }

    def _tools(self) -> Iterator[Declaration]:
        """Yield what is required of Python and of Poetry."""
        yield from self._version("python", specifiers, "project", "requires-python")
        yield from self._version("python", poetry_constraint, *POETRY, "dependencies", "python")
        yield from self._version("poetry", poetry_constraint, *POETRY, "requires-poetry")

    def _version(self, name: str, read: Callable[[str], Admitted | None], *path: str) -> Iterator[Declaration]:
        *table, key = path
        value = self.table(*table).get(key)
        if isinstance(value, str):
            yield Declaration(name, read(value), path=self.path, place=self.place(path))

    def _packages(self) -> Iterator[Declaration]:
        standard = [*self._standard()]
        yield from standard
        required = {each.name for each in standard}
        for path, table, role in poetry_tables(self._content):
            yield from self._poetry_table(path, table, role, required)

    def _standard(self) -> Iterator[Declaration]:
        for path, requirement, role in listed_requirements(self._content):
            declaration = from_requirement(requirement, role, self.path, self.place(path))
            if declaration is not None:
                yield declaration

    def _poetry_table(
        self, path: Path, table: Mapping[str, Any], role: Role, required: Collection[str]
    ) -> Iterator[Declaration]:
        """Yield what a table of Poetry declares.

        Of a package that a standard table requires, an entry without a version says only where it comes from.
        """
        for name, entry in table.items():
            for index, alternative in enumerate(entry if isinstance(entry, list) else [entry]):
                is_version = not isinstance(alternative, dict) or "version" in alternative
                if is_version or canonicalize_name(name) not in required:
                    place = self._place_of_entry((*path, name), index)
                    yield from from_poetry(name, alternative, role, self.path, place)

    def _place_of_entry(self, path: Path, index: int) -> Place:
        """Return the place of an entry of a table of Poetry, of a table with a header the line of the version."""
        whole, version = self.place((*path, index), path, path[:-1]), self.place((*path, "version"), path)
        return version if version.line > whole.end_line else whole


def _texts(value: object) -> tuple[str, ...]:
    return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list) else ()
