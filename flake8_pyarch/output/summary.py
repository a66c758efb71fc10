"""The last lines of the formats for people, as `ruff check` words them."""

from collections.abc import Iterator

from flake8_pyarch.checking.registry import rule_name
from flake8_pyarch.output.report import Report
from flake8_pyarch.output.text import count_of, printable, styled

__all__ = ["summary"]


def summary(report: Report) -> list[str]:
    """Return which fixes were applied, how many findings there are, and how many `--fix` would fix."""
    lines = list(_applied(report)) if report.shows_fixes and report.applied else []
    if not report.is_quiet:
        lines += [_found(report), *_fixable(report)]
    return lines


def _applied(report: Report) -> Iterator[str]:
    yield ""
    yield styled(f"Fixed {count_of(_fixed(report), 'error')}:", "bold green", report)
    width = len(str(max(count for counts in report.applied.values() for count in counts.values())))
    for path, counts in sorted(report.applied.items()):
        colon = styled(":", "cyan", report)
        yield f"{styled('-', 'cyan', report)} {styled(printable(path), 'bold', report)}{colon}"
        for code, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
            shown_code = styled(code, "bold red", report)
            yield f"    {count:>{width}} \N{MULTIPLICATION SIGN} {shown_code} ({rule_name(code)})"
    yield ""


def _fixed(report: Report) -> int:
    return sum(counts.total() for counts in report.applied.values())


def _found(report: Report) -> str:
    left, fixed = len(report.entries), _fixed(report)
    if fixed:
        return f"Found {count_of(left + fixed, 'error')} ({fixed} fixed, {left} remaining)."
    if left:
        return f"Found {count_of(left, 'error')}."
    if report.is_incomplete:
        return "Nothing found in what could be checked."
    return styled("All checks passed!", "bold green", report)


def _fixable(report: Report) -> Iterator[str]:
    fixes = [entry.finding.fix for entry in report.entries if entry.finding.fix is not None]
    now = sum(fix.is_safe or report.unsafe_fixes for fix in fixes)
    later = len(fixes) - now
    hint = f"{count_of(later, 'unsafe fix', 'unsafe fixes')} available with `--fix --unsafe-fixes`"
    if now:
        yield f"[{styled('*', 'cyan', report)}] {now} fixable with `--fix`{f' ({hint})' if later else ''}."
    elif later:
        yield f"{hint}."
