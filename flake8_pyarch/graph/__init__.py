"""The import graph of a project, and what can be asked of it."""

from flake8_pyarch.graph.import_graph import ImportGraph, ImportLine

__all__ = ["ImportGraph", "ImportLine"]
