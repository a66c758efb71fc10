"""`concise`: a line for each finding."""

from flake8_pyarch.output.report import Report
from flake8_pyarch.output.summary import summary
from flake8_pyarch.output.text import headline, shown_path, styled

__all__ = ["render"]


def render(report: Report) -> str:
    """Return `path:line:column: code message` for each finding, and a summary."""
    colon = styled(":", "cyan", report)
    lines = []
    for entry in report.entries:
        finding = entry.finding
        path = styled(shown_path(entry), "bold", report)
        place = colon.join([path, str(finding.line), str(finding.column + 1), " "])
        lines.append(place + headline(finding, report))
    return "".join(f"{line}\n" for line in [*lines, *summary(report)])
