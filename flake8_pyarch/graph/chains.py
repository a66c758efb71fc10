"""Chains of imports from one set of modules to another."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from itertools import pairwise

from flake8_pyarch.graph.import_graph import Edge, ImportGraph

__all__ = ["Chain", "reach", "shortest_chains"]

Chain = tuple[int, ...]


def reach(graph: ImportGraph, sources: AbstractSet[int]) -> set[int]:
    """Return all that a chain of imports leads to from one of `sources`, and those themselves."""
    found = set(sources)
    pending = list(sources)
    while pending:
        following = [each for each in graph.successors[pending.pop()] if each not in found]
        found.update(following)
        pending += following
    return found


def shortest_chains(
    graph: ImportGraph, sources: AbstractSet[int], targets: AbstractSet[int], excluded: AbstractSet[int] = frozenset()
) -> Iterator[Chain]:
    """Yield chains of imports from one of `sources` to one of `targets`, the shortest first.

    No import is in two of them, so that each is something to mend by itself, as in import-linter.

    Arguments:
        graph: the imports.
        sources: where the chains begin.
        targets: where they end; none of `sources`.
        excluded: modules that no chain leads through.

    """
    used: set[Edge] = set()
    while True:
        chain = _shortest_chain(graph, sources, targets, excluded, used)
        if chain is None:
            return
        used.update(pairwise(chain))
        yield chain


def _shortest_chain(
    graph: ImportGraph,
    sources: AbstractSet[int],
    targets: AbstractSet[int],
    excluded: AbstractSet[int],
    used: AbstractSet[Edge],
) -> Chain | None:
    """Search from both ends, a step at a time from the end that has fewer modules to look at."""
    before: dict[int, int | None] = dict.fromkeys(sorted(sources))
    after: dict[int, int | None] = dict.fromkeys(sorted(targets))
    heads, tails = list(before), list(after)
    while heads and tails:
        reached: list[int] = []
        if len(heads) <= len(tails):
            for importer in heads:
                for imported in graph.successors[importer]:
                    if imported in before or imported in excluded or (importer, imported) in used:
                        continue
                    before[imported] = importer
                    if imported in after:
                        return _joined(before, after, imported)
                    reached.append(imported)
            heads = reached
        else:
            for imported in tails:
                for importer in graph.predecessors[imported]:
                    if importer in after or importer in excluded or (importer, imported) in used:
                        continue
                    after[importer] = imported
                    if importer in before:
                        return _joined(before, after, importer)
                    reached.append(importer)
            tails = reached
    return None


def _joined(before: dict[int, int | None], after: dict[int, int | None], middle: int) -> Chain:
    chain = []
    step: int | None = middle
    while step is not None:
        chain.append(step)
        step = before[step]
    chain.reverse()
    step = after[middle]
    while step is not None:
        chain.append(step)
        step = after[step]
    return tuple(chain)
