"""The format `svg` of `pyarch graph`: a picture for a README."""

from collections.abc import Iterator
from html import escape
from typing import NamedTuple

from flake8_pyarch.output.graph_summary import summary
from flake8_pyarch.output.text import count_of
from flake8_pyarch.project.picture import Arrow, Box, Picture

__all__ = ["render"]

_WIDTH, _GAP, _ROW_GAP, _MARGIN = 210, 70, 90, 30
_HEAD, _LINE, _LISTED = 52, 18, 6
_TITLE = 40
_NARROWEST = 460
_NEAR_X, _NEAR_Y = 24, 14
"""How near two numbers may not come to each other."""
_SIDE = 40
"""Room at the sides for arrows that pass all boxes."""
_STYLE = """\
  <style>
    text { font: 13px system-ui, sans-serif; fill: #222 }
    .title { font-size: 15px; font-weight: 600 }
    .name { font-weight: 600; text-anchor: middle }
    .small { font-size: 11px; fill: #666; text-anchor: middle }
    .count { font-size: 12px; text-anchor: middle; paint-order: stroke; stroke: #fff; stroke-width: 5px }
    .box { fill: #f6f8fb; stroke: #7d8fa9; stroke-width: 1.2 }
    .arrow { fill: none; stroke: #5b6b82; stroke-width: 1.4 }
    .loop { stroke-dasharray: 6 4 }
    .forbidden { stroke: #c8102e; stroke-width: 2 }
    text.forbidden { fill: #c8102e; stroke: #fff; stroke-width: 5px; font-weight: 600 }
  </style>
  <defs>
    <marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" orient="auto-start-reverse">
      <path d="M0 0 10 5 0 10z" fill="context-stroke"/>
    </marker>
  </defs>
"""


_Point = tuple[float, float]


class _Placed(NamedTuple):
    """A box and where it stands."""

    box: Box
    left: float
    top: float
    height: float

    @property
    def middle(self) -> float:
        return self.left + _WIDTH / 2

    @property
    def bottom(self) -> float:
        return self.top + self.height


def render(picture: Picture) -> str:
    """Return the boxes in rows, the innermost at the top, with an arrow for the imports from one to another."""
    placed, width, height = _placed(picture)
    title = escape(summary(picture))
    size = f'width="{width:g}" height="{height:g}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" {size}'
    parts = [
        f'{head} role="img" aria-label="{title}">\n',
        _STYLE,
        f'  <rect {size} fill="#fff"/>\n',
        f'  <text class="title" x="{_MARGIN}" y="{_MARGIN}">{title}</text>\n',
        *(line for each in placed.values() for line in _box(each, picture)),
        *_arrows(picture, placed),
        "</svg>\n",
    ]
    return "".join(parts)


def _placed(picture: Picture) -> tuple[dict[str, _Placed], float, float]:
    boxes = {box.name: box for box in picture.boxes}
    widest = max((len(row) for row in picture.rows), default=1)
    width = 2 * (_MARGIN + _SIDE) + widest * _WIDTH + (widest - 1) * _GAP
    placed = {}
    top: float = _MARGIN + _TITLE
    for row in picture.rows:
        left = (width - len(row) * _WIDTH - (len(row) - 1) * _GAP) / 2
        height = max(_HEAD + _LINE * len(_listed(boxes[name], picture)) for name in row)
        for place, name in enumerate(row):
            placed[name] = _Placed(boxes[name], left + place * (_WIDTH + _GAP), top, height)
        top += height + _ROW_GAP
    return placed, max(width, _NARROWEST), max(top - _ROW_GAP, _TITLE) + _MARGIN


def _listed(box: Box, picture: Picture) -> list[str]:
    """Return the lines below a box's name: its modules, as far as they find room, by the last of their names."""
    names = [".".join(picture.modules[number].name.split(".")[-2:]) for number in box.modules]
    if len(names) <= _LISTED:
        return names
    return [*names[: _LISTED - 1], f"and {len(names) - _LISTED + 1} more"]


def _box(placed: _Placed, picture: Picture) -> Iterator[str]:
    box = placed.box
    yield (
        f'  <rect class="box" x="{placed.left:g}" y="{placed.top:g}" width="{_WIDTH}" height="{placed.height:g}" '
        'rx="8"/>\n'
    )
    yield _text("name", placed.middle, placed.top + 22, box.name)
    knots = {picture.modules[number].knot for number in box.modules} - {None}
    loops = f", {count_of(len(knots), 'loop')}" if knots else ""
    yield _text("small", placed.middle, placed.top + 39, f"{count_of(len(box.modules), 'module')}{loops}")
    for place, name in enumerate(_listed(box, picture)):
        yield _text("small", placed.middle, placed.top + _HEAD + 8 + place * _LINE, name)


def _text(kind: str, x: float, y: float, text: str) -> str:
    return f'  <text class="{kind}" x="{x:g}" y="{y:g}">{escape(text)}</text>\n'


def _arrows(picture: Picture, placed: dict[str, _Placed]) -> Iterator[str]:
    """Yield the arrows, each from a place of its own on its box's edge, so that none lies on another."""
    edges: dict[tuple[str, str], list[tuple[float, Arrow, str]]] = {}
    for arrow in picture.arrows:
        start, end = placed[arrow.importer], placed[arrow.imported]
        if start.box.row != end.box.row:
            sides = ("top", "bottom") if start.box.row > end.box.row else ("bottom", "top")
        elif abs(start.left - end.left) > _WIDTH + _GAP:
            sides = ("bottom", "bottom")
        else:
            sides = ("right", "left") if start.left < end.left else ("left", "right")
        for name, side, other in ((arrow.importer, sides[0], end), (arrow.imported, sides[1], start)):
            edges.setdefault((name, side), []).append((other.middle, arrow, name))
    ports: dict[tuple[Arrow, str], tuple[float, float]] = {}
    for (name, side), ends in edges.items():
        box = placed[name]
        ordered = sorted(ends, key=lambda each: (each[0], each[1].importer != name, each[1]))
        for place, (_, arrow, _) in enumerate(ordered, start=1):
            share = place / (len(ordered) + 1)
            if side in {"top", "bottom"}:
                ports[arrow, name] = box.left + _WIDTH * share, box.top if side == "top" else box.bottom
            else:
                x = box.left if side == "left" else box.left + _WIDTH
                ports[arrow, name] = x, box.top + box.height * share
    way = _Way(placed)
    for arrow in picture.arrows:
        yield from _arrow(arrow, ports[arrow, arrow.importer], ports[arrow, arrow.imported], way)


class _Way:
    """Finds a way for each arrow past the boxes, and room for the number on it.

    Arguments:
        placed: the boxes.

    """

    def __init__(self, placed: dict[str, _Placed]) -> None:
        self._placed = placed
        self._lanes: list[tuple[float, int, int]] = []
        self._labels: list[tuple[float, float]] = []

    def path(self, arrow: Arrow, start: tuple[float, float], end: tuple[float, float]) -> tuple[str, list[_Point]]:
        """Return the path of an arrow, and the places on it where its number may stand, the best first."""
        (x, y), (to_x, to_y) = start, end
        rows = sorted((self._placed[arrow.importer].box.row, self._placed[arrow.imported].box.row))
        if rows[0] == rows[1]:
            is_beside = abs(to_x - x) <= _GAP
            drop = 0 if is_beside else _ROW_GAP
            path = f"M{x:g} {y:g} C{x:g} {y + drop:g} {to_x:g} {to_y + drop:g} {to_x:g} {to_y:g}"
            return path, [((x + to_x) / 2, (y + to_y) / 2 + drop * 0.75)]
        if rows[1] - rows[0] == 1:
            half = (to_y - y) / 2
            path = f"M{x:g} {y:g} C{x:g} {y + half:g} {to_x:g} {to_y - half:g} {to_x:g} {to_y:g}"
            shares = (0.5, 0.36, 0.64, 0.24, 0.76)
            return path, [(_at(share, x, to_x), _at(share, y, to_y)) for share in shares]
        lane = self._lane((x + to_x) / 2, rows[0], rows[1])
        step = _ROW_GAP if to_y > y else -_ROW_GAP
        into = f"M{x:g} {y:g} C{x:g} {y + step * 0.7:g} {lane:g} {y + step * 0.3:g} {lane:g} {y + step:g}"
        out = f"C{lane:g} {to_y - step * 0.3:g} {to_x:g} {to_y - step * 0.7:g} {to_x:g} {to_y:g}"
        path = f"{into} L{lane:g} {to_y - step:g} {out}"
        shares = (0.5, 0.4, 0.6, 0.3, 0.7)
        return path, [(lane, y + step + (to_y - y - 2 * step) * share) for share in shares]

    def label(self, places: list[_Point]) -> _Point:
        """Return the first place that no other number is near to."""
        chosen = next((each for each in places if not self._is_taken(each)), places[0])
        self._labels.append(chosen)
        return chosen

    def _is_taken(self, place: _Point) -> bool:
        x, y = place
        return any(abs(x - other_x) <= _NEAR_X and abs(y - other_y) <= _NEAR_Y for other_x, other_y in self._labels)

    def _lane(self, wanted: float, inner: int, outer: int) -> float:
        """Return a place, as near as possible to the wanted one, that is free between two rows."""
        between = [each for each in self._placed.values() if inner < each.box.row < outer]
        walls = [(each.left - 12, each.left + _WIDTH + 12) for each in between]
        walls += [(lane - 13, lane + 13) for lane, top, bottom in self._lanes if top < outer and inner < bottom]
        places = [wanted, *(x for wall in walls for x in wall)]
        free = (x for x in places if not any(left < x < right for left, right in walls))
        found = min(free, key=lambda x: (abs(x - wanted), x))
        self._lanes.append((found, inner, outer))
        return found


def _arrow(arrow: Arrow, start: _Point, end: _Point, way: _Way) -> Iterator[str]:
    path, places = way.path(arrow, start, end)
    kind = "arrow" + (" forbidden" if arrow.forbidden else "") + (" loop" if arrow.looping else "")
    yield f'  <path class="{kind}" marker-end="url(#tip)" d="{path}"/>\n'
    x, y = way.label(places)
    is_mixed = 0 < arrow.forbidden < arrow.imports
    text = f"{arrow.imports}" + (f" ({arrow.forbidden} forbidden)" if is_mixed else "")
    yield _text("count" + (" forbidden" if arrow.forbidden else ""), x, y + 4, text)


def _at(share: float, start: float, end: float) -> float:
    """Return how far a curve that leaves and arrives upright has come sideways, roughly."""
    return start + (end - start) * share
