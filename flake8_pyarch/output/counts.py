"""Counts: `--statistics` and `--show-fixes`."""

import json
from collections import Counter
from collections.abc import Mapping

from flake8_pyarch.checking.registry import rule_name
from flake8_pyarch.output.report import Report

__all__ = ["render_applied", "render_statistics"]


def render_statistics(report: Report, output_format: str) -> str:
    """Return how often each rule reports, most often first, as a table or, for the JSON formats, as objects."""
    counts = Counter(entry.finding.code for entry in report.entries)
    fixable = {entry.finding.code for entry in report.entries if report.is_fixable(entry.finding)}
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    if output_format.startswith("json"):
        objects = [
            {"code": code, "name": rule_name(code), "count": count, "fixable": code in fixable}
            for code, count in ranked
        ]
        return json.dumps(objects, indent=2) + "\n"
    width = len(str(ranked[0][1])) if ranked else 0
    lines = [
        f"{count:>{width}}\t{code}\t[{'*' if code in fixable else ' '}] {rule_name(code)}" for code, count in ranked
    ]
    return "".join(f"{line}\n" for line in lines)


def render_applied(applied: Mapping[str, Counter[str]]) -> str:
    """Return which fixes were applied where.

    Arguments:
        applied: path, as it is shown → code → how many.

    """
    total = sum(counts.total() for counts in applied.values())
    lines = [f"Fixed {total} {'finding' if total == 1 else 'findings'}:"]
    for path, counts in applied.items():
        lines.append(f"- {path}:")
        lines += [f"    {count} x {code} ({rule_name(code)})" for code, count in sorted(counts.items())]
    return "".join(f"{line}\n" for line in lines) + "\n"
