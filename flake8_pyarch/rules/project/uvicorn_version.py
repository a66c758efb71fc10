"""PYA804."""

from collections.abc import Iterator

from flake8_pyarch.checking import ProjectFacts, ProjectFinding, ProjectRule

__all__ = ["UvicornVersion"]


class UvicornVersion(ProjectRule):
    """The project admits a Uvicorn that is older than the stack's.

    ## Why is this bad?
    Uvicorn is what the world talks to. A floor keeps known faults of old releases, such as how they shut down and how
    they treat headers, out of every environment that the service is installed in.

    ## Example
    ```toml path=pyproject.toml
    [tool.poetry.dependencies]
    python = "^3.12"
    uvicorn = "^0.20"
    ```

    ## Use instead
    ```toml path=pyproject.toml
    [tool.poetry.dependencies]
    python = "^3.12"
    uvicorn = ">=0.24"
    ```

    ## Options
    - `stack`: the versions of the stack: `stack.uvicorn = ">=0.30"`; of a specifier, the lower bound counts

    ## Known problems
    Only the lower bound counts. A requirement whose lower bound cannot be read, such as one of a git repository, is
    left alone, and so is one of an extra or a group when the project's own requirement rules old versions out.
    Requirements files are read where `pyproject.toml` does not state the dependencies.
    """

    code = "PYA804"
    message = "the requirement of uvicorn {problem}: require {minimum}"
    in_manifest = True

    def check_project(self, facts: ProjectFacts) -> Iterator[ProjectFinding]:
        from flake8_pyarch.source.manifests.stack import outdated  # noqa: PLC0415 - imports a parser of versions

        minimum = facts.settings.stack["uvicorn"]
        for each in outdated(facts.manifests, "uvicorn", minimum):
            yield self.report(each.path, each.place, "uvicorn", problem=each.problem, minimum=minimum)
