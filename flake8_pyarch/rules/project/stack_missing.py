"""PYA807."""

import ast
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any

from flake8_pyarch.checking import ProjectFacts, ProjectFinding, ProjectRule
from flake8_pyarch.settings.model import StackName
from flake8_pyarch.source import Module
from flake8_pyarch.source.imports import ImportedName, is_type_checking_only
from flake8_pyarch.source.tree import Origin

if TYPE_CHECKING:
    from flake8_pyarch.source.manifests.manifest import Manifest

__all__ = ["StackMissing"]

_STACK: tuple[StackName, ...] = ("fastapi", "pydantic", "structlog", "uvicorn")


class StackMissing(ProjectRule):
    """A package of the stack is imported, and the project does not require it.

    ## Why is this bad?
    A package that is only there because another one brings it goes when that one does, and comes in whatever version
    the other one likes. What the code imports, the project requires, with a floor of its own.

    ## Example
    ```toml path=pyproject.toml
    [project]
    name = "shop"
    dependencies = ["fastapi>=0.115.13"]
    ```
    ```python path=shop/api/schemas.py
    from pydantic import BaseModel


    class BookResponse(BaseModel):
        title: str
    ```

    ## Use instead
    ```toml path=pyproject.toml
    [project]
    name = "shop"
    dependencies = ["fastapi>=0.115.13", "pydantic>=2.8.2,<3"]
    ```
    ```python path=shop/api/schemas.py
    from pydantic import BaseModel


    class BookResponse(BaseModel):
        title: str
    ```

    ## Known problems
    It looks for FastAPI, Pydantic, Uvicorn and structlog alone. It is silent where `pyproject.toml` does not state the
    dependencies: where they are dynamic, or stand in requirements files. An import under `try` or `TYPE_CHECKING` may
    do without the package, and tests and scripts may have it from elsewhere. `fastapi[standard]` and `fastapi[all]`
    count as requiring Uvicorn, for they ask for it.
    """

    code = "PYA807"
    message = "{package} is imported but not required: add '{package}{minimum}' to the dependencies"
    in_manifest = True
    packages = frozenset(_STACK)

    def collect(self, module: Module) -> Any:
        if not module.is_delivered:
            return None
        needed = {entry.package for entry in module.static_imports if _is_needed(entry, module)}
        return sorted(needed & self.packages) or None

    def check_project(self, facts: ProjectFacts) -> Iterator[ProjectFinding]:
        for manifest in facts.manifests:
            if manifest.pyproject is not None and manifest.states_dependencies:
                for package in self._missing(manifest, facts):
                    place = manifest.pyproject.dependencies_place
                    minimum = facts.settings.stack[package]
                    yield self.report(manifest.pyproject.path, place, package, package=package, minimum=minimum)

    def _missing(self, manifest: "Manifest", facts: ProjectFacts) -> list[StackName]:
        """Return the packages that code under a manifest imports and the manifest does not require."""
        undeclared = [package for package in _STACK if not manifest.declares(package)]
        if not undeclared:
            return []
        collected = facts.collected(self.code, naming=undeclared)
        imported = set(chain.from_iterable(each for path, each in collected if facts.manifest_of(path) is manifest))
        return [package for package in undeclared if package in imported]


def _is_needed(entry: ImportedName, module: Module) -> bool:
    """Tell whether an import fails where the package is not installed."""
    if module.origin(entry) is not Origin.THIRD_PARTY or is_type_checking_only(module, entry.statement):
        return False
    return not any(isinstance(above, ast.Try) for _, above in module.ancestry(entry.statement))
