"""`rdjson`: the Reviewdog Diagnostic Format."""

import json
from collections.abc import Sequence

from flake8_pyarch.checking import Edit, Finding
from flake8_pyarch.output.report import DOCUMENTATION, PROGRAM, Entry, Report

__all__ = ["render"]


def render(report: Report) -> str:
    """Return one JSON object with a diagnostic for each finding."""
    diagnostics = [
        _diagnostic(entry, lines)
        for path, entries in report.by_path().items()
        for lines in [report.lines_of(path)]
        for entry in entries
    ]
    result = {
        "diagnostics": diagnostics,
        "severity": "WARNING",
        "source": {"name": PROGRAM, "url": DOCUMENTATION},
    }
    return json.dumps(result, indent=2, ensure_ascii=False) + "\n"


def _diagnostic(entry: Entry, lines: Sequence[str]) -> dict[str, object]:
    finding = entry.finding
    url = entry.url
    diagnostic: dict[str, object] = {
        "code": ({} if url is None else {"url": url}) | {"value": finding.code},
        "location": {"path": entry.path, "range": _range(finding, lines)},
        "message": finding.message,
    }
    if finding.fix is not None:
        diagnostic["suggestions"] = [{"range": _range(edit, lines), "text": edit.text} for edit in finding.fix.edits]
    return diagnostic


def _range(span: Edit | Finding, lines: Sequence[str]) -> dict[str, object]:
    return {
        "end": _position(span.end_line, span.end_column, lines),
        "start": _position(span.line, span.column, lines),
    }


def _position(line: int, column: int, lines: Sequence[str]) -> dict[str, int]:
    """Return a position as the format has it: its columns count bytes of UTF-8."""
    before = lines[line - 1][:column] if 0 < line <= len(lines) else ""
    return {"column": column + len(before.encode(errors="replace")) - len(before) + 1, "line": line}
