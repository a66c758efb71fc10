"""`github`: workflow commands that GitHub Actions shows as annotations."""

from flake8_pyarch.output.report import PROGRAM, Entry, Report

__all__ = ["render"]

_IN_MESSAGES = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_COMMANDS = {"error": "error", "warning": "warning", "info": "notice", "hint": "notice"}
_IN_PROPERTIES = _IN_MESSAGES | str.maketrans({":": "%3A", ",": "%2C"})


def render(report: Report) -> str:
    """Return a command for each finding: `::error`, unless a custom rule says otherwise."""
    commands = ((_COMMANDS[entry.severity], entry) for entry in report.entries)
    return "".join(f"::{command} {_properties(entry)}::{_message(entry)}\n" for command, entry in commands)


def _properties(entry: Entry) -> str:
    finding = entry.finding
    properties = {"title": f"{PROGRAM} ({finding.code})", "file": entry.path, "line": finding.line}
    # GitHub takes columns only of what begins and ends on one line.
    if finding.line == finding.end_line:
        properties |= {"col": finding.column + 1, "endLine": finding.end_line, "endColumn": finding.end_column + 1}
    else:
        properties |= {"endLine": finding.end_line}
    return ",".join(f"{name}={str(value).translate(_IN_PROPERTIES)}" for name, value in properties.items())


def _message(entry: Entry) -> str:
    finding = entry.finding
    message = f"{entry.shown_path}:{finding.line}:{finding.column + 1}: {finding.code} {finding.message}"
    help_line = "" if finding.fix is None else f"\n  help: {finding.fix.message}"
    return (message + help_line).translate(_IN_MESSAGES)
