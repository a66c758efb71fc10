"""What the formats render."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flake8_pyarch.checking import Finding, Reported

__all__ = ["DOCUMENTATION", "Entry", "Report", "documentation_url"]

DOCUMENTATION = "https://flake8-pyarch.readthedocs.io/en/latest"


@dataclass(frozen=True, slots=True)
class Entry:
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
    def shown_path(self) -> str:
        """The path as a terminal shows it: relative to the working directory where the file lies below it."""
        directory = os.getcwd() + os.sep
        return self.path.removeprefix(directory)


@dataclass(frozen=True, slots=True)
class Report:
    """The findings of a run, in order of path and place.

    Arguments:
        entries: the findings.
        lines_of: gives the lines of a file by its absolute path, none where it cannot be read.
        in_colour: whether the output is for a terminal that shows colours.
        unsafe_fixes: whether the user asked for fixes that may change what the program means.

    """

    entries: Sequence[Entry]
    lines_of: Callable[[str], Sequence[str]]
    in_colour: bool = False
    unsafe_fixes: bool = False

    def is_fixable(self, finding: Finding) -> bool:
        """Tell whether `--fix` would fix a finding, with the fixes the user asked for."""
        return finding.fix is not None and (finding.fix.is_safe or self.unsafe_fixes)


def documentation_url(code: str) -> str:
    """Return the address of a rule's page."""
    return f"{DOCUMENTATION}/rules/{code}/"
