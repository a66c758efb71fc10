"""What a picture of a project shows: its modules in boxes, the imports between them, which are forbidden, the loops."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from flake8_pyarch.checking import ProjectFacts
from flake8_pyarch.contracts import DirectCheck
from flake8_pyarch.graph import ImportGraph
from flake8_pyarch.graph.cycles import Knot, knots
from flake8_pyarch.graph.order import dependency_order
from flake8_pyarch.source.import_facts import FOREIGN, LATER, TYPE_CHECKING_ONLY

__all__ = ["Arrow", "Box", "Picture", "PicturedImport", "PicturedModule", "picture_of"]

ROWS = (
    ("domain",),
    ("application", "config"),
    ("api", "persistence", "external", "infrastructure"),
    ("composition",),
    ("other",),
)
"""The boxes of a project that has layers, from the inside to the outside."""

_SEGMENTS_OF_A_BOX = 2
_WIDEST_ROW = 5
_LEAST_SHARE_IN_LAYERS = 0.1
"""Below it what looks like a layer is a module that happens to be called like one."""


class PicturedModule(NamedTuple):
    """One module.

    Arguments:
        name: its dotted name.
        path: its path below the project, with forward slashes.
        box: the name of the box it stands in.
        knot: the number of the knot it is in, or None.

    """

    name: str
    path: str
    box: str
    knot: int | None


class PicturedImport(NamedTuple):
    """One module's import of another.

    Arguments:
        importer, imported: the modules, by their numbers.
        lines: where it stands.
        problem: why it is forbidden, or None.
        in_loop: whether it is part of the loop that a knot is shown by.

    """

    importer: int
    imported: int
    lines: tuple[int, ...]
    problem: str | None
    in_loop: bool


class Box(NamedTuple):
    """A layer, or where there are none a package.

    Arguments:
        name: what it is called.
        row: how far out it stands, from 0.
        modules: the numbers of its modules.

    """

    name: str
    row: int
    modules: tuple[int, ...]


class Arrow(NamedTuple):
    """The imports from one box to another.

    Arguments:
        importer, imported: the names of the boxes.
        imports: how many imports there are.
        forbidden: how many of them are forbidden.
        looping: how many of them are part of a loop.

    """

    importer: str
    imported: str
    imports: int
    forbidden: int
    looping: int


@dataclass(frozen=True)
class Picture:
    """A project as a picture shows it.

    Arguments:
        title: what it is called.
        modules: its modules, in order of name.
        imports: the imports between them, in order.
        loops: of each knot its shortest loop, as numbers of modules; the shortest first.
        rows: the names of the boxes of each row.

    """

    title: str
    modules: tuple[PicturedModule, ...]
    imports: tuple[PicturedImport, ...]
    loops: tuple[tuple[int, ...], ...]
    rows: tuple[tuple[str, ...], ...]

    @cached_property
    def boxes(self) -> tuple[Box, ...]:
        """Its boxes, from the inside to the outside."""
        held: dict[str, list[int]] = {}
        for number, module in enumerate(self.modules):
            held.setdefault(module.box, []).append(number)
        return tuple(Box(name, row, tuple(held[name])) for row, names in enumerate(self.rows) for name in names)

    @cached_property
    def arrows(self) -> tuple[Arrow, ...]:
        """The imports between different boxes, in order of the boxes."""
        counts: Counter[tuple[str, str]] = Counter()
        forbidden: Counter[tuple[str, str]] = Counter()
        looping: Counter[tuple[str, str]] = Counter()
        for each in self.imports:
            pair = self.modules[each.importer].box, self.modules[each.imported].box
            if pair[0] != pair[1]:
                counts[pair] += 1
                forbidden[pair] += each.problem is not None
                looping[pair] += each.in_loop
        places = {box.name: place for place, box in enumerate(self.boxes)}
        ordered = sorted(counts, key=lambda pair: (places[pair[0]], places[pair[1]]))
        return tuple(Arrow(*pair, counts[pair], forbidden[pair], looping[pair]) for pair in ordered)

    @property
    def forbidden(self) -> list[PicturedImport]:
        """The imports that are forbidden."""
        return [each for each in self.imports if each.problem is not None]


def picture_of(facts: ProjectFacts, title: str, paths: Iterable[str]) -> Picture:
    """Return the picture of those modules of a project that lie at the absolute `paths`, tests left out."""
    graph = facts.imports
    shown_paths = {path for path in paths if not facts.is_test(path)}
    shown = [number for number, path in enumerate(graph.paths) if path in shown_paths]
    boxes = _boxes(shown, graph, facts)
    numbers = {number: place for place, number in enumerate(shown)}
    found = _knots(shown, graph)
    knot_of = {module: place for place, knot in enumerate(found) for module in knot.modules}
    modules = tuple(
        PicturedModule(
            graph.names[number],
            "/".join(facts.source_tree.relative_parts(graph.paths[number] or "")),
            boxes[number],
            knot_of.get(number),
        )
        for number in shown
    )
    looping = {edge for knot in found for edge in zip(knot.loop, knot.loop[1:], strict=False)}
    problems = _problems(shown, graph, facts)
    imports = tuple(
        PicturedImport(
            numbers[importer],
            numbers[imported],
            tuple(line.extent[0] for line in graph.lines(importer, imported)),
            problems.get((importer, imported)),
            (importer, imported) in looping,
        )
        for importer in shown
        for imported in graph.successors[importer]
        if imported in numbers
    )
    loops = tuple(tuple(numbers[module] for module in knot.loop) for knot in found)
    return Picture(title, modules, imports, loops, _rows(modules, imports))


def _knots(shown: list[int], graph: ImportGraph) -> list[Knot]:
    inside = set(shown)
    return knots(
        graph.keeping(
            lambda importer, imported, line: (
                importer in inside and imported in inside and not line.kind & (TYPE_CHECKING_ONLY | LATER | FOREIGN)
            )
        )
    )


def _boxes(shown: list[int], graph: ImportGraph, facts: ProjectFacts) -> dict[int, str]:
    """Return the box of each module: its layer, or where hardly any has one the package it lies in."""
    boxes = {}
    for number in shown:
        place = facts.source_tree.place(facts.source_tree.location(graph.paths[number] or ""))
        boxes[number] = place.layer.value if place.layer else "composition" if place.is_composition else "other"
    layered = sum(box not in {"composition", "other"} for box in boxes.values())
    if layered < len(shown) * _LEAST_SHARE_IN_LAYERS:
        return {number: ".".join(graph.names[number].split(".")[:_SEGMENTS_OF_A_BOX]) for number in shown}
    return boxes


def _rows(modules: Sequence[PicturedModule], imports: Iterable[PicturedImport]) -> tuple[tuple[str, ...], ...]:
    """Return the boxes of each row: layers from the inside to the outside, packages outside those they import."""
    boxes = {module.box for module in modules}
    if boxes <= {name for row in ROWS for name in row}:
        return tuple(names for row in ROWS if (names := tuple(name for name in row if name in boxes)))
    ordered = sorted(boxes)
    numbers = {name: number for number, name in enumerate(ordered)}
    pairs = ((modules[each.importer].box, modules[each.imported].box) for each in imports)
    counts = Counter((numbers[importer], numbers[imported]) for importer, imported in pairs if importer != imported)
    heights: dict[int, int] = {}
    for number in reversed(dependency_order(range(len(ordered)), counts)):
        below = (heights[imported] for importer, imported in counts if importer == number and imported in heights)
        heights[number] = max(below, default=-1) + 1
    rows: list[list[str]] = [[] for _ in range(max(heights.values()) + 1)]
    for number, height in sorted(heights.items()):
        rows[height].append(ordered[number])
    return tuple(tuple(row[start : start + _WIDEST_ROW]) for row in rows for start in range(0, len(row), _WIDEST_ROW))


def _problems(shown: list[int], graph: ImportGraph, facts: ProjectFacts) -> Mapping[tuple[int, int], str]:
    """Return importer and imported → why the one may not import the other, in a few words."""
    tree = facts.source_tree
    places = {number: tree.place(tree.location(graph.paths[number] or "")) for number in shown}
    checks = [DirectCheck(contract) for contract in facts.settings.contracts]
    problems = {}
    for importer in shown:
        layer = places[importer].layer
        for imported in graph.successors[importer]:
            if imported not in places:
                continue
            if layer is not None and tree.forbids(layer, places[imported]):
                problems[importer, imported] = f"{layer} may not import {places[imported].layer or 'composition'}"
            for check in checks:
                if check.breach(graph.names[importer], graph.names[imported]) is not None:
                    problems[importer, imported] = f"contract '{check.contract.name}'"
    return problems
