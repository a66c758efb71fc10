"""PYA801."""

from collections.abc import Iterator
from typing import Any

from flake8_pyarch.checking import ProjectFacts, ProjectFinding, ProjectRule
from flake8_pyarch.source import Module

__all__ = ["PythonVersion"]


class PythonVersion(ProjectRule):
    """The project admits a Python that is older than the stack's.

    ## Why is this bad?
    A service runs on one Python, the one of its image. Admitting older ones costs: the code has to do without what is
    newer (type parameters, `typing.override`), the lock has to fit all of them, and whoever installs the service with
    an old one finds out at run time.

    ## Example
    ```toml path=pyproject.toml
    [project]
    name = "shop"
    requires-python = ">=3.10"
    ```

    ## Use instead
    ```toml path=pyproject.toml
    [project]
    name = "shop"
    requires-python = ">=3.12"
    ```

    ## Options
    - `stack`: the versions of the stack: `stack.python = ">=3.13"`; of a specifier, the lower bound counts

    ## Known problems
    A project that requires other packages, not FastAPI, and whose code does not import it, is no service: it is left
    alone.
    """

    code = "PYA801"
    message = "the requirement of Python {problem}: require {minimum}"
    in_manifest = True
    packages = frozenset({"fastapi"})

    def collect(self, module: Module) -> Any:
        return True if module.is_delivered else None

    def check_project(self, facts: ProjectFacts) -> Iterator[ProjectFinding]:
        from flake8_pyarch.source.manifests.stack import outdated  # noqa: PLC0415 - imports a parser of versions

        minimum = facts.settings.stack["python"]
        for each in outdated(facts.services(self.code), "python", minimum):
            yield self.report(each.path, each.place, "python", problem=each.problem, minimum=minimum)
