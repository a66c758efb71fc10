"""`forbidden`: some modules may not import some others, nor through others unless that is allowed."""

from collections.abc import Iterator

from flake8_pyarch.contracts.breaches import Breach
from flake8_pyarch.contracts.expressions import is_in, modules_of
from flake8_pyarch.graph import ImportGraph
from flake8_pyarch.graph.chains import reach, shortest_chains
from flake8_pyarch.settings.contracts import ForbiddenContract

__all__ = ["forbidden_breaches", "overlap"]


def forbidden_breaches(contract: ForbiddenContract, graph: ImportGraph) -> Iterator[Breach]:
    """Yield each way in which a source module imports a forbidden one."""
    all_forbidden = modules_of(graph, contract.forbidden_modules)
    for source in modules_of(graph, contract.source_modules):
        sources = graph.with_descendants(source) if contract.as_packages else frozenset({source})
        reached = reach(graph, sources)
        for forbidden in all_forbidden:
            importer, imported = graph.names[source], graph.names[forbidden]
            targets = graph.with_descendants(forbidden) if contract.as_packages else frozenset({forbidden})
            if reached.isdisjoint(targets) or overlap(importer, imported, as_packages=contract.as_packages):
                continue
            for chain in shortest_chains(graph, sources, targets):
                if len(chain) > 2 and contract.allow_indirect_imports:  # noqa: PLR2004 - two ends make a direct import
                    break
                yield Breach(importer, imported, chain)


def overlap(importer: str, imported: str, *, as_packages: bool) -> bool:
    """Tell whether two modules are one, or one lies in the other: such a pair forbids nothing."""
    if not as_packages:
        return importer == imported
    return is_in(importer, imported) or is_in(imported, importer)
