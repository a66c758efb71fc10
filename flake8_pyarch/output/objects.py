"""A finding as a JSON object, with the keys that `ruff check` gives its own."""

from typing import Any

from flake8_pyarch.checking import Edit
from flake8_pyarch.output.report import Entry

__all__ = ["finding_object"]


def finding_object(entry: Entry) -> dict[str, Any]:
    """Return the object of a finding; rows and columns count from 1."""
    finding = entry.finding
    fix = finding.fix
    return {
        "cell": None,
        "code": finding.code,
        "end_location": _place(finding.end_line, finding.end_column),
        "filename": entry.path,
        "fix": None
        if fix is None
        else {
            "applicability": "safe" if fix.is_safe else "unsafe",
            "edits": [_edit(edit) for edit in fix.edits],
            "message": fix.message,
        },
        "location": _place(finding.line, finding.column),
        "message": finding.message,
        "name": entry.rule_name,
        "noqa_row": entry.reported.noqa_line,
        "severity": entry.severity,
        "url": entry.url,
    }


def _place(line: int, column: int) -> dict[str, int]:
    return {"column": column + 1, "row": line}


def _edit(edit: Edit) -> dict[str, Any]:
    return {
        "content": edit.text,
        "end_location": _place(edit.end_line, edit.end_column),
        "location": _place(edit.line, edit.column),
    }
