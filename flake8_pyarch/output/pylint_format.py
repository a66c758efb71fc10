"""`pylint`: a line for each finding, as Pylint's parsers read it."""

from flake8_pyarch.output.report import Report
from flake8_pyarch.output.text import printable, shown_path

__all__ = ["render"]


def render(report: Report) -> str:
    """Return `path:line: [code] message` for each finding."""
    places = ((f"{shown_path(entry)}:{entry.finding.line}", entry.finding) for entry in report.entries)
    return "".join(f"{place}: [{finding.code}] {printable(finding.message)}\n" for place, finding in places)
