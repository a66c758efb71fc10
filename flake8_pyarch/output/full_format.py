"""`full`: each finding with its source and its fix, as `ruff check` prints them."""

from collections.abc import Iterator, Sequence

from flake8_pyarch.checking import Fix
from flake8_pyarch.output.fix_diff import fix_diff
from flake8_pyarch.output.frame import BAR, frame
from flake8_pyarch.output.report import Entry, Report
from flake8_pyarch.output.summary import summary
from flake8_pyarch.output.text import headline, printable, shown_path, styled

__all__ = ["render"]

_UNSAFE = "This is an unsafe fix and may change runtime behavior"


def render(report: Report) -> str:
    """Return the findings with the source they are about, and a summary."""
    rows: list[str] = []
    for path, entries in report.by_path().items():
        lines = report.lines_of(path)
        for entry in entries:
            rows += [*_finding(entry, lines, report), ""]
    return "".join(f"{row}\n" for row in [*rows, *summary(report)])


def _finding(entry: Entry, lines: Sequence[str], report: Report) -> Iterator[str]:
    finding = entry.finding
    width, source = frame(lines, finding, report)
    yield headline(finding, report)
    arrow = styled("-->", BAR, report)
    yield f"{'':{width}}{arrow} {shown_path(entry)}:{finding.line}:{finding.column + 1}"
    yield from source
    if finding.fix is not None:
        yield from _help(finding.fix, lines, report)


def _help(fix: Fix, lines: Sequence[str], report: Report) -> Iterator[str]:
    yield f"{styled('help', 'bold bright_cyan', report)}: {printable(fix.message)}"
    yield from fix_diff(lines, fix, report)
    if not fix.is_safe:
        yield f"{styled('note', 'bold yellow', report)}: {_UNSAFE}"
