"""PYA802."""

from collections.abc import Iterator

from flake8_pyarch.checking import ProjectFacts, ProjectFinding, ProjectRule

__all__ = ["FastapiVersion"]


class FastapiVersion(ProjectRule):
    """The project admits a FastAPI that is older than the stack's.

    ## Why is this bad?
    What a requirement admits will be installed somewhere: by a colleague with an old environment, by a tool that asks
    for the lowest versions. FastAPI has changed how dependencies with `yield` are released and how parameters are
    declared; code that was written for one version and runs with another fails where no test looks. One floor for all
    services says which FastAPI the code may count on.

    ## Example
    ```toml path=pyproject.toml
    [project]
    name = "shop"
    dependencies = ["fastapi>=0.100"]
    ```

    ## Use instead
    ```toml path=pyproject.toml
    [project]
    name = "shop"
    dependencies = ["fastapi>=0.115.13"]
    ```

    ## Options
    - `stack`: the versions of the stack: `stack.fastapi = ">=0.120"`; of a specifier, the lower bound counts

    ## Known problems
    Only the lower bound counts. A requirement whose lower bound cannot be read, such as one of a git repository, is
    left alone, and so is one of an extra or a group when the project's own requirement rules old versions out.
    Requirements files are read where `pyproject.toml` does not state the dependencies.
    """

    code = "PYA802"
    message = "the requirement of fastapi {problem}: require {minimum}"
    in_manifest = True

    def check_project(self, facts: ProjectFacts) -> Iterator[ProjectFinding]:
        from flake8_pyarch.source.manifests.stack import outdated  # noqa: PLC0415 - imports a parser of versions

        minimum = facts.settings.stack["fastapi"]
        for each in outdated(facts.manifests, "fastapi", minimum):
            yield self.report(each.path, each.place, "fastapi", problem=each.problem, minimum=minimum)
