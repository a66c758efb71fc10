"""What a rule may know of a file, and of the project the file stands in."""

from flake8_pyarch.source.imports import ImportedName, PackageImport
from flake8_pyarch.source.injection import DependsCall, Provider, RouteHandler
from flake8_pyarch.source.module import Module
from flake8_pyarch.source.tree import Location, Origin, SourceTree
from flake8_pyarch.source.use_cases import UseCaseModel

__all__ = [
    "DependsCall",
    "ImportedName",
    "Location",
    "Module",
    "Origin",
    "PackageImport",
    "Provider",
    "RouteHandler",
    "SourceTree",
    "UseCaseModel",
]
