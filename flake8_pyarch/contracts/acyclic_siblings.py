"""`acyclic_siblings`: what lies side by side in a package does not depend on each other in a loop.

Which dependencies are named to go follows import-linter, which follows a heuristic of Eades, Lin and Smyth ("A fast and
effective heuristic for the feedback arc set problem", 1993): put the modules into an order in which most imports point
one way; those that point the other way are to go.
"""

from collections.abc import Iterator

from flake8_pyarch.contracts.breaches import Breach
from flake8_pyarch.contracts.expressions import modules_of
from flake8_pyarch.graph import ImportGraph
from flake8_pyarch.graph.import_graph import Edge
from flake8_pyarch.settings.contracts import AcyclicSiblingsContract

__all__ = ["siblings_breaches"]


def siblings_breaches(contract: AcyclicSiblingsContract, graph: ImportGraph) -> Iterator[Breach]:
    """Yield each dependency between siblings that has to go for them to form no loop."""
    skipped = set(modules_of(graph, contract.skip_descendants))
    seen: set[int] = set()
    level = modules_of(graph, contract.ancestors)
    for _ in range(contract.depth + 1):
        below: list[int] = []
        for package in level:
            if package not in seen:
                seen.add(package)
                yield from _breaches_in(package, graph)
            below += (child for child in graph.children(package) if child not in skipped)
        level = below


def _breaches_in(package: int, graph: ImportGraph) -> Iterator[Breach]:
    children = graph.children(package)
    imports = _imports_between(children, graph)
    places = {child: place for place, child in enumerate(_order(children, imports))}
    for (importer, imported), chains in sorted(imports.items()):
        if places[imported] < places[importer]:
            yield Breach(graph.names[importer], graph.names[imported], min(chains), len(chains))


def _imports_between(children: list[int], graph: ImportGraph) -> dict[Edge, list[Edge]]:
    of_module = {module: child for child in children for module in graph.with_descendants(child)}
    found: dict[Edge, list[Edge]] = {}
    for importer, child in of_module.items():
        for imported in graph.successors[importer]:
            other = of_module.get(imported, child)
            if other != child:
                found.setdefault((child, other), []).append((importer, imported))
    return found


def _order(children: list[int], imports: dict[Edge, list[Edge]]) -> list[int]:
    """Return the children in an order in which most imports point to the right."""
    outgoing: dict[int, set[int]] = {child: set() for child in children}
    incoming: dict[int, set[int]] = {child: set() for child in children}
    for importer, imported in imports:
        outgoing[importer].add(imported)
        incoming[imported].add(importer)

    def take(child: int) -> None:
        for imported in outgoing.pop(child):
            incoming[imported].discard(child)
        for importer in incoming.pop(child):
            outgoing[importer].discard(child)

    first: list[int] = []
    last: list[int] = []
    while sources := [child for child, importers in incoming.items() if not importers]:
        first += sources
        for child in sources:
            take(child)
    while sinks := [child for child, imported in outgoing.items() if not imported]:
        last[:0] = sinks
        for child in sinks:
            take(child)
    while outgoing:
        chosen = max(outgoing, key=lambda child: (_surplus(child, outgoing, incoming, imports), -child))
        first.append(chosen)
        take(chosen)
    return first + last


def _surplus(
    child: int, outgoing: dict[int, set[int]], incoming: dict[int, set[int]], imports: dict[Edge, list[Edge]]
) -> int:
    """Return how many more imports a child makes than others make of it."""
    made = sum(len(imports[child, imported]) for imported in outgoing[child])
    return made - sum(len(imports[importer, child]) for importer in incoming[child])
