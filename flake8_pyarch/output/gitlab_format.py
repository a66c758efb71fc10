"""`gitlab`: a Code Quality report."""

import json

from flake8_pyarch.output.fingerprints import fingerprinted
from flake8_pyarch.output.report import Entry, Report

__all__ = ["render"]

_SEVERITIES = {"error": "major", "warning": "minor", "info": "info", "hint": "info"}


def render(report: Report) -> str:
    """Return one JSON array with an issue for each finding."""
    issues = [_issue(*each) for each in fingerprinted(report.entries)]
    return json.dumps(issues, indent=2, ensure_ascii=False) + "\n"


def _issue(entry: Entry, path: str, fingerprint: str) -> dict[str, object]:
    finding = entry.finding
    return {
        "check_name": finding.code,
        # GitLab does not show the name of the check.
        "description": f"{finding.code}: {finding.message}",
        "severity": _SEVERITIES[entry.severity],
        "fingerprint": fingerprint,
        "location": {
            "path": path,
            "positions": {
                "begin": {"line": finding.line, "column": finding.column + 1},
                "end": {"line": finding.end_line, "column": finding.end_column + 1},
            },
        },
    }
