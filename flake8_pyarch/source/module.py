"""A module: what a rule may know of one file. Everything is worked out when first asked for, once."""

import ast
import os
from collections.abc import Callable, Hashable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeVar

from flake8_pyarch.patterns import lazy_pattern
from flake8_pyarch.settings import Layer, Settings
from flake8_pyarch.source.classes import ClassModel, Function, is_attribute_of, receiver_of
from flake8_pyarch.source.imports import (
    ImportedName,
    PackageImport,
    is_type_checking_only,
    name_below_root,
    read_dynamic_imports,
    read_imports,
    read_package_imports,
)
from flake8_pyarch.source.layers import Place
from flake8_pyarch.source.names import Binding, Names
from flake8_pyarch.source.outlines import Outline, read_outline
from flake8_pyarch.source.reading import Reading
from flake8_pyarch.source.syntax import FUNCTIONS, SyntaxIndex
from flake8_pyarch.source.text import LazyLines
from flake8_pyarch.source.tree import Location, Origin, SourceTree
from flake8_pyarch.source.words import split_words

if TYPE_CHECKING:
    from flake8_pyarch.source.configuration.environment import EnvironmentUse
    from flake8_pyarch.source.configuration.file_loads import FileLoad
    from flake8_pyarch.source.configuration.settings_classes import SettingsClass
    from flake8_pyarch.source.injection.depends import DependsCall, Provider, RouteHandler
    from flake8_pyarch.source.logging.log_calls import LogCall
    from flake8_pyarch.source.logging.loggers import GetLogger
    from flake8_pyarch.source.secrets.bound_texts import BoundText
    from flake8_pyarch.source.use_cases import UseCaseModel

__all__ = ["Extent", "Module", "is_test_path", "is_test_stem", "span_of"]

Extent = tuple[int, int, int, int]
"""Where something begins and ends: line, column, end line, end column; lines count from 1, columns from 0."""

T = TypeVar("T")

_HEAD = lazy_pattern(rb"\s*(?:async\s+)?(?:def|class)\s+([\w\x80-\xff]+)")
_LONG_LINE = 500
_LONG_WAY = 32
"""How many expressions deep something stands before the way out of them is kept."""
_TEST_DIRECTORIES = frozenset({"test", "tests"})
_NOT_SERVICE_DIRECTORIES = frozenset({"scripts", "tools", "bin", "examples", "docs", "benchmarks"})
_NOT_SERVICE_STEMS = frozenset({"setup", "conftest", "noxfile", "manage", "tasks"})
_CONFIGURATION_NAMES = frozenset({"config", "configs", "configuration", "settings", "conf", "env", "environment"})
_ENVIRONMENT_DIRECTORIES = frozenset(
    {".venv", "venv", ".tox", ".nox", "site-packages", "node_modules", "__pypackages__"}
)


def _looks_like_tests(directory: str) -> bool:
    return directory.startswith(("test_", "tests_")) or directory.endswith(("_test", "_tests"))


def is_test_stem(stem: str) -> bool:
    """Tell whether a file name without its ending is that of a test."""
    return stem == "conftest" or stem.startswith("test_") or stem.endswith("_test")


def is_test_path(parts: Sequence[str]) -> bool:
    """Tell whether the file whose path below the project's root has these segments is a test, or stands among tests."""
    *directories, name = parts
    return not _TEST_DIRECTORIES.isdisjoint(directories) or is_test_stem(os.path.splitext(name)[0])


class Module:
    """One file.

    Arguments:
        path: its absolute path.
        tree: its syntax tree.
        lines: its lines, with their line endings.
        source_tree: the project it stands in.

    """

    def __init__(self, path: str, tree: ast.Module, lines: Sequence[str], source_tree: SourceTree) -> None:
        self.path = path
        self.tree = tree
        self.lines = lines
        self.source_tree = source_tree
        self._class_models: dict[ast.ClassDef, ClassModel] = {}
        self._worked_out: dict[Hashable, Any] = {}
        self._statements: dict[ast.AST, ast.stmt] = {}
        self._targets: dict[ast.AST, Location | None] = {}
        self._columns: dict[int, list[int]] = {}

    def once(self, function: Callable[..., T], *arguments: Hashable) -> T:
        """Return what `function(module, *arguments)` gives, worked out when it is first asked for, and kept."""
        key = (function, *arguments)
        if key not in self._worked_out:
            self._worked_out[key] = function(self, *arguments)
        return self._worked_out[key]  # type: ignore[no-any-return]  # what the function gave

    def forget(self) -> None:
        """Let go of everything that was worked out, when nobody will ask any more.

        It all refers back to the module, so that only a search for cycles would free it; a run that checks thousands
        of files does without that search.
        """
        opened = self.source_tree.opened
        for module in (self, *opened.values()):
            for model in module._class_models.values():  # noqa: SLF001 - another module of the same kind
                model.__dict__.clear()
            module.__dict__.clear()
        opened.clear()

    @property
    def settings(self) -> Settings:
        """The settings of its project."""
        return self.source_tree.settings

    # Where it stands

    @cached_property
    def location(self) -> Location:
        """Its place below a source root."""
        return self.source_tree.location(self.path)

    @property
    def name(self) -> str:
        """Its dotted name."""
        return self.location.name

    @property
    def package(self) -> str:
        """The dotted name of the package that relative imports start from; empty at a source root."""
        parts = self.location.parts
        return ".".join(parts if self.location.is_package else parts[:-1])

    @cached_property
    def stem(self) -> str:
        """Its file name without the ending."""
        return os.path.splitext(os.path.basename(self.path))[0]

    @cached_property
    def path_parts(self) -> tuple[str, ...]:
        """The segments of its path below the project's root."""
        return self.source_tree.relative_parts(self.path)

    @cached_property
    def place(self) -> Place:
        """What it is by where it stands."""
        return self.source_tree.place(self.location)

    @property
    def layer(self) -> Layer | None:
        """Its layer; None for a module outside the layers and for a composition module."""
        return self.place.layer

    @property
    def is_composition(self) -> bool:
        """Whether it wires parts together, so that it may import every layer."""
        return self.place.is_composition

    @cached_property
    def is_configuration(self) -> bool:
        """Whether settings live here: in the config layer, or in a package or a module named for them."""
        if self.layer is Layer.CONFIG:
            return True
        *packages, last = self.location.parts
        return not _CONFIGURATION_NAMES.isdisjoint((*map(str.lower, packages), *split_words(last)))

    @cached_property
    def is_test(self) -> bool:
        """Whether it is a test or stands among tests."""
        return is_test_path((*self.source_tree.surroundings, *self.path_parts))

    @cached_property
    def is_excluded(self) -> bool:
        """Whether it is a database migration or stands in a virtual environment: nobody's architecture."""
        directories = self.path_parts[:-1]
        return (
            "migrations" in directories
            or not _ENVIRONMENT_DIRECTORIES.isdisjoint(directories)
            or ("alembic", "versions") in pairwise(directories)
        )

    @property
    def stands_among_scripts(self) -> bool:
        """Whether it stands in a directory for scripts, examples or the like."""
        return not _NOT_SERVICE_DIRECTORIES.isdisjoint((*self.source_tree.surroundings, *self.path_parts[:-1]))

    @property
    def is_delivered(self) -> bool:
        """Whether it belongs to what the project delivers: it is no script, and no test under whatever name."""
        directories = self.path_parts[:-1]
        return not self.stands_among_scripts and not any(_looks_like_tests(name) for name in directories)

    @cached_property
    def is_service_code(self) -> bool:
        """Whether it is part of a package that runs, and not a script, an example or a test."""
        if self.is_test or self.is_excluded or self.stem in _NOT_SERVICE_STEMS or self.stands_among_scripts:
            return False
        return (
            "__init__" in self.source_tree.listing(os.path.dirname(self.path)).modules
            or self.place.application_package is not None
        )

    # What it says

    def mentions(self, word: str) -> bool:
        """Tell whether an ASCII word stands somewhere in its text, be it in a comment: a cheap gate."""
        if isinstance(self.lines, LazyLines):
            return self.lines.mentions(word)
        return any(word in line for line in self.lines)

    @cached_property
    def syntax(self) -> SyntaxIndex:
        """Its nodes by type, and their parents."""
        return SyntaxIndex(self.tree)

    def ancestry(self, node: ast.AST) -> Iterator[tuple[ast.AST, ast.AST]]:
        """Yield `(child, parent)` from `node` upwards to the module."""
        parents = self.syntax.parents
        parent = parents.get(node)
        while parent is not None:
            yield node, parent
            node, parent = parent, parents.get(parent)

    def statement_of(self, node: ast.AST) -> ast.stmt:
        """Return the innermost statement that `node` stands in, or is."""
        passed: list[ast.AST] = []
        while not isinstance(node, ast.stmt):
            passed.append(node)
            node = self._statements.get(node) or self.syntax.parents[node]
        if len(passed) > _LONG_WAY:
            self._statements |= dict.fromkeys(passed, node)
        return node

    @cached_property
    def static_imports(self) -> list[ImportedName]:
        """Its import statements, an entry for each alias."""
        return list(read_imports(self))

    @cached_property
    def imports(self) -> list[ImportedName]:
        """All its imports, dynamic ones with a literal name included."""
        return [*self.static_imports, *read_dynamic_imports(self)]

    @cached_property
    def package_imports(self) -> list[PackageImport]:
        """Its absolute imports, one for each statement and top-level package."""
        return list(read_package_imports(self))

    @cached_property
    def imported_packages(self) -> frozenset[str]:
        """The top-level packages its import statements name."""
        return frozenset(entry.package for entry in self.static_imports)

    def counts(self, entry: ImportedName) -> bool:
        """Tell whether an import counts for the layer rules, as `type-checking-imports` has it."""
        return self.settings.type_checking_imports == "count" or not is_type_checking_only(self, entry.statement)

    def target(self, entry: ImportedName) -> Location | None:
        """Return the most specific first-party module that an import leads to, or None."""
        if entry.node not in self._targets:
            name = entry.qualified_name if entry.module else name_below_root(self, entry)
            self._targets[entry.node] = self.source_tree.find(name, self.location)
        return self._targets[entry.node]

    def forbidden_target(self, entry: ImportedName) -> tuple[Location, Place] | None:
        """Return the module an import leads to, and its place, if this module's layer may not import it."""
        if self.layer is None or not self.counts(entry):
            return None
        target = self.target(entry)
        if target is None:
            return None
        place = self.source_tree.place(target)
        return (target, place) if self.source_tree.forbids(self.layer, place) else None

    def origin(self, entry: ImportedName) -> Origin:
        """Return where the imported package comes from."""
        return Origin.FIRST_PARTY if entry.relative else self.source_tree.origin(entry.qualified_name, self.location)

    def foreign_origin(self, imported: PackageImport) -> Origin | None:
        """Return where a package comes from; None for one of the project, or where the import does not count."""
        entry = imported.entries[0]
        origin = self.origin(entry) if self.counts(entry) else Origin.FIRST_PARTY
        return None if origin is Origin.FIRST_PARTY else origin

    @cached_property
    def outline(self) -> Outline:
        """What other files may know of it, above all its `__all__`."""
        return read_outline(self.tree, self.name, self.package)

    # What names mean

    @cached_property
    def names(self) -> Names:
        """Its scopes and bindings."""
        return Names(self)

    def resolve(self, node: ast.expr) -> str | None:
        """Return the qualified name that a name or attribute chain stands for, None where it is unknown."""
        return self.names.resolve(node)

    def bindings(self, node: ast.Name) -> list[Binding]:
        """Return everything that binds a name as seen from where it stands."""
        return self.names.bindings(node)

    def import_of(self, node: ast.expr) -> ImportedName | None:
        """Return the import that a name, or the name an attribute chain begins with, comes from, or None."""
        while isinstance(node, ast.Attribute):
            node = node.value
        bindings = self.bindings(node) if isinstance(node, ast.Name) else []
        only = bindings[0] if len(bindings) == 1 else None
        return only if isinstance(only, ImportedName) else None

    def origin_of_name(self, node: ast.expr) -> Origin | None:
        """Return where a name comes from: of an import, its package's origin; of a definition here, first party."""
        entry = self.import_of(node)
        if entry is not None:
            return self.origin(entry)
        qualified = self.resolve(node)
        if qualified is None:
            return None
        is_own = qualified.startswith(f"{self.name}.")
        return Origin.FIRST_PARTY if is_own else self.source_tree.origin(qualified, self.location)

    def assigned_values(self, node: ast.expr) -> list[ast.expr]:
        """Return the expressions that a name, or an attribute of `self`, is assigned in this file."""
        if isinstance(node, ast.Name):
            return [value for value in self.bindings(node) if isinstance(value, ast.expr)]
        if isinstance(node, ast.Attribute):
            owner = self.class_of_self(node)
            return owner.values(node.attr) if owner is not None else []
        return []

    # Functions and classes

    def class_model(self, node: ast.ClassDef) -> ClassModel:
        """Return what the file tells of a class of its own."""
        model = self._class_models.get(node)
        if model is None:
            model = self._class_models[node] = ClassModel(node, self)
        return model

    def class_named(self, node: ast.expr) -> ClassModel | None:
        """Return the class of this file that a name, an alias or `Outer.Inner` stands for, or None."""
        bindings = self.bindings(node) if isinstance(node, ast.Name) else []
        only = bindings[0] if len(bindings) == 1 else None
        if isinstance(only, ast.ClassDef):
            return self.class_model(only)
        if isinstance(node, ast.Attribute) or isinstance(only, (ast.Name, ast.Attribute)):
            return self._classes_by_name.get(self.resolve(node))
        return None

    @cached_property
    def _classes_by_name(self) -> dict[str | None, ClassModel]:
        """Its classes by qualified name, without those that share one."""
        found: dict[str | None, list[ast.ClassDef]] = {}
        for node in self.syntax.of(ast.ClassDef):
            found.setdefault(self.names.qualified_name(node), []).append(node)
        return {name: self.class_model(nodes[0]) for name, nodes in found.items() if len(nodes) == 1}

    def function_named(self, node: ast.expr) -> Function | None:
        """Return the function of this file that a name stands for, or None."""
        bindings = self.bindings(node) if isinstance(node, ast.Name) else []
        only = bindings[0] if len(bindings) == 1 else None
        return only if isinstance(only, FUNCTIONS) else None

    @cached_property
    def classes(self) -> list[ClassModel]:
        """Its classes, nested ones included."""
        return [self.class_model(node) for node in self.syntax.of(ast.ClassDef)]

    def heirs(self, model: ClassModel) -> list[ClassModel]:
        """Return the classes of this file that derive from another one of it, directly or not."""
        return self._heirs.get(model.node, [])

    @cached_property
    def _heirs(self) -> dict[ast.ClassDef, list[ClassModel]]:
        found: dict[ast.ClassDef, list[ClassModel]] = {}
        for model in self.classes:
            for ancestor in model.lineage[1:]:
                found.setdefault(ancestor.node, []).append(model)
        return found

    @cached_property
    def functions(self) -> list[Function]:
        """Its functions and methods, nested ones included, in the order of the text."""
        found: list[Function] = [*self.syntax.of(ast.FunctionDef), *self.syntax.of(ast.AsyncFunctionDef)]
        return sorted(found, key=lambda function: (function.lineno, function.col_offset))

    def enclosing_function(self, node: ast.AST) -> Function | None:
        """Return the innermost function whose body `node` stands in, or None."""
        for child, parent in self.ancestry(self.statement_of(node)):
            if isinstance(parent, FUNCTIONS) and isinstance(child, ast.stmt):
                return parent
        return None

    def enclosing_class(self, node: ast.AST) -> ClassModel | None:
        """Return the innermost class whose body `node` stands in, also inside one of its methods, or None."""
        for child, parent in self.ancestry(self.statement_of(node)):
            if isinstance(parent, ast.ClassDef) and isinstance(child, ast.stmt):
                return self.class_model(parent)
        return None

    def class_of_self(self, node: ast.Attribute) -> ClassModel | None:
        """Return the class whose own attribute `node` is (`self.x` in one of its methods), or None."""
        if not isinstance(node.value, ast.Name):
            return None
        for child, parent in self.ancestry(self.statement_of(node)):
            if isinstance(parent, ast.ClassDef) and isinstance(child, FUNCTIONS):
                receiver = receiver_of(child)
                is_own = receiver is not None and is_attribute_of(node, receiver)
                return self.class_model(parent) if is_own else None
        return None

    # Recurring readings

    bound_texts: "Reading[BoundText]" = Reading("secrets.bound_texts.read_bound_texts")
    """Its literal texts that get a name."""

    depends_calls: "Reading[DependsCall]" = Reading("injection.depends.read_depends_calls")
    """Its calls of `Depends` and its like."""

    environment_uses: "Reading[EnvironmentUse]" = Reading("configuration.environment.read_environment_uses")
    """The places where it reads or changes the environment."""

    file_loads: "Reading[FileLoad]" = Reading("configuration.file_loads.read_file_loads")
    """Its calls that parse a file."""

    get_logger_calls: "Reading[GetLogger]" = Reading("logging.loggers.read_get_logger_calls")
    """Its calls that make or fetch a logger."""

    log_calls: "Reading[LogCall]" = Reading("logging.log_calls.read_log_calls")
    """Its log calls."""

    providers: "Reading[Provider]" = Reading("injection.depends.read_providers")
    """Its provider functions."""

    route_handlers: "Reading[RouteHandler]" = Reading("injection.depends.read_route_handlers")
    """Its route handlers."""

    settings_classes: "Reading[SettingsClass]" = Reading("configuration.settings_classes.read_settings_classes")
    """Its classes that the environment fills."""

    use_cases: "Reading[UseCaseModel]" = Reading("use_cases.read_use_cases")
    """Its use-case classes."""

    @property
    def setter_property_use_cases(self) -> "list[UseCaseModel]":
        """Its use-case classes, if the project's are to take inputs by setters and show results by properties."""
        return self.use_cases if self.settings.use_case_style == "setter-property" else []

    # Where things stand in the text

    def characters(self, line: int, column: int) -> int:
        """Return the column in characters of one in UTF-8 bytes, as `ast` gives it."""
        text = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        if text.isascii():
            return column
        if len(text) < _LONG_LINE:
            return len(text.encode()[:column].decode(errors="ignore"))
        columns = self._columns.get(line)
        if columns is None:
            columns = self._columns[line] = [i for i, letter in enumerate(text) for _ in letter.encode()]
        return columns[column] if column < len(columns) else len(text)

    def extent_of(self, node: ast.AST | tuple[int, int, int]) -> Extent:
        """Return where a node, or a span as `name_span` gives it, begins and ends, with columns in characters."""
        line, column, end_line, end_column = span_of(node)
        return line, self.characters(line, column), end_line, self.characters(end_line, end_column)

    def name_span(self, node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> tuple[int, int, int]:
        """Return the line of a definition's name and the columns, in bytes, where it begins and ends."""
        line = self.lines[node.lineno - 1].encode() if node.lineno <= len(self.lines) else b""
        found = _HEAD().match(line, node.col_offset)
        if found is None:
            return node.lineno, node.col_offset, node.col_offset + len("class")
        return node.lineno, found.start(1), found.end(1)


def span_of(node: Any) -> Extent:
    """Return where a node, or a span as `Module.name_span` gives it, begins and ends, with columns in bytes."""
    if isinstance(node, tuple):
        line, column, end_column = node
        return line, column, line, end_column
    return node.lineno, node.col_offset, node.end_lineno, node.end_col_offset
