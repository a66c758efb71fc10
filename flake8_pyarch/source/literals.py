"""String literals as they are written: what is left of an assembled text when its placeholders are taken out.

The literals are rewritten piece by piece from the source text, so that their quotes, prefixes and escapes stay as they
are. Where the text is not exactly what the tree says, nothing is rewritten.
"""

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from warnings import catch_warnings, simplefilter

from flake8_pyarch.patterns import lazy_pattern
from flake8_pyarch.source.syntax import dotted_name, literal_string

__all__ = ["GAP", "Replacement", "StaticText", "end_of", "static_text_of", "text_between"]

_PIECE = lazy_pattern(
    r"(?P<prefix>[A-Za-z]{0,2})(?P<quote>'''|\"\"\"|'|\")(?P<body>(?:\\.|(?!(?P=quote)).)*)(?P=quote)", re.DOTALL
)
GAP = r"(?:\s|\\\r?\n|#[^\r\n]*)*"
"""What may stand between two tokens inside brackets."""

_GAP = lazy_pattern(GAP)
_ESCAPE = r"\\(?:N\{[^}]*\}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[^NxuU0-7])"
_DOTTED = r"\{\s*(?P<name>[^\W\d]\w*(?:\s*\.\s*[^\W\d]\w*)*)\s*\}"
_PLAIN_UNIT = lazy_pattern(rf"{_ESCAPE}|(?P<name>(?!))|[^\\]", re.DOTALL)
_F_STRING_UNIT = lazy_pattern(rf"{_ESCAPE}|\{{\{{|\}}\}}|{_DOTTED}|[^{{}}\\]", re.DOTALL)
_RAW_F_STRING_UNIT = lazy_pattern(rf"\{{\{{|\}}\}}|{_DOTTED}|[^{{}}]", re.DOTALL)
_FORMAT_UNIT = lazy_pattern(rf"{_ESCAPE}|\{{\{{|\}}\}}|\{{(?P<name>\w*)\}}|[^{{}}\\]", re.DOTALL)
_PERCENT_UNIT = lazy_pattern(rf"{_ESCAPE}|%%|%(?P<name>)[sd]|[^%\\]", re.DOTALL)
_DOUBLED = {"{{": "{", "}}": "}", "%%": "%"}
_PAIRS = {"'": "'", '"': '"', "`": "`", "(": ")", "[": "]", "<": ">", "{": "}"}
_PREFIXES = frozenset({"", "u", "r", "f", "fr", "rf"})
_SEPARATORS = frozenset(" \t:;,=-")
_LETTER = lazy_pattern(r"[^\W\d_]")
_CLOSING = frozenset(".,:;!?)")


class Replacement(NamedTuple):
    """A range of the text, as `ast` counts lines and columns, and what should stand there."""

    line: int
    column: int
    end_line: int
    end_column: int
    text: str


class StaticText(NamedTuple):
    """An assembled text without its placeholders.

    Arguments:
        pieces: what to write instead, the last one up to the end of the whole expression.
        values: the values that stood in the placeholders, each with the name it was given, or None.

    """

    pieces: tuple[Replacement, ...]
    values: tuple[tuple[str | None, ast.expr], ...]


class _Unit:
    """A character of a literal, or an escape, or a placeholder with its name."""

    def __init__(self, text: str, slot: str | None = None) -> None:
        self.text = text
        self.slot = slot
        self.is_kept = True


class _Piece(NamedTuple):
    start: int
    end: int
    prefix: str
    quote: str
    units: list[_Unit]

    def written(self) -> str:
        """Return the literal that is left."""
        body = "".join(unit.text for unit in self.units if unit.is_kept and unit.slot is None)
        prefix = "".join(letter for letter in self.prefix if letter not in "fF")
        return f"{prefix}{self.quote}{body}{self.quote}"


def static_text_of(node: ast.expr, lines: Sequence[str]) -> StaticText | None:
    """Return what is left of an f-string, a `%` or a `.format()` without its placeholders.

    It is None where that is not certain: a placeholder that is more than a name or attributes, a conversion or a
    format, a comment that would get lost, or no word left over.
    """
    match node:
        case ast.JoinedStr(values=parts):
            constants = [text for part in parts if (text := literal_string(part)) is not None]
            values = [part.value for part in parts if isinstance(part, ast.FormattedValue)]
            return _rewritten(node, node, "".join(constants), [(None, value) for value in values], lines)
        case ast.BinOp(left=ast.Constant(value=str() as text) as literal, op=ast.Mod(), right=right):
            given = right.elts if isinstance(right, ast.Tuple) else [right]
            return _rewritten(node, literal, text, [(None, value) for value in given], lines)
        case ast.Call(func=ast.Attribute(value=ast.Constant(value=str() as text) as literal, attr="format")):
            arguments = [(None, value) for value in node.args]
            named = [(keyword.arg, keyword.value) for keyword in node.keywords]
            return _rewritten(node, literal, text, [*arguments, *named], lines)
    return None


def _rewritten(
    whole: ast.expr,
    literal: ast.JoinedStr | ast.Constant,
    text: str,
    values: Sequence[tuple[str | None, ast.expr]],
    lines: Sequence[str],
) -> StaticText | None:
    if (whole.lineno, whole.col_offset) != (literal.lineno, literal.col_offset):
        return None
    source = text_between(lines, _start(literal), end_of(literal))
    rest = text_between(lines, end_of(literal), end_of(whole))
    pieces = _pieces(source, whole)
    if pieces is None or "#" in rest or any(dotted_name(value) is None for _, value in values):
        return None
    units = [unit for piece in pieces for unit in piece.units]
    if not _is_what_the_tree_says(pieces, units, text, whole, source):
        return None
    chosen = _chosen_values([unit.slot for unit in units if unit.slot is not None], values, whole)
    _take_out_placeholders(units)
    left = "".join(unit.text if len(unit.text) == 1 else " " for unit in units if unit.is_kept)
    if chosen is None or _LETTER().search(left) is None:
        return None
    return StaticText(tuple(_replacements(pieces, source, literal, whole)), chosen)


def _start(node: ast.expr) -> tuple[int, int]:
    return node.lineno, node.col_offset


def end_of(node: ast.expr) -> tuple[int, int]:
    """Return the line and the column, in UTF-8 bytes, where an expression ends."""
    return node.end_lineno or node.lineno, node.end_col_offset or node.col_offset


def text_between(lines: Sequence[str], start: tuple[int, int], end: tuple[int, int]) -> str:
    """Return the source text between two places, each a line and a column in UTF-8 bytes."""
    taken = [line.encode() for line in lines[start[0] - 1 : end[0]]]
    if not taken:
        return ""
    taken[-1] = taken[-1][: end[1]]
    taken[0] = taken[0][start[1] :]
    return b"".join(taken).decode(errors="replace")


def _pieces(source: str, whole: ast.expr) -> list[_Piece] | None:
    """Return the adjacent literals that `source` is made of, None where it is anything else."""
    pieces = []
    position = 0
    while position < len(source):
        found = _PIECE().match(source, position)
        if found is None:
            return None
        prefix = found["prefix"].lower()
        units = _units(found["body"], _unit_pattern(prefix, whole)) if prefix in _PREFIXES else None
        if units is None:
            return None
        pieces.append(_Piece(found.start(), found.end(), found["prefix"], found["quote"], units))
        gap = _GAP().match(source, found.end())
        position = gap.end() if gap is not None else found.end()
    return pieces


def _unit_pattern(prefix: str, whole: ast.expr) -> re.Pattern[str]:
    match whole:
        case ast.JoinedStr() if "f" not in prefix:
            return _PLAIN_UNIT()
        case ast.JoinedStr():
            return _RAW_F_STRING_UNIT() if "r" in prefix else _F_STRING_UNIT()
        case ast.BinOp():
            return _PERCENT_UNIT()
    return _FORMAT_UNIT()


def _units(body: str, pattern: re.Pattern[str]) -> list[_Unit] | None:
    units = []
    position = 0
    while position < len(body):
        found = pattern.match(body, position)
        if found is None:
            return None
        name = found["name"]
        units.append(_Unit(_DOUBLED.get(found[0], found[0]), None if name is None else "".join(name.split())))
        position = found.end()
    return units


def _is_what_the_tree_says(pieces: list[_Piece], units: list[_Unit], text: str, whole: ast.expr, source: str) -> bool:
    """Tell whether the literals, read from the source, hold the text that the tree has."""
    if not isinstance(whole, ast.JoinedStr):
        return _evaluated(source) == text
    names = [dotted_name(part.value) for part in whole.values if isinstance(part, ast.FormattedValue)]
    written = " ".join(piece.written() for piece in pieces)
    return _evaluated(written) == text and names == [unit.slot for unit in units if unit.slot is not None]


def _evaluated(literals: str) -> str | None:
    try:
        with catch_warnings():
            simplefilter("ignore")  # an escape that Python does not know stays as it is
            value = ast.literal_eval(f"({literals}\n)")
    except (SyntaxError, ValueError):
        return None
    return value if isinstance(value, str) else None


def _chosen_values(
    slots: Sequence[str], values: Sequence[tuple[str | None, ast.expr]], whole: ast.expr
) -> tuple[tuple[str | None, ast.expr], ...] | None:
    """Return the values in the order of their placeholders, None where they do not fit."""
    if not isinstance(whole, ast.Call):
        return tuple(values) if len(slots) == len(values) else None
    numbered = {str(place): entry for place, entry in enumerate(values) if entry[0] is None}
    known = numbered | {entry[0]: entry for entry in values if entry[0] is not None}
    keys = [slot or str(place) for place, slot in enumerate(slots)]
    if any(slots) and not all(slots):
        return None
    fits = set(keys) == set(known) and len(known) == len(values)
    return tuple(known[key] for key in keys) if fits else None


def _take_out_placeholders(units: list[_Unit]) -> None:
    """Take out each placeholder with its label (`id=`), its brackets or quotes, and the space it leaves behind."""
    for place, unit in enumerate(units):
        if unit.slot is not None:
            _take_out(place, units)


def _take_out(place: int, units: list[_Unit]) -> None:
    left, right = _left_of(place, units), _right_of(place, units)
    while left is not None:
        if right is not None and _PAIRS.get(units[left].text.removeprefix("\\")) == units[right].text.removeprefix(
            "\\"
        ):
            _drop(units, (left, right))
            left, right = _left_of(left, units), _right_of(right, units)
        elif units[left].text == "=" and (word := _word_before(left, units)):
            _drop(units, (left, *word))
            left = _left_of(word[-1], units)
        else:
            break
    _close_gap(left, right, units)


def _close_gap(left: int | None, right: int | None, units: list[_Unit]) -> None:
    while right is not None and (left is None or units[left].text == " ") and _is_separator(units[right], left):
        _drop(units, (right,))
        right = _right_of(right, units)
    while left is not None and (
        (right is None and units[left].text in _SEPARATORS)
        or (right is not None and units[left].text == " " and units[right].text in _CLOSING)
    ):
        _drop(units, (left,))
        left = _left_of(left, units)


def _is_separator(unit: _Unit, left: int | None) -> bool:
    return unit.text in _SEPARATORS if left is None else unit.text == " "


def _word_before(place: int, units: list[_Unit]) -> list[int]:
    found: list[int] = []
    before = _left_of(place, units)
    while before is not None and (units[before].text.isalnum() or units[before].text in {"_", ".", "-"}):
        found.append(before)
        before = _left_of(before, units)
    return found


def _left_of(place: int, units: list[_Unit]) -> int | None:
    return next((i for i in range(place - 1, -1, -1) if units[i].is_kept and units[i].slot is None), None)


def _right_of(place: int, units: list[_Unit]) -> int | None:
    found = next((i for i in range(place + 1, len(units)) if units[i].is_kept), None)
    return None if found is None or units[found].slot is not None else found


def _drop(units: list[_Unit], places: Iterable[int]) -> None:
    for place in places:
        units[place].is_kept = False


def _replacements(pieces: list[_Piece], source: str, literal: ast.expr, whole: ast.expr) -> Iterator[Replacement]:
    for piece in pieces:
        line, column = _place(source, piece.start, literal)
        end_line, end_column = end_of(whole) if piece is pieces[-1] else _place(source, piece.end, literal)
        yield Replacement(line, column, end_line, end_column, piece.written())


def _place(source: str, offset: int, literal: ast.expr) -> tuple[int, int]:
    """Return line and column of an offset into the source of a literal."""
    before = source[:offset]
    last = before.rpartition("\n")[2]
    breaks = before.count("\n")
    return literal.lineno + breaks, len(last.encode()) + (0 if breaks else literal.col_offset)
