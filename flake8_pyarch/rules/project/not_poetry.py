"""PYA809."""

from collections.abc import Iterator
from typing import Any

from flake8_pyarch.checking import ProjectFacts, ProjectFinding, ProjectRule
from flake8_pyarch.source import Module

__all__ = ["NotPoetry"]


class NotPoetry(ProjectRule):
    """The project is not managed with Poetry.

    ## Why is this bad?
    Where every service is installed, locked and built in the same way, whoever knows one knows all of them, and one
    pipeline serves them all. In this stack that way is Poetry.

    The rule is off because other tools do the same work.

    ## Example
    ```toml path=pyproject.toml
    [project]
    name = "shop"
    dependencies = ["fastapi>=0.115.13"]

    [build-system]
    requires = ["hatchling"]
    build-backend = "hatchling.build"
    ```

    ## Use instead
    ```toml path=pyproject.toml
    [project]
    name = "shop"
    dependencies = ["fastapi>=0.115.13"]

    [tool.poetry]
    requires-poetry = ">=2.0"

    [build-system]
    requires = ["poetry-core>=2.0"]
    build-backend = "poetry.core.masonry.api"
    ```

    ## Known problems
    A project that requires other packages, not FastAPI, and whose code does not import it, is no service: it is left
    alone.
    """

    code = "PYA809"
    message = "the project is not managed with Poetry: move its dependencies to Poetry and commit poetry.lock"
    on_by_default = False
    in_manifest = True
    packages = frozenset({"fastapi"})

    def collect(self, module: Module) -> Any:
        return True if module.is_delivered else None

    def check_project(self, facts: ProjectFacts) -> Iterator[ProjectFinding]:
        for manifest in facts.services(self.code):
            if not manifest.uses_poetry and manifest.problem is None:
                yield self.report(manifest.main_file, (1, 0, 1, 0), "")
