"""The check of a contract on the import graph of a whole project."""

from collections.abc import Iterator

from flake8_pyarch.contracts.acyclic_siblings import siblings_breaches
from flake8_pyarch.contracts.breaches import Breach
from flake8_pyarch.contracts.expressions import ignored_edges
from flake8_pyarch.contracts.forbidden import forbidden_breaches
from flake8_pyarch.contracts.layers import independence_breaches, layers_breaches
from flake8_pyarch.contracts.protected import protected_breaches
from flake8_pyarch.graph import ImportGraph
from flake8_pyarch.settings.contracts import (
    AcyclicSiblingsContract,
    Contract,
    ForbiddenContract,
    IndependenceContract,
    LayersContract,
    ProtectedContract,
)

__all__ = ["breaches_of", "unmatched_ignores", "without_ignored"]


def breaches_of(contract: Contract, graph: ImportGraph) -> Iterator[Breach]:
    """Yield each way in which a contract is broken by the imports that it does not ignore."""
    kept = without_ignored(contract, graph)
    match contract:
        case LayersContract():
            yield from layers_breaches(contract, kept)
        case ForbiddenContract():
            yield from forbidden_breaches(contract, kept)
        case IndependenceContract():
            yield from independence_breaches(contract, kept)
        case ProtectedContract():
            yield from protected_breaches(contract, kept)
        case AcyclicSiblingsContract():
            yield from siblings_breaches(contract, kept)


def without_ignored(contract: Contract, graph: ImportGraph) -> ImportGraph:
    """Return the graph without the imports that a contract ignores."""
    return graph.without({edge for text in contract.ignore_imports for edge in ignored_edges(graph, text)})


def unmatched_ignores(contract: Contract, graph: ImportGraph) -> list[str]:
    """Return the entries of `ignore_imports` that mean no import."""
    return [text for text in contract.ignore_imports if not ignored_edges(graph, text)]
