"""An order of things that depend on each other in which few dependencies point backwards."""

from collections.abc import Iterable, Mapping

from flake8_pyarch.graph.import_graph import Edge

__all__ = ["dependency_order"]

_Neighbours = dict[int, set[int]]


def dependency_order(things: Iterable[int], imports: Mapping[Edge, int]) -> list[int]:
    """Return things in an order in which most imports point to the right: who is imported comes later.

    It follows import-linter, and so a heuristic of Eades, Lin and Smyth ("A fast and effective heuristic for the
    feedback arc set problem", 1993): first whom nobody imports, last who imports nobody, and between them next the one
    that makes the most imports more than others make of it; of several, the first.

    Arguments:
        things: what to order, by numbers.
        imports: importer and imported → how many imports there are.

    """
    outgoing: _Neighbours = {thing: set() for thing in things}
    incoming: _Neighbours = {thing: set() for thing in outgoing}
    for importer, imported in imports:
        outgoing[importer].add(imported)
        incoming[imported].add(importer)
    first: list[int] = []
    last: list[int] = []
    while sources := [thing for thing, importers in incoming.items() if not importers]:
        first += sources
        for thing in sources:
            _take(thing, outgoing, incoming)
    while sinks := [thing for thing, imported in outgoing.items() if not imported]:
        last[:0] = sinks
        for thing in sinks:
            _take(thing, outgoing, incoming)
    while outgoing:
        chosen = max(outgoing, key=lambda thing: (_surplus(thing, outgoing, incoming, imports), -thing))
        first.append(chosen)
        _take(chosen, outgoing, incoming)
    return first + last


def _take(thing: int, outgoing: _Neighbours, incoming: _Neighbours) -> None:
    for imported in outgoing.pop(thing):
        incoming[imported].discard(thing)
    for importer in incoming.pop(thing):
        outgoing[importer].discard(thing)


def _surplus(thing: int, outgoing: _Neighbours, incoming: _Neighbours, imports: Mapping[Edge, int]) -> int:
    """Return how many more imports a thing makes than others make of it."""
    made = sum(imports[thing, imported] for imported in outgoing[thing])
    return made - sum(imports[importer, thing] for importer in incoming[thing])
