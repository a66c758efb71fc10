"""PYA805."""

from collections.abc import Iterator

from flake8_pyarch.checking import ProjectFacts, ProjectFinding, ProjectRule

__all__ = ["StructlogVersion"]


class StructlogVersion(ProjectRule):
    """The project admits a structlog that is older than the stack's.

    ## Why is this bad?
    Async log methods, call-site parameters and typed loggers came with structlog 21 and 22. Logging that fails because
    an old release is installed fails when it is needed.

    ## Example
    ```toml path=pyproject.toml
    [project]
    name = "shop"
    dependencies = ["structlog>=20.1"]
    ```

    ## Use instead
    ```toml path=pyproject.toml
    [project]
    name = "shop"
    dependencies = ["structlog>=22.1.0"]
    ```

    ## Options
    - `stack`: the versions of the stack: `stack.structlog = ">=24.1"`; of a specifier, the lower bound counts

    ## Known problems
    Only the lower bound counts. A requirement whose lower bound cannot be read, such as one of a git repository, is
    left alone, and so is one of an extra or a group when the project's own requirement rules old versions out.
    Requirements files are read where `pyproject.toml` does not state the dependencies.
    """

    code = "PYA805"
    message = "the requirement of structlog {problem}: require {minimum}"
    in_manifest = True

    def check_project(self, facts: ProjectFacts) -> Iterator[ProjectFinding]:
        from flake8_pyarch.source.manifests.stack import outdated  # noqa: PLC0415 - imports a parser of versions

        minimum = facts.settings.stack["structlog"]
        for each in outdated(facts.manifests, "structlog", minimum):
            yield self.report(each.path, each.place, "structlog", problem=each.problem, minimum=minimum)
