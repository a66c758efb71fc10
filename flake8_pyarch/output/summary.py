"""The last lines of the formats for people."""

from flake8_pyarch.output.report import Report

__all__ = ["summary"]


def summary(report: Report) -> list[str]:
    """Return how many findings there are, and how many `--fix` would fix."""
    count = len(report.entries)
    if not count:
        return ["All checks passed!"]
    lines = [f"Found {count} {'finding' if count == 1 else 'findings'}."]
    fixes = [entry.finding.fix for entry in report.entries if entry.finding.fix is not None]
    safe = sum(fix.is_safe for fix in fixes)
    unsafe = len(fixes) - safe
    if report.unsafe_fixes and fixes:
        lines.append(f"[*] {len(fixes)} fixable with `--fix --unsafe-fixes`.")
    elif safe:
        hidden = f" ({unsafe} more with `--unsafe-fixes`)" if unsafe else ""
        lines.append(f"[*] {safe} fixable with `--fix`{hidden}.")
    elif unsafe:
        lines.append(f"{unsafe} fixable with `--fix --unsafe-fixes`.")
    return lines
