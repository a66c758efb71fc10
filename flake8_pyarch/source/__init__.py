"""What a rule may know of a file, and of the project the file stands in."""

from flake8_pyarch.source.imports import ImportedName, PackageImport
from flake8_pyarch.source.module import Module
from flake8_pyarch.source.tree import Location, Origin, SourceTree

__all__ = ["ImportedName", "Location", "Module", "Origin", "PackageImport", "SourceTree"]
