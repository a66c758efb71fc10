"""`protected`: some modules may be imported directly only by some others."""

from collections.abc import Iterator

from flake8_pyarch.contracts.breaches import Breach
from flake8_pyarch.contracts.expressions import modules_of
from flake8_pyarch.graph import ImportGraph
from flake8_pyarch.settings.contracts import ProtectedContract

__all__ = ["protected_breaches"]


def protected_breaches(contract: ProtectedContract, graph: ImportGraph) -> Iterator[Breach]:
    """Yield each import of a protected module by one that is not allowed to."""
    allowed = set(modules_of(graph, contract.allowed_importers))
    if contract.as_packages:
        allowed = {each for number in allowed for each in graph.with_descendants(number)}
    for top in modules_of(graph, contract.protected_modules):
        protected = graph.with_descendants(top) if contract.as_packages else frozenset({top})
        for imported in sorted(protected):
            for importer in graph.predecessors[imported]:
                if importer not in allowed and importer not in protected:
                    yield Breach(graph.names[importer], graph.names[top], (importer, imported))
