"""Loops of imports."""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from flake8_pyarch.graph.import_graph import Edge, ImportGraph

__all__ = ["Knot", "knots"]

_TRIED = 20
_Neighbours = dict[int, list[int]]


class Knot(NamedTuple):
    """Modules that all reach each other.

    Arguments:
        modules: all of them, in order.
        loop: the shortest loop among them, from the module that sorts first back to it.
        opener: the import to take away from that loop: one whose removal opens the knot, if there is such a one.

    """

    modules: tuple[int, ...]
    loop: tuple[int, ...]
    opener: Edge


def knots(graph: ImportGraph) -> list[Knot]:
    """Return every knot of a graph, that with the shortest loop first."""
    found = [_knot(component, graph) for component in _components(_neighbours(range(len(graph.names)), graph))]
    return sorted(found, key=lambda knot: (len(knot.loop), [graph.names[number] for number in knot.loop]))


def _neighbours(modules: range | tuple[int, ...], graph: ImportGraph) -> _Neighbours:
    inside = set(modules)
    return {number: [each for each in graph.successors[number] if each in inside] for number in modules}


def _knot(component: tuple[int, ...], graph: ImportGraph) -> Knot:
    neighbours = _neighbours(component, graph)
    loop = _shortest_loop(neighbours)
    return Knot(component, loop, _opener(loop, neighbours, graph))


def _components(neighbours: _Neighbours) -> Iterator[tuple[int, ...]]:
    """Yield the strongly connected sets of two modules or more (Tarjan 1972, without recursion)."""
    order: dict[int, int] = {}
    lowest: dict[int, int] = {}
    stack: list[int] = []
    on_stack: set[int] = set()
    for start in neighbours:
        pending = [] if start in order else [start]
        rest: dict[int, Iterator[int]] = {}
        while pending:
            module = pending[-1]
            if module not in order:
                order[module] = lowest[module] = len(order)
                stack.append(module)
                on_stack.add(module)
                rest[module] = iter(neighbours[module])
            following = next(rest[module], None)
            if following is None:
                pending.pop()
                if pending:
                    lowest[pending[-1]] = min(lowest[pending[-1]], lowest[module])
                if lowest[module] == order[module]:
                    yield from _popped(module, stack, on_stack)
            elif following not in order:
                pending.append(following)
            elif following in on_stack:
                lowest[module] = min(lowest[module], order[following])


def _popped(module: int, stack: list[int], on_stack: set[int]) -> Iterator[tuple[int, ...]]:
    component = [stack.pop()]
    while component[-1] != module:
        component.append(stack.pop())
    on_stack.difference_update(component)
    if len(component) > 1:
        yield tuple(sorted(component))


def _shortest_loop(neighbours: _Neighbours) -> tuple[int, ...]:
    """Return the shortest loop of a knot; of several that whose first module sorts first.

    Each module is searched from once and then taken away, with all that is on no loop without it.
    """
    following = {number: set(each) for number, each in neighbours.items()}
    preceding: dict[int, set[int]] = {number: set() for number in neighbours}
    for number, each in neighbours.items():
        for other in each:
            preceding[other].add(number)
    best: tuple[int, ...] = ()
    for number in sorted(neighbours):
        if number in following:
            imports = len(best) - 2 if best else len(following)
            best = _loop_through(number, following, imports) or best
            _take(number, following, preceding)
    return best


def _loop_through(start: int, following: dict[int, set[int]], imports: int) -> tuple[int, ...]:
    """Return the shortest loop through a module, of so many imports at most, or nothing."""
    before: dict[int, int] = {}
    level = [start]
    for _ in range(imports):
        reached: list[int] = []
        for module in level:
            for each in sorted(following[module]):
                if each == start:
                    loop = [start]
                    while module != start:
                        loop.append(module)
                        module = before[module]  # noqa: PLW2901 - the search is over
                    return (start, *reversed(loop))
                if each not in before:
                    before[each] = module
                    reached.append(each)
        level = reached
    return ()


def _take(number: int, following: dict[int, set[int]], preceding: dict[int, set[int]]) -> None:
    pending = [number]
    while pending:
        taken = pending.pop()
        if taken not in following:
            continue
        for one, other in ((following, preceding), (preceding, following)):
            for each in one.pop(taken):
                other[each].discard(taken)
                if not other[each]:
                    pending.append(each)


def _opener(loop: tuple[int, ...], neighbours: _Neighbours, graph: ImportGraph) -> Edge:
    """Return the import to take away: one that opens the whole knot, if there is such a one.

    Of several, one from a module to a package it lies in, whose names it can take from where they are defined; then one
    of few lines. In a long loop only so many are tried.
    """

    def rank(edge: Edge) -> tuple[bool, int, Edge]:
        importer, imported = edge
        leads_up = graph.names[importer].startswith(f"{graph.names[imported]}.")
        return not leads_up, len(graph.lines(importer, imported)), edge

    ranked = sorted(pairwise(loop), key=rank)
    return next((edge for edge in ranked[:_TRIED] if _opens(edge, neighbours)), ranked[0])


def _opens(edge: Edge, neighbours: _Neighbours) -> bool:
    importer, imported = edge
    left = neighbours | {importer: [each for each in neighbours[importer] if each != imported]}
    return next(_components(left), None) is None
