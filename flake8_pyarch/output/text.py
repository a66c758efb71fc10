"""Pieces of text that several formats for people share."""

from flake8_pyarch.checking import Finding
from flake8_pyarch.output.report import Report

__all__ = ["headline", "styled"]


def styled(text: str, style: str, report: Report) -> str:
    """Return the text in one of rich's styles, where the output shows colours."""
    if not report.in_colour:
        return text
    from rich.style import Style  # noqa: PLC0415 - output that shows no colours does without

    return Style.parse(style).render(text)


def headline(finding: Finding, report: Report) -> str:
    """Return code and message, with a mark between them where `--fix` helps."""
    mark = f"[{styled('*', 'cyan', report)}] " if report.is_fixable(finding) else ""
    return f"{styled(finding.code, 'bold red', report)} {mark}{finding.message}"
