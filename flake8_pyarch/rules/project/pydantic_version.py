"""PYA803."""

from collections.abc import Iterator

from flake8_pyarch.checking import ProjectFacts, ProjectFinding, ProjectRule

__all__ = ["PydanticVersion"]


class PydanticVersion(ProjectRule):
    """The project admits a Pydantic that is older than the stack's.

    ## Why is this bad?
    Pydantic 2 is another library than Pydantic 1 in much but the name, and its first releases lack what later code
    uses. What a requirement admits will be installed somewhere, and fails there.

    ## Example
    ```toml path=pyproject.toml
    [project]
    name = "shop"
    dependencies = ["pydantic"]
    ```

    ## Use instead
    ```toml path=pyproject.toml
    [project]
    name = "shop"
    dependencies = ["pydantic>=2.8.2,<3"]
    ```

    ## Options
    - `stack`: the versions of the stack: `stack.pydantic = ">=2.11"`; of a specifier, the lower bound counts

    ## Known problems
    Only the lower bound counts. A requirement whose lower bound cannot be read, such as one of a git repository, is
    left alone, and so is one of an extra or a group when the project's own requirement rules old versions out.
    Requirements files are read where `pyproject.toml` does not state the dependencies.
    """

    code = "PYA803"
    message = "the requirement of pydantic {problem}: require {minimum}"
    in_manifest = True

    def check_project(self, facts: ProjectFacts) -> Iterator[ProjectFinding]:
        from flake8_pyarch.source.manifests.stack import outdated  # noqa: PLC0415 - imports a parser of versions

        minimum = facts.settings.stack["pydantic"]
        for each in outdated(facts.manifests, "pydantic", minimum):
            yield self.report(each.path, each.place, "pydantic", problem=each.problem, minimum=minimum)
