"""The manifests of a project: what stands beside its code and says what it needs, how it is locked, how it is built."""

import os
from functools import cached_property
from glob import escape, glob

from flake8_pyarch.source.manifests.declarations import Declaration
from flake8_pyarch.source.manifests.directories import manifest_directories
from flake8_pyarch.source.manifests.poetry_lock import PoetryLock, content_hashes, read_lock
from flake8_pyarch.source.manifests.pyproject import Pyproject, read_pyproject
from flake8_pyarch.source.manifests.requirement_tables import Role
from flake8_pyarch.source.manifests.requirements_file import Read, read_requirements
from flake8_pyarch.source.text import UnparsableError

__all__ = ["Manifest", "read_manifests"]

_OTHER_LOCKS = ("Pipfile.lock", "pdm.lock", "pixi.lock", "pylock.toml", "uv.lock")
_WEB_FRAMEWORK = frozenset({"fastapi", "fastapi-factory-utilities", "fastapi-slim"})
_SAME_PACKAGE = frozenset({("fastapi-slim", "fastapi")})
"""Distributions and the packages, of another name, that they hold."""
_EXTRAS_WITH_SERVER = frozenset({"all", "standard"})
"""The extras of FastAPI that ask for Uvicorn."""


class Manifest:
    """What a directory that holds a `pyproject.toml` or a `requirements.txt` says of the code in and below it.

    Arguments:
        directory: its absolute path.
        read: gives the content of the file at an absolute path, None where there is none or it cannot be read.

    """

    def __init__(self, directory: str, read: Read) -> None:
        self.directory = directory
        self.read = read

    def path(self, name: str) -> str:
        """Return the absolute path of a file in the directory."""
        return os.path.join(self.directory, name)

    @property
    def pyproject(self) -> Pyproject | None:
        """Its `pyproject.toml`, None where there is none that can be read."""
        return self._pyproject if isinstance(self._pyproject, Pyproject) else None

    @property
    def problem(self) -> UnparsableError | None:
        """Why its `pyproject.toml` cannot be read, None where it can, or where there is none."""
        return self._pyproject if isinstance(self._pyproject, UnparsableError) else None

    @cached_property
    def _pyproject(self) -> Pyproject | UnparsableError | None:
        path = self.path("pyproject.toml")
        data = self.read(path)
        try:
            return None if data is None else read_pyproject(path, data)
        except UnparsableError as error:
            return error

    @property
    def main_file(self) -> str:
        """The absolute path of its `pyproject.toml`; of its `requirements.txt` where there is no other."""
        path = self.path("pyproject.toml")
        return path if os.path.isfile(path) else self.path("requirements.txt")

    @property
    def uses_poetry(self) -> bool:
        """Whether Poetry manages, locks or builds the project."""
        return self.poetry_lock is not None or (self.pyproject is not None and self.pyproject.uses_poetry)

    @cached_property
    def poetry_lock(self) -> PoetryLock | None:
        """Its `poetry.lock`, None where there is none."""
        path = self.path("poetry.lock")
        data = self.read(path)
        return None if data is None and not os.path.isfile(path) else read_lock(data or b"")

    @property
    def lock_problem(self) -> str | None:
        """What is wrong with its `poetry.lock`, None where it fits `pyproject.toml`, or where nobody can tell."""
        if self.poetry_lock is None or self.pyproject is None:
            return None
        if self.poetry_lock.content_hash is None:
            return "poetry.lock cannot be read"
        hashes = content_hashes(self.pyproject)
        fits = not hashes or self.poetry_lock.content_hash in hashes
        return None if fits else "poetry.lock does not fit pyproject.toml"

    @property
    def is_locked_by_another(self) -> bool:
        """Whether there is the lock of another tool than Poetry."""
        return any(os.path.exists(self.path(name)) for name in _OTHER_LOCKS)

    @cached_property
    def states_dependencies(self) -> bool:
        """Whether its `pyproject.toml` is where the dependencies are written."""
        if self.pyproject is None:
            return False
        return self.pyproject.has_dependencies or (
            self.pyproject.would_have_dependencies and not self._in_requirements_files
        )

    @cached_property
    def declarations(self) -> tuple[Declaration, ...]:
        """What is required: by `pyproject.toml`, and by requirements files where the dependencies stand in those."""
        declared = () if self.pyproject is None else self.pyproject.declarations
        return declared if self.states_dependencies else (*declared, *self._in_requirements_files)

    @property
    def may_be_service(self) -> bool:
        """Whether it is about a project that always requires FastAPI, or that requires no package at all."""
        packages = [each for each in self.declarations if each.name not in {"poetry", "python"}]
        if not packages:
            return self.pyproject is not None and self.pyproject.describes_project
        return any(each.name in _WEB_FRAMEWORK and each.role is Role.MAIN for each in packages)

    def declares(self, package: str) -> bool:
        """Tell whether a package is required, wherever it is written, if only with an extra or in a group."""
        return any(
            each.name == package or (each.name, package) in _SAME_PACKAGE or _brings(each, package)
            for each in (*self.declarations, *self._in_requirements_files)
            if each.role is not Role.LIMIT
        )

    @cached_property
    def _in_requirements_files(self) -> tuple[Declaration, ...]:
        named = self.pyproject.dynamic_files if self.pyproject is not None else ()
        main = [self.path(name) for name in named or ("requirements.txt",)]
        patterns = ("requirements*.txt", "requirements/*.txt")
        others = {path for each in patterns for path in glob(os.path.join(escape(self.directory), each))} - {*main}
        files = [*((path, Role.MAIN) for path in main), *((path, Role.EXTRA) for path in sorted(others))]
        return tuple(each for path, role in files for each in read_requirements(path, self.directory, role, self.read))


def _brings(declaration: Declaration, package: str) -> bool:
    """Tell whether a declaration asks for another package as well, by an extra."""
    is_server = (declaration.name, package) == ("fastapi", "uvicorn")
    return is_server and not declaration.extras.isdisjoint(_EXTRAS_WITH_SERVER)


def read_manifests(root: str, read: Read) -> tuple[Manifest, ...]:
    """Return the manifests of the project at an absolute path, the outermost first.

    Beside its own those are the manifests of parts, such as the services of a monorepo, that share its settings.

    Arguments:
        root: the path.
        read: gives the content of the file at an absolute path, None where there is none or it cannot be read.

    """
    return tuple(Manifest(directory, read) for directory in manifest_directories(root))
