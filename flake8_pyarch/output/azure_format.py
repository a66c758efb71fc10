"""`azure`: logging commands that Azure Pipelines shows as issues."""

from flake8_pyarch.output.report import Entry, Report

__all__ = ["render"]

_IN_MESSAGES = str.maketrans({"%": "%AZP25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTIES = _IN_MESSAGES | str.maketrans({";": "%3B", "]": "%5D"})


def render(report: Report) -> str:
    """Return a `task.logissue` command for each finding."""
    return "".join(
        f"##vso[task.logissue {_properties(entry)}]{entry.finding.message.translate(_IN_MESSAGES)}\n"
        for entry in report.entries
    )


def _properties(entry: Entry) -> str:
    finding = entry.finding
    properties = {
        "type": "error" if entry.severity == "error" else "warning",
        "sourcepath": entry.path,
        "linenumber": finding.line,
        "columnnumber": finding.column + 1,
        "code": finding.code,
    }
    return "".join(f"{name}={str(value).translate(_IN_PROPERTIES)};" for name, value in properties.items())
