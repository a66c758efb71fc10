"""`full`: the frames around findings, and the diffs of fixes."""

from textwrap import dedent

import pytest

from flake8_pyarch.checking import Edit, Finding, Fix
from flake8_pyarch.output.cells import Cells
from flake8_pyarch.output.formats import render
from flake8_pyarch.output.report import Report
from flake8_pyarch.source.text import split_lines
from tests.output.reports import entry

Span = tuple[int, int, int, int]


def full(text: str, span: Span, fix: Fix | None = None) -> list[str]:
    """Return the lines between a finding's place and the blank line below it."""
    finding = Finding("PYA101", "message", *span, fix=fix)
    lines = render("full", Report([entry("/a.py", finding)], lambda _: split_lines(text))).split("\n")
    return lines[2 : lines.index("")]


def drawn(text: str) -> list[str]:
    return dedent(text).strip("\n").split("\n")


@pytest.mark.parametrize(
    ("text", "span", "marked"),
    [
        ("x = bad()\n", (1, 4, 1, 9), "    ^^^^^"),
        ("größe = bad()\n", (1, 8, 1, 13), "        ^^^^^"),
        ('"漢字"; bad()\n', (1, 6, 1, 11), "        ^^^^^"),
        ('"🎉"; bad("漢")\n', (1, 5, 1, 13), "      ^^^^^^^^^"),
        ('"e\u0301"; bad()\n', (1, 6, 1, 11), "     ^^^^^"),
        ('"a\u200db"; bad()\n', (1, 7, 1, 12), "      ^^^^^"),
        ("\tx\t= bad()\n", (1, 5, 1, 10), "           ^^^^^"),
        ('"\x1b\x85\u202e"; bad()\n', (1, 7, 1, 12), "       ^^^^^"),
        ("x = bad()", (1, 4, 1, 4), "    ^"),
        ("x = bad()\r\n", (1, 4, 2, 0), "    ^^^^^"),
        ("x = bad()\n", (1, 4, 9, 9), "    ^^^^^"),
        ("x\n", (1, 7, 1, 9), " ^"),
    ],
)
def test_the_mark_stands_below_the_span(text: str, span: Span, marked: str) -> None:
    assert full(text, span)[2] == f"  | {marked}"


def test_characters_that_steer_a_terminal_are_shown_as_pictures() -> None:
    assert full('"\x1b\x85\u202e\u200d"\n', (1, 0, 1, 1))[1] == '1 | "␛��"'


def test_blank_lines_at_the_edges_are_left_out() -> None:
    assert full("a\n\n \nbad\n\n\nb\n", (4, 0, 4, 3)) == drawn(
        """
          |
        4 | bad
          | ^^^
        """
    )


def test_two_lines_of_context() -> None:
    assert full("".join(f"{number}\n" for number in range(7, 17)), (3, 0, 3, 1)) == drawn(
        """
          |
        1 | 7
        2 | 8
        3 | 9
          | ^
        4 | 10
        5 | 11
          |
        """
    )


def test_a_span_of_several_lines() -> None:
    assert full("a\n  x = {\n  1: 1}\nb\n", (2, 6, 3, 7)) == drawn(
        """
          |
        1 |   a
        2 |     x = {
          |  _______^
        3 | |   1: 1}
          | |_______^
        4 |   b
          |
        """
    )
    assert full("a\n  {\n}\n", (2, 2, 3, 1)) == drawn(
        """
          |
        1 |   a
        2 | /   {
        3 | | }
          | |_^
        """
    )


def test_the_middle_of_a_long_span_is_left_out() -> None:
    rows = full("class A:\n" + "    x = 1\n" * 40 + "y = 1\n", (1, 0, 41, 9))
    assert rows[:3] == ["   |", " 1 | / class A:", " 2 | |     x = 1"]
    assert rows[12:] == drawn(
        """
        12 | |     x = 1
        ...  |
        36 | |     x = 1
        37 | |     x = 1
        38 | |     x = 1
        39 | |     x = 1
        40 | |     x = 1
        41 | |     x = 1
           | |_________^
        42 |   y = 1
           |
        """
    )


@pytest.mark.parametrize("before", [0, 100, 118, 119, 120, 121, 139, 140, 141, 1000])
@pytest.mark.parametrize("filler", ["x", "漢"])
def test_a_long_line_is_cut_around_the_span(before: int, filler: str) -> None:
    text = filler * before + "bad()" + filler * 1000
    _, line, mark = full(f"short\n{text}\n", (2, before, 2, before + 5))[1:4]
    cells = Cells(line)
    assert len(cells) <= len("2 | ") + 140
    assert line.endswith("…")
    at = mark.index("^")
    assert cells.shown((at, at + 5)).strip("…") in {"bad()", "ad("}
    assert mark.rstrip("^") == " " * 2 + "|" + " " * (at - 3)
    assert mark.count("^") == 5


def test_marks_on_a_wide_character_are_cut_off_with_it() -> None:
    _, line, mark = full("漢\u0301" * 100 + "bad()" + "x" * 200, (1, 200, 1, 205))
    assert line.startswith(("1 | … 漢\u0301", "1 | …漢\u0301"))
    assert len(Cells(line[: line.index("bad()")])) == mark.index("^")


def test_a_span_wider_than_the_terminal() -> None:
    text = "x" * 30 + "y" * 500
    _, line, mark = full(text, (1, 30, 1, 530))
    assert line == "1 | …" + "x" * 19 + "y" * 119 + "…"
    assert mark == "  | " + " " * 20 + "^" * 120


def test_lines_that_are_cut_off_whole() -> None:
    rows = full("short\n\n" + "x" * 500 + "\n", (3, 490, 3, 495))
    assert rows[1:3] == ["1 | …", "2 |"]


@pytest.mark.parametrize("text", ["", "a\n"])
def test_a_file_that_is_gone_or_shorter(text: str) -> None:
    fix = Fix("Do it", (Edit(7, 0, 8, 0, ""),), is_safe=True)
    assert full(text, (7, 0, 7, 3), fix) == ["help: Do it"]


def diff(text: str, *edits: Edit) -> list[str]:
    rows = full(text, (1, 0, 1, 1), Fix("Do it", edits, is_safe=True))
    return rows[rows.index("help: Do it") + 1 :]


def test_fix_within_a_line() -> None:
    assert diff("a\nb = c\nd\ne\n", Edit(2, 4, 2, 5, "x")) == drawn(
        """
          |
        1 | a
          - b = c
        2 + b = x
        3 | d
          |
        """
    )


def test_fix_that_inserts_and_removes_lines() -> None:
    text = "".join(f"{letter}\n" for letter in "abcdefghijkl")
    assert diff(text, Edit(10, 0, 11, 0, ""), Edit(1, 0, 1, 0, "import x\n"), Edit(5, 1, 5, 1, ",\n    f")) == drawn(
        """
           |
        1  + import x
        2  | a
        3  | b
        4  | c
        5  | d
           - e
        6  + e,
        7  +     f
        8  | f
        9  | g
        10 | h
        11 | i
           - j
        12 | k
           |
        """
    )


def test_changes_that_lie_far_apart() -> None:
    text = "".join(f"{letter}\n" for letter in "abcdefghijkl")
    assert diff(text, Edit(2, 0, 2, 1, "B"), Edit(8, 0, 8, 1, "H")) == drawn(
        f"""
          |
        1 | a
          - b
        2 + B
        3 | c
        {"-" * 80}
        7 | g
          - h
        8 + H
        9 | i
          |
        """
    )


def test_fix_at_the_end_of_a_file() -> None:
    assert diff("a\nb", Edit(2, 0, 2, 1, "")) == ["  |", "1 | a", "  - b", "  |"]
    assert diff("a\nb\n", Edit(2, 0, 3, 0, "")) == ["  |", "1 | a", "  - b", "  |"]
    assert diff("a\n", Edit(2, 0, 2, 0, "b\n")) == ["  |", "1 | a", "2 + b", "  |"]


def test_fix_keeps_carriage_returns_out_of_sight() -> None:
    assert diff("a\r\nb\r\n", Edit(1, 0, 1, 1, "c\nd")) == ["  |", "  - a", "1 + c", "2 + d", "3 | b", "  |"]


def test_fix_in_a_very_long_line() -> None:
    text = "x" * 500 + "bad()" + "y" * 500 + "\n"
    _, old, new, _ = diff(text, Edit(1, 500, 1, 503, "good"))
    assert len(old) == len(new) == 4 + 140
    assert "xbad()y" in old
    assert "xgood()y" in new


def test_fix_that_changes_nothing() -> None:
    assert diff("a\n", Edit(1, 0, 1, 1, "a")) == ["  |", "1 | a", "  |"]
    assert diff("a\n") == []
