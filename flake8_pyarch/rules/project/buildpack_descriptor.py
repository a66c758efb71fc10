"""PYA814."""

import tomllib
from collections.abc import Iterator
from typing import Any

from flake8_pyarch.checking import ProjectFacts, ProjectFinding, ProjectRule
from flake8_pyarch.source import Module
from flake8_pyarch.source.injection.applications import makes_application

__all__ = ["BuildpackDescriptor"]


class BuildpackDescriptor(ProjectRule):
    """A service does not say how its image is built.

    ## Why is this bad?
    Cloud Native Buildpacks make an image from source without a Dockerfile that somebody has to keep up to date. What
    they need to know stands in `project.toml`; a `Procfile` will do as well. Without one, the next person has to find
    out how the service is built.

    The rule is off because many teams build images in another way. A `Dockerfile` alone is reported.

    ## Example
    ```toml path=pyproject.toml
    [project]
    name = "shop"
    ```
    ```python path=shop/application.py
    from fastapi import FastAPI


    def create_application() -> FastAPI:
        return FastAPI(title="Shop")
    ```

    ## Use instead
    ```toml path=project.toml
    [_]
    schema-version = "0.2"

    [io.buildpacks]
    builder = "paketobuildpacks/builder-jammy-base"
    ```
    ```python path=shop/application.py
    from fastapi import FastAPI


    def create_application() -> FastAPI:
        return FastAPI(title="Shop")
    ```

    ## Known problems
    Only a project with a `pyproject.toml` in which somebody calls `FastAPI` is looked at. Whether the builder exists is
    not.
    """

    code = "PYA814"
    message = "{problem}: describe the build in 'project.toml', with '[_] schema-version' and '[io.buildpacks]'"
    on_by_default = False
    in_manifest = True
    packages = frozenset({"fastapi"})

    def collect(self, module: Module) -> Any:
        return True if makes_application(module) else None

    def check_project(self, facts: ProjectFacts) -> Iterator[ProjectFinding]:
        manifest = facts.read("pyproject.toml")
        if manifest is None or not any(facts.collected(self.code)) or facts.read("Procfile") is not None:
            return
        descriptor = facts.read("project.toml")
        problem = "the service has no 'project.toml'" if descriptor is None else _problem(descriptor)
        if problem:
            yield self.report(facts.path("pyproject.toml"), (1, 0, 1, 0), "", problem=problem)


def _problem(descriptor: bytes) -> str | None:
    try:
        content = tomllib.loads(descriptor.decode())
    except (RecursionError, ValueError):
        return "'project.toml' cannot be read as TOML"
    if "schema-version" not in _table(content, "_"):
        return "'project.toml' has no '[_] schema-version'"
    return None if "buildpacks" in _table(content, "io") else "'project.toml' has no '[io.buildpacks]'"


def _table(content: dict[str, Any], name: str) -> dict[str, Any]:
    value = content.get(name)
    return value if isinstance(value, dict) else {}
