"""What the formats render."""

import os
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from flake8_pyarch.checking import Finding, Reported
from flake8_pyarch.checking.fixing import is_applicable
from flake8_pyarch.checking.registry import rule_name

__all__ = ["DOCUMENTATION", "PROGRAM", "Entry", "Report", "documentation_url", "path_below", "path_from_here"]

PROGRAM = "pyarch"
DOCUMENTATION = "https://flake8-pyarch.readthedocs.io/en/latest"


class Entry(NamedTuple):
    """One finding of a run.

    Arguments:
        path: the absolute path of the file.
        reported: the finding, and what it is known by.

    """

    path: str
    reported: Reported

    @property
    def finding(self) -> Finding:
        """The finding."""
        return self.reported.finding

    @property
    def rule_name(self) -> str:
        """The name of the rule."""
        about = self.finding.about
        return rule_name(self.finding.code) if about is None else about.name

    @property
    def url(self) -> str | None:
        """The address of the rule's page, None where it has none."""
        about = self.finding.about
        return documentation_url(self.finding.code) if about is None else about.url

    @property
    def severity(self) -> str:
        """How grave it is: `hint`, `info`, `warning` or `error`; what our own rules find is an error."""
        about = self.finding.about
        return "error" if about is None else about.severity

    @property
    def shown_path(self) -> str:
        """The path as a terminal shows it: relative to the working directory where the file lies below it."""
        return path_from_here(self.path)

    def path_below(self, directory: str) -> str:
        """Return the path relative to a directory, the absolute one where the file does not lie below it."""
        return path_below(self.path, directory)


class Report(NamedTuple):
    """The findings of a run, in order of path and place.

    Arguments:
        entries: the findings.
        lines_of: gives the lines of a file by its absolute path, none where it cannot be read.
        in_colour: whether the output is for a terminal that shows colours.
        unsafe_fixes: whether the user asked for fixes that may change what the program means.
        applied: the fixes that this run applied: path, as it is shown → code → how many.
        shows_fixes: whether the user asked for a list of those.
        is_quiet: whether the user asked for the findings and nothing else.
        is_incomplete: whether something that was to be checked could not be.

    """

    entries: Sequence[Entry]
    lines_of: Callable[[str], Sequence[str]]
    in_colour: bool = False
    unsafe_fixes: bool = False
    applied: Mapping[str, Counter[str]] = MappingProxyType({})
    shows_fixes: bool = False
    is_quiet: bool = False
    is_incomplete: bool = False

    def is_fixable(self, finding: Finding) -> bool:
        """Tell whether `--fix` would fix a finding, with the fixes the user asked for."""
        return is_applicable(finding.fix, unsafe=self.unsafe_fixes)

    def by_path(self) -> dict[str, list[Entry]]:
        """Return the findings of each file."""
        files: dict[str, list[Entry]] = {}
        for entry in self.entries:
            files.setdefault(entry.path, []).append(entry)
        return files


def path_below(path: str, directory: str) -> str:
    """Return an absolute path relative to a directory, as it is where it does not lie below it."""
    return path.removeprefix(os.path.join(directory, ""))


def path_from_here(path: str) -> str:
    """Return an absolute path as a terminal shows it: relative to the working directory where it lies below that."""
    return path_below(path, os.getcwd())


def documentation_url(code: str) -> str | None:
    """Return the address of a rule's page, None for a custom rule, which has none."""
    return f"{DOCUMENTATION}/rules/{code}/" if code.startswith("PYA") else None
