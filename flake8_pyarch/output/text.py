"""Pieces of text that several formats for people share."""

from flake8_pyarch.checking import Finding
from flake8_pyarch.output.report import Entry, Report

__all__ = ["count_of", "headline", "printable", "shown_path", "styled"]

_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_PICTURES = {
    **{code: chr(0x2400 + code) for code in range(0x20)},
    ord("\t"): "\t",
    0x7F: "\N{SYMBOL FOR DELETE}",
    **dict.fromkeys(range(0x80, 0xA0), _REPLACEMENT),
    **dict.fromkeys(range(0x202A, 0x202F), _REPLACEMENT),
    **dict.fromkeys(range(0x2066, 0x206A), _REPLACEMENT),
    **dict.fromkeys(map(ord, "\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}\ufeff"), _REPLACEMENT),
    ord("\N{ZERO WIDTH JOINER}"): None,
}
"""What stands for the characters that would steer the terminal instead of being shown by it."""


def printable(text: str) -> str:
    """Return the text on one line, with nothing in it that a terminal obeys."""
    return text if text.isprintable() else text.translate(_PICTURES)


def styled(text: str, style: str, report: Report) -> str:
    """Return the text in one of rich's styles, where the output shows colours."""
    if not report.in_colour:
        return text
    from rich.style import Style  # noqa: PLC0415 - output that shows no colours does without

    return Style.parse(style).render(text)


def shown_path(entry: Entry) -> str:
    """Return the path of a finding as a terminal shows it."""
    return printable(entry.shown_path)


def headline(finding: Finding, report: Report) -> str:
    """Return code and message, with a mark between them where `--fix` helps."""
    mark = f"[{styled('*', 'cyan', report)}] " if report.is_fixable(finding) else ""
    return f"{styled(finding.code, 'bold red', report)} {mark}{printable(finding.message)}"


def count_of(number: int, noun: str, plural: str | None = None) -> str:
    """Return a number and what is counted: `1 error`, `2 errors`; the plural only where it takes more than an `s`."""
    return f"{number} {noun if number == 1 else plural or f'{noun}s'}"
