"""Knots of imports: found, shown by their shortest loop, and opened by the import that is named."""

from itertools import pairwise, permutations

from hypothesis import given
from hypothesis import strategies as st

from flake8_pyarch.graph import ImportGraph, ImportLine
from flake8_pyarch.graph.cycles import knots

MANY = 5_000
LINE = (ImportLine(0, (1, 0, 1, 1)),)
Edges = set[tuple[int, int]]


def graph_of(size: int, edges: Edges) -> ImportGraph:
    imports: dict[int, dict[int, tuple[ImportLine, ...]]] = {}
    for importer, imported in sorted(edges):
        imports.setdefault(importer, {})[imported] = LINE
    return ImportGraph([f"m{number:04}" for number in range(size)], [None] * size, set(), imports)


def all_loops(size: int, edges: Edges) -> list[tuple[int, ...]]:
    """Return every loop, from its least module back to it."""
    return [
        (*way, way[0])
        for length in range(2, size + 1)
        for way in permutations(range(size), length)
        if way[0] == min(way) and all(edge in edges for edge in pairwise((*way, way[0])))
    ]


@given(st.sets(st.tuples(st.integers(0, 5), st.integers(0, 5)).filter(lambda edge: edge[0] != edge[1]), max_size=14))
def test_knots_are_those_that_trying_everything_finds(edges: Edges) -> None:
    loops = all_loops(6, edges)
    found = knots(graph_of(6, edges))
    assert {module for loop in loops for module in loop} == {module for knot in found for module in knot.modules}
    assert [len(knot.loop) for knot in found] == sorted(len(knot.loop) for knot in found)
    for knot in found:
        inside = [loop for loop in loops if set(loop) <= set(knot.modules)]
        shortest = min(map(len, inside))
        assert knot.loop[0] == min(loop[0] for loop in inside if len(loop) == shortest)
        assert knot.loop in inside
        assert len(knot.loop) == shortest
        assert knot.opener in pairwise(knot.loop)
        openers = [edge for edge in pairwise(knot.loop) if all(edge in pairwise(loop) for loop in inside)]
        assert not openers or knot.opener in openers


def test_a_ring_of_thousands() -> None:
    ring = {(number, (number + 1) % MANY) for number in range(MANY)}
    (knot,) = knots(graph_of(MANY, ring))
    assert knot.loop == (*range(MANY), 0)
    assert knot.opener == (0, 1)


def test_a_chain_of_thousands() -> None:
    assert knots(graph_of(MANY, {(number, number + 1) for number in range(MANY - 1)})) == []


def test_of_several_openers_the_one_that_leads_up_is_named() -> None:
    imports = {0: {1: LINE}, 1: {0: LINE}}
    (knot,) = knots(ImportGraph(["shop", "shop.book"], [None, None], set(), imports))
    assert knot.opener == (1, 0)
