"""`--statistics`: how often each rule reports."""

from collections import Counter

from flake8_pyarch.output.report import Report
from flake8_pyarch.output.summary import summary
from flake8_pyarch.output.text import styled

__all__ = ["STATISTICS_FORMATS", "render_statistics"]

STATISTICS_FORMATS = ("concise", "full", "json")


def render_statistics(report: Report, output_format: str) -> str:
    """Return how often each rule reports, most often first, as a table, or for `json` as objects."""
    counts = Counter(entry.finding.code for entry in report.entries)
    fixable = Counter(entry.finding.code for entry in report.entries if report.is_fixable(entry.finding))
    codes = sorted(counts, key=lambda code: (-counts[code], code))
    names = {entry.finding.code: entry.rule_name for entry in report.entries}
    if output_format == "json":
        objects = [
            {
                "code": code,
                "name": names[code],
                "count": counts[code],
                "fixable": fixable[code] == counts[code],
                "fixable_count": fixable[code],
            }
            for code in codes
        ]
        import json  # noqa: PLC0415 - one format needs it

        return json.dumps(objects, indent=2) + "\n"
    if not codes:
        return ""
    count_width, code_width = len(str(counts[codes[0]])), max(map(len, codes))
    lines = []
    for code in codes:
        count = styled(f"{counts[code]:>{count_width}}", "bold", report)
        shown_code = styled(code, "bold red", report) + " " * (code_width - len(code))
        mark = _mark(fixable[code], counts[code], report) if fixable else ""
        lines.append(f"{count}\t{shown_code}\t{mark}{names[code]}")
    return "".join(f"{line}\n" for line in [*lines, *summary(report)])


def _mark(fixable: int, count: int, report: Report) -> str:
    if not fixable:
        return "[ ] "
    return f"[{styled('*' if fixable == count else '-', 'cyan', report)}] "
