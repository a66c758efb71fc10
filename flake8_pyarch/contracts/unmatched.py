"""What a contract names and the project does not have."""

from collections.abc import Iterator

from flake8_pyarch.contracts.checking import unmatched_ignores
from flake8_pyarch.contracts.expressions import modules_of
from flake8_pyarch.graph import ImportGraph
from flake8_pyarch.settings.contracts import Contract, LayersContract, expressions_of, level_of

__all__ = ["unmatched_in", "unmatched_with_warning"]


def unmatched_in(contract: Contract, graph: ImportGraph) -> Iterator[str]:
    """Yield a sentence for each module, and each ignored import, of a contract that is not there."""
    for key, expression in expressions_of(contract):
        if key == "forbidden_modules" and _may_be_foreign(expression, graph):
            continue
        if not modules_of(graph, [expression]):
            yield _sentence(contract, key, expression, "which no module matches")
    if isinstance(contract, LayersContract):
        yield from _missing_layers(contract, graph)
    if contract.unmatched_ignore_imports_alerting == "error":
        yield from _unmatched_ignores(contract, graph)


def unmatched_with_warning(contract: Contract, graph: ImportGraph) -> Iterator[str]:
    """Yield a sentence for each ignored import that is not there, where the contract asks for no more than that."""
    if contract.unmatched_ignore_imports_alerting == "warn":
        yield from _unmatched_ignores(contract, graph)


def _missing_layers(contract: LayersContract, graph: ImportGraph) -> Iterator[str]:
    containers = modules_of(graph, contract.containers)
    for text in contract.layers:
        level = level_of(text)
        for name in level.names:
            if name in level.optional:
                continue
            if not contract.containers and name not in graph.numbers:
                yield _sentence(contract, "layers", text, f"and there is no module {name!r}")
            for container in containers:
                full = f"{graph.names[container]}.{name}"
                if full not in graph.numbers:
                    yield _sentence(contract, "layers", text, f"and there is no module {full!r}")


def _unmatched_ignores(contract: Contract, graph: ImportGraph) -> Iterator[str]:
    for text in unmatched_ignores(contract, graph):
        yield _sentence(contract, "ignore_imports", text, "which no import matches")


def _may_be_foreign(expression: str, graph: ImportGraph) -> bool:
    """Tell whether an expression names the top-level package of another project, which need not be imported."""
    top = graph.numbers.get(expression)
    return "." not in expression and (top is None or top in graph.foreign)


def _sentence(contract: Contract, key: str, value: str, problem: str) -> str:
    return f"contract '{contract.name}': '{key}' holds {value!r}, {problem}"
