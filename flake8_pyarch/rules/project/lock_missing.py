"""PYA808."""

from collections.abc import Iterator
from typing import Any

from flake8_pyarch.checking import ProjectFacts, ProjectFinding, ProjectRule
from flake8_pyarch.source import Module

__all__ = ["LockMissing"]


class LockMissing(ProjectRule):
    """The project uses Poetry, and has no `poetry.lock`, or one that does not fit `pyproject.toml`.

    ## Why is this bad?
    Without a lock, or with an old one that has to be made anew, each installation resolves the requirements again. What
    is tested today is not what is deployed tomorrow.

    ## Example
    ```toml path=pyproject.toml
    [tool.poetry.dependencies]
    python = "^3.12"
    fastapi = "^0.115.13"
    ```

    ## Use instead
    ```toml path=pyproject.toml
    [tool.poetry.dependencies]
    python = "^3.12"
    fastapi = "^0.115.13"
    ```
    ```toml path=poetry.lock
    [metadata]
    lock-version = "2.1"
    python-versions = "^3.12"
    content-hash = "8e43fa97be3595a6eaf29317d70b0857102a8a699899893b80f13ab2c27dfa8b"
    ```

    ## Known problems
    A project that another tool locks (`uv.lock`, `pdm.lock`, `pylock.toml`) and that only builds with Poetry needs no
    lock of Poetry's; nor does a part of a project that is locked as a whole. Whether a lock still fits is told by its
    content hash, and by `pyarch check` alone. A project that requires other packages, not FastAPI, and whose code does
    not import it, is no service: it is left alone.
    """

    code = "PYA808"
    message = "{problem}: run 'poetry lock' and commit the result"
    in_manifest = True
    packages = frozenset({"fastapi"})

    def collect(self, module: Module) -> Any:
        return True if module.is_delivered else None

    def check_project(self, facts: ProjectFacts) -> Iterator[ProjectFinding]:
        for manifest in facts.services(self.code):
            pyproject = manifest.pyproject
            if pyproject is None or not pyproject.uses_poetry:
                continue
            problem = manifest.lock_problem
            if manifest.poetry_lock is None and not facts.is_locked_otherwise(manifest):
                place, missing = pyproject.poetry_place, "there is no poetry.lock"
                yield self.report(pyproject.path, place, "", problem=missing)
            elif problem is not None and not facts.in_flake8:
                yield self.report(manifest.path("poetry.lock"), (1, 0, 1, 0), "", problem=problem)
