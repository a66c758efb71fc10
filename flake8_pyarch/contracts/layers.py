"""`layers` and `independence`: who may not import whom, directly or through others."""

from collections.abc import Iterable, Iterator, Sequence

from flake8_pyarch.contracts.breaches import Breach
from flake8_pyarch.contracts.expressions import modules_of
from flake8_pyarch.graph import ImportGraph
from flake8_pyarch.graph.chains import reach, shortest_chains
from flake8_pyarch.settings.contracts import IndependenceContract, LayersContract, Level, level_of

__all__ = ["independence_breaches", "layers_breaches", "undeclared_modules"]


def layers_breaches(contract: LayersContract, graph: ImportGraph) -> Iterator[Breach]:
    """Yield each way in which a lower layer imports a higher one, or one beside it that it may not."""
    levels = [level_of(text) for text in contract.layers]
    for container in _containers(contract, graph):
        yield from _breaches([_present(level, container, graph) for level in levels], graph)
    for module, container in undeclared_modules(contract, graph):
        yield Breach(module, container, ())


def independence_breaches(contract: IndependenceContract, graph: ImportGraph) -> Iterator[Breach]:
    """Yield each way in which one of the modules imports another."""
    names = tuple(graph.names[number] for number in modules_of(graph, contract.modules))
    yield from _breaches([Level(names, frozenset(), is_independent=True)], graph)


def undeclared_modules(contract: LayersContract, graph: ImportGraph) -> Iterator[tuple[str, str]]:
    """Yield module and container of each that an exhaustive contract should name and does not."""
    declared = {name for text in contract.layers for name in level_of(text).names} | {*contract.exhaustive_ignores}
    for container in modules_of(graph, contract.containers) if contract.exhaustive else ():
        for child in graph.children(container):
            name = graph.names[child]
            if name.rpartition(".")[2] not in declared:
                yield name, graph.names[container]


def _containers(contract: LayersContract, graph: ImportGraph) -> list[str]:
    return [f"{graph.names[number]}." for number in modules_of(graph, contract.containers)] or [""]


def _present(level: Level, container: str, graph: ImportGraph) -> Level:
    names = tuple(sorted(container + name for name in level.names if container + name in graph.numbers))
    return level._replace(names=names)


def _breaches(levels: Sequence[Level], graph: ImportGraph) -> Iterator[Breach]:
    of_layer = {name: graph.with_descendants(graph.numbers[name]) for level in levels for name in level.names}
    in_layers = frozenset().union(*of_layer.values())
    reached: dict[str, set[int]] = {}
    for importer, imported in sorted(_forbidden_pairs(levels)):
        sources, targets = of_layer[importer], of_layer[imported]
        if importer not in reached:
            reached = {importer: reach(graph, sources)}
        if sources & targets or reached[importer].isdisjoint(targets):
            continue
        # A way through a third layer is that layer's business.
        for chain in shortest_chains(graph, sources, targets, in_layers - sources - targets):
            yield Breach(importer, imported, chain)


def _forbidden_pairs(levels: Sequence[Level]) -> Iterator[tuple[str, str]]:
    for height, level in enumerate(levels):
        lower: Iterable[str] = (name for below in levels[height + 1 :] for name in below.names)
        for importer in lower:
            yield from ((importer, name) for name in level.names)
        if level.is_independent:
            yield from ((one, other) for one in level.names for other in level.names if one != other)
