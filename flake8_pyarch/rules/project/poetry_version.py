"""PYA806."""

from collections.abc import Iterator
from typing import Any

from flake8_pyarch.checking import ProjectFacts, ProjectFinding, ProjectRule
from flake8_pyarch.source import Module

__all__ = ["PoetryVersion"]


class PoetryVersion(ProjectRule):
    """The project is locked by a Poetry that is older than the stack's, or admits one.

    ## Why is this bad?
    Each Poetry writes the lock in its own way. Where everybody has another one, the lock changes with every hand that
    touches it, and an old Poetry may not read what a new one wrote. `requires-poetry` makes Poetry itself say so.

    ## Example
    ```toml path=pyproject.toml
    [tool.poetry]
    requires-poetry = ">=1.5"
    ```

    ## Use instead
    ```toml path=pyproject.toml
    [tool.poetry]
    requires-poetry = ">=1.8"
    ```

    ## Options
    - `stack`: the versions of the stack: `stack.poetry = ">=2.1"`; of a specifier, the lower bound counts

    ## Known problems
    The version that wrote a lock is known from Poetry 1.4 on, which notes it in the first line. A project that requires
    other packages, not FastAPI, and whose code does not import it, is no service: it is left alone.
    """

    code = "PYA806"
    message = "{subject} {problem}: require {minimum}"
    in_manifest = True
    packages = frozenset({"fastapi"})

    def collect(self, module: Module) -> Any:
        return True if module.is_delivered else None

    def check_project(self, facts: ProjectFacts) -> Iterator[ProjectFinding]:
        from flake8_pyarch.source.manifests.stack import is_too_old, outdated  # noqa: PLC0415 - imports a parser

        minimum = facts.settings.stack["poetry"]
        for manifest in facts.services(self.code):
            for each in outdated([manifest], "poetry", minimum):
                subject = "'requires-poetry'"
                yield self.report(
                    each.path, each.place, "poetry", subject=subject, problem=each.problem, minimum=minimum
                )
            lock = manifest.poetry_lock
            if lock is not None and lock.generator is not None and is_too_old(lock.generator, minimum):
                subject, problem = "poetry.lock", f"was written by Poetry {lock.generator}"
                path = manifest.path("poetry.lock")
                yield self.report(path, (1, 0, 1, 0), "poetry", subject=subject, problem=problem, minimum=minimum)
