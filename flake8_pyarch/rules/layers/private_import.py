"""PYA106."""

import ast
import os
from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import ImportedName, Location, Module, Origin
from flake8_pyarch.source.syntax import literal_string

__all__ = ["PrivateImport"]

_NOT_PRIVATE = frozenset({"_", "_typeshed"})


class PrivateImport(Rule):
    """A private name or module is imported from outside the package it belongs to.

    ## Why is this bad?
    A leading underscore says: this is mine, and I may change it tomorrow. An import from elsewhere makes it a public
    interface that nobody has agreed to keep. The owner can no longer change it without breaking strangers, and with a
    library the next minor version may break you. What is needed outside belongs in the package's `__init__.py`, under
    a public name.

    Modules of one package may share private names, and so may the packages below it. `_` itself, `_typeshed`, names
    such as `__version__` and `__future__` are not private.

    ## Example
    ```python path=shop/usecases/borrow_book.py
    from shop.persistence._engine import engine
    from sqlalchemy._typing import ColumnExpression
    ```

    ## Use instead
    ```python path=shop/usecases/borrow_book.py
    from shop.persistence import engine
    from sqlalchemy import ColumnExpressionArgument
    ```

    ## Known problems
    Ruff's `import-private-name` (PLC2701, in preview) overlaps with this rule. Ruff alone reports `_`, `_typeshed`, and
    the private modules of packages without `__init__.py` within themselves. This rule alone reports private names
    imported from another part of the same top-level package, `import library._module` without `as`, `import *`, imports
    in a class body, names that only annotations use, and of several bindings of one name all but the last.

    A few libraries publish an interface under a private name for as long as it is not stable, such as
    `opentelemetry.sdk._logs`. That is what the name warns of, so these are reported too.
    """

    code = "PYA106"
    message = "'{name}' is private to {owner}: import what its owner makes public"
    twins = ("PLC2701",)

    def visit_ImportedName(self, entry: ImportedName, module: Module) -> Iterator[Finding]:
        if entry.dynamic or not entry.module or "_" not in entry.qualified_name:
            return
        segments = entry.qualified_name.split(".")
        for depth, segment in enumerate(segments):
            if _is_private(segment) and not _may_use_private(segments[:depth], entry, module):
                owner = f"'{'.'.join(segments[:depth])}'" if depth else "its distribution"
                twin = self.twins[0] if _ruff_sees(entry, module) else None
                yield self.finding(entry.node, twin=twin, name=segment, owner=owner)
                return


def _is_private(segment: str) -> bool:
    return (
        segment.startswith("_")
        and segment not in _NOT_PRIVATE
        and not (segment.startswith("__") and segment.endswith("__"))
    )


def _may_use_private(owner: list[str], entry: ImportedName, module: Module) -> bool:
    """Tell whether a module stands in the package, or in that of the module, that a private name belongs to."""
    is_first_party = module.origin(entry) is Origin.FIRST_PARTY
    if not owner:
        return is_first_party
    found = module.source_tree.find(".".join(owner), module.location)
    if found is None:
        return is_first_party or owner[0] in module.location.parts[:-1]
    return _package_of(owner, found, entry).contains(module.location)


def _package_of(owner: list[str], found: Location, entry: ImportedName) -> Location:
    """Return the package that the private names of `owner` belong to: itself, or that of the module it is.

    Where only the beginning of `owner` was found, the import tells: `a` in `import a._b` is a package, `a` in
    `from a import _b` may be a module.
    """
    if not found.is_package:
        return Location(found.root, found.parts[:-1], is_package=True)
    depth = next((end for end in range(len(owner), 0, -1) if owner[end - 1] == found.parts[-1]), len(owner))
    missing = owner[depth:]
    if missing and ".".join(owner) == entry.module:
        missing.pop()
    return Location(found.root, (*found.parts, *missing), is_package=True)


def _ruff_sees(entry: ImportedName, module: Module) -> bool:
    """Tell whether Ruff's PLC2701 reports the import too."""
    is_submodule = entry.name is None and "." in entry.module and entry.bound == entry.package
    if entry.relative or entry.bound is None or is_submodule or entry.package == _outermost_package(module):
        return False
    scope = next(module.names.enclosing(entry.statement))
    bindings = module.names.scope(scope).bindings.get(entry.bound, [entry])  # a global is none of its function
    is_last = bindings[-1:] == [entry]
    return is_last and not isinstance(scope, ast.ClassDef) and not _is_for_annotations(entry, module)


def _outermost_package(module: Module) -> str | None:
    """Return the directory that is a package, and all below it down to the module, but none above it."""
    directory, name = os.path.dirname(module.path), None
    while "__init__" in module.source_tree.listing(directory).modules:
        directory, name = os.path.split(directory)
    return name


def _is_for_annotations(entry: ImportedName, module: Module) -> bool:
    """Tell whether all that uses an import is, or may be, an annotation."""
    uses = [node for node in module.syntax.of(ast.Name) if node.id == entry.bound]
    if not uses:
        return any(str(entry.bound) in (literal_string(text) or "") for text in module.syntax.of(ast.Constant))
    return all(_is_in_annotation(use, module) for use in uses)


def _is_in_annotation(node: ast.Name, module: Module) -> bool:
    for child, parent in module.ancestry(node):
        if child in (getattr(parent, "annotation", None), getattr(parent, "returns", None)):
            return True
    return False
