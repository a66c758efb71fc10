"""`acyclic_siblings`: what lies side by side in a package does not depend on each other in a loop.

The dependencies that are named to go are those that point backwards in an order in which few do.
"""

from collections.abc import Iterator

from flake8_pyarch.contracts.breaches import Breach
from flake8_pyarch.contracts.expressions import modules_of
from flake8_pyarch.graph import ImportGraph
from flake8_pyarch.graph.import_graph import Edge
from flake8_pyarch.graph.order import dependency_order
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
    counts = {edge: len(chains) for edge, chains in imports.items()}
    places = {child: place for place, child in enumerate(dependency_order(children, counts))}
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
