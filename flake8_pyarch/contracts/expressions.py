"""Module expressions: dotted names in which `*` stands for one segment and `**` for one or more."""

import re
from collections.abc import Iterable
from functools import cache

from flake8_pyarch.graph import ImportGraph
from flake8_pyarch.graph.import_graph import Edge
from flake8_pyarch.settings.contracts import import_expression

__all__ = ["fitting_prefixes", "ignored_edges", "is_import_of", "is_in", "modules_of", "prefixes"]


@cache
def _pattern(expression: str) -> re.Pattern[str]:
    segments = (
        {"*": r"[^.]+", "**": r"[^.]+(?:\.[^.]+)*"}.get(part, re.escape(part)) for part in expression.split(".")
    )
    return re.compile(r"\.".join(segments))


def _fits(expression: str, name: str) -> bool:
    return _pattern(expression).fullmatch(name) is not None if "*" in expression else expression == name


def is_in(package: str, name: str) -> bool:
    """Tell whether a module is a package or lies below it."""
    return name == package or name.startswith(f"{package}.")


def prefixes(name: str) -> list[str]:
    """Return the packages round a module, the outermost first, and itself."""
    segments = name.split(".")
    return [".".join(segments[: end + 1]) for end in range(len(segments))]


def fitting_prefixes(expression: str, name: str) -> list[str]:
    """Return those of a module and the packages round it that an expression means."""
    return [prefix for prefix in prefixes(name) if _fits(expression, prefix)]


def modules_of(graph: ImportGraph, expressions: Iterable[str]) -> list[int]:
    """Return the modules that any of some expressions means, in order."""
    found: set[int] = set()
    for expression in expressions:
        if "*" in expression:
            found.update(number for number, name in enumerate(graph.names) if _fits(expression, name))
        elif expression in graph.numbers:
            found.add(graph.numbers[expression])
    return sorted(found)


def is_import_of(text: str, importer: str, imported: str) -> bool:
    """Tell whether an entry of `ignore_imports` means an import."""
    importers, importeds = import_expression(text)
    return _fits(importers, importer) and _fits(importeds, imported)


def ignored_edges(graph: ImportGraph, text: str) -> list[Edge]:
    """Return the imports that an entry of `ignore_imports` means."""
    importers, importeds = import_expression(text)
    targets = set(modules_of(graph, [importeds]))
    return [
        (importer, imported)
        for importer in modules_of(graph, [importers])
        for imported in graph.successors[importer]
        if imported in targets
    ]
