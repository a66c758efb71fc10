"""`grouped`: the findings of each file below its path, as `ruff check` prints them."""

from collections.abc import Iterator

from flake8_pyarch.output.report import Entry, Report
from flake8_pyarch.output.summary import summary
from flake8_pyarch.output.text import headline, shown_path, styled

__all__ = ["render"]


def render(report: Report) -> str:
    """Return a block for each file, and a summary."""
    blocks = [line for entries in report.by_path().values() for line in _block(entries, report)]
    return "".join(f"{line}\n" for line in [*blocks, *summary(report)])


def _block(entries: list[Entry], report: Report) -> Iterator[str]:
    line_width = max(len(str(entry.finding.line)) for entry in entries)
    column_width = max(len(str(entry.finding.column + 1)) for entry in entries)
    colon = styled(":", "cyan", report)
    yield f"{styled(shown_path(entries[0]), 'underline', report)}:"
    for entry in entries:
        finding = entry.finding
        place = f"{finding.line:>{line_width}}{colon}{finding.column + 1:<{column_width}}"
        yield f"  {place} {headline(finding, report)}"
    yield ""
