"""What a rule about the whole project is."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from flake8_pyarch.checking.facts import ProjectFacts
from flake8_pyarch.checking.finding import Finding
from flake8_pyarch.checking.rule import Rule
from flake8_pyarch.source import Module
from flake8_pyarch.source.module import Extent

__all__ = ["ProjectFinding", "ProjectRule"]


class ProjectFinding(NamedTuple):
    """One report of a rule about the whole project.

    Arguments:
        path: the absolute path of the file it stands in, which need not be Python.
        finding: the finding, whose columns count characters.
        key: what it is about, so that a baseline knows it again when lines have moved: `shop.orders -> shop.books`.

    """

    path: str
    finding: Finding
    key: str


class ProjectRule(Rule):
    """A rule about the whole project, which `pyarch check` asks once a run.

    `collect` gets each file that the rule's gates let pass and says what the rule has to know of it. That is kept with
    the file's result, in the cache too, so that a file which has not changed is not read again. `check_project` gets
    what was collected and yields findings. A project rule may have handlers (`visit_…`) as well: what they find, they
    find in one file, and Flake8 reports it too.

    """

    is_about_project = True

    def collect(self, module: Module) -> Any:
        """Return what the rule has to know of a file, None for nothing.

        It is plain data, which a cache can hold as JSON: lists, dictionaries with text as keys, text, numbers. Places
        are given by `Module.extent_of`.
        """
        del module

    def check_project(self, facts: ProjectFacts) -> Iterator[ProjectFinding]:
        """Yield what is wrong with the project."""
        raise NotImplementedError

    def report(self, path: str, extent: Extent, key: str, **values: object) -> ProjectFinding:
        """Return a finding in a file, with `values` filled into the message."""
        return ProjectFinding(path, Finding(self.code, self.message.format_map(values), *extent), key)
