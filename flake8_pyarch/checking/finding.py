"""What a rule reports."""

from typing import NamedTuple

__all__ = ["About", "Edit", "Finding", "Fix"]


class Edit(NamedTuple):
    """A replacement of a range of the text.

    Arguments:
        line, column: where the range begins; the line counts from 1, the column from 0.
        end_line, end_column: where it ends, exclusive.
        text: what stands there afterwards. A rule ends its lines with a newline; the checker makes of it what the
            file has.

    """

    line: int
    column: int
    end_line: int
    end_column: int
    text: str


class Fix(NamedTuple):
    """Edits that remove a finding.

    Arguments:
        message: what the fix does, as an order: `Return self`.
        edits: the edits, which do not overlap.
        is_safe: whether the program means the same afterwards, comments included.

    """

    message: str
    edits: tuple[Edit, ...]
    is_safe: bool


class About(NamedTuple):
    """What a custom rule says of itself: its code means another rule in another project.

    Arguments:
        name: its `id`.
        severity: `hint`, `info`, `warning` or `error`.
        note: why it is there, or nothing.
        url: where it is documented, or None.

    """

    name: str
    severity: str
    note: str
    url: str | None


class Finding(NamedTuple):
    """One report of a rule.

    A rule gives columns as `ast` does, in UTF-8 bytes; the checker turns them into characters.

    Arguments:
        code: the rule's code.
        message: one sentence without a full stop.
        line, column: where it begins; the line counts from 1, the column from 0.
        end_line, end_column: where it ends, exclusive.
        fix: how to remove it, or None.
        twins: the codes of the rules of Ruff that each report the same here.
        about: what there is to know of a custom rule, None for a rule of ours.

    """

    code: str
    message: str
    line: int
    column: int
    end_line: int
    end_column: int
    fix: Fix | None = None
    twins: tuple[str, ...] = ()
    about: About | None = None

    @property
    def order(self) -> tuple[int, int, str, str]:
        """The key that findings of one file are sorted by."""
        return (self.line, self.column, self.code, self.message)
