"""What a project is like: its layers, the roots its imports start from, the style of its use cases."""

import os
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from flake8_pyarch.checking import Linter
from flake8_pyarch.cli.adoption.source_roots import source_roots
from flake8_pyarch.cli.adoption.use_case_styles import UseCaseStyles
from flake8_pyarch.cli.progress import Progress
from flake8_pyarch.project.discovery import discover
from flake8_pyarch.settings import LAYERS, Layer, Settings, settings_file
from flake8_pyarch.source import Location, Module, SourceTree
from flake8_pyarch.source.text import LazyLines, SourceText, UnparsableError

__all__ = ["COMPOSITION", "Area", "Survey", "survey"]

COMPOSITION = "composition"

_FEWEST_FITTING = 2

_WEB = frozenset("aiohttp django fastapi flask litestar sanic starlette".split())
_STORES = frozenset(
    "aiosqlite asyncpg beanie databases elasticsearch mongoengine motor odmantic opensearchpy peewee psycopg psycopg2 "
    "pymongo redis sqlalchemy sqlite3 sqlmodel tortoise".split()
)
_CLIENTS = frozenset(
    "aio_pika aioboto3 aiohttp aiokafka azure boto3 botocore google grpc httpx kafka pika requests".split()
)
_KINDS = {
    Layer.API: ("entrypoints handlers inbound resources rest routes views web_api", _WEB, "a web framework"),
    Layer.PERSISTENCE: ("crud dao daos models storage storages store stores tables", _STORES, "a database library"),
    Layer.EXTERNAL: ("api_clients connectors providers", _CLIENTS, "a client of a remote service"),
    Layer.INFRASTRUCTURE: ("drivers outbound", _WEB | _STORES | _CLIENTS, "a framework or a driver"),
}
"""Layer → names, beyond the default ones, that often stand for it, and what the modules must import to prove it."""


@dataclass(slots=True)
class Area:
    """A package outside every layer whose name suggests one.

    Arguments:
        layer: the layer.
        modules: how many modules it has, `__init__.py` not counted.
        fitting: how many of them import what modules of the layer import.

    """

    layer: Layer
    modules: int = 0
    fitting: int = 0

    @property
    def is_convincing(self) -> bool:
        """Whether several modules, and at least half of them, import what modules of the layer import."""
        return self.fitting >= _FEWEST_FITTING and self.fitting * 2 >= self.modules

    @property
    def evidence(self) -> str:
        """What the modules import, in words."""
        return f"{self.fitting} of its {self.modules} modules import {_KINDS[self.layer][2]}"


@dataclass(slots=True)
class Survey:
    """What a look at a project came to.

    Arguments:
        modules: how many modules there are, tests left out.
        tests: how many tests.
        unreadable: how many files could not be parsed.
        layers: layer, or `composition` → the packages that belong to it, with the number of their modules.
        unlayered: the packages that belong to none, likewise.
        areas: dotted name → a package outside the layers whose name suggests one.
        source_roots: where imports start from, as the setting `src` has it; nothing where its default does.
        modules_below_roots: how many modules import something from there.
        use_cases: the style of its use cases.

    """

    modules: int = 0
    tests: int = 0
    unreadable: int = 0
    layers: dict[str, Counter[str]] = field(default_factory=dict)
    unlayered: Counter[str] = field(default_factory=Counter)
    areas: dict[str, Area] = field(default_factory=dict)
    source_roots: list[str] = field(default_factory=list)
    modules_below_roots: int = 0
    use_cases: UseCaseStyles = field(default_factory=UseCaseStyles)

    @property
    def has_core(self) -> bool:
        """Whether there is something that infrastructure should be kept away from: a domain or an application."""
        return any(layer in self.layers for layer in (Layer.DOMAIN, Layer.APPLICATION))


def survey(root: str) -> Survey:
    """Look at all Python files of the project at an absolute path.

    Raises:
        ConfigurationError: the settings of a project inside it cannot be used.

    """
    # Below the project there may be others that have settings of their own already: they are none of ours.
    own = settings_file(root)
    files = [path for path in discover([root], Linter()).files if settings_file(os.path.dirname(path)) == own]
    found = Survey()
    modules = []
    tree = SourceTree(root, Settings())
    with Progress(len(files), is_wanted=True) as progress:
        for path in files:
            progress.advance(1)
            module = _module(path, tree)
            if module is None:
                found.unreadable += 1
            elif not module.is_excluded:
                modules.append(module)
    found.source_roots, found.modules_below_roots = source_roots(root, modules)
    if found.source_roots:
        tree = SourceTree(root, Settings(src=tuple(found.source_roots)))
        modules = [Module(module.path, module.tree, module.lines, tree) for module in modules]
    packages = {f"{module.place.application_package}." for module in modules}
    for module in modules:
        _look_at(module, found, packages)
    return found


def _module(path: str, tree: SourceTree) -> Module | None:
    try:
        text = SourceText.of_file(path)
        return Module(path, text.parse(), LazyLines(text), tree)
    except (OSError, UnparsableError):
        return None


def _look_at(module: Module, found: Survey, application_packages: Collection[str]) -> None:
    if module.is_test:
        found.tests += 1
        return
    found.modules += 1
    found.use_cases.count(module)
    layer = COMPOSITION if module.is_composition else module.layer
    if layer is not None:
        found.layers.setdefault(layer, Counter())[_package_of_layer(module)] += 1
        return
    if module.location.is_package and any(name.startswith(f"{module.name}.") for name in application_packages):
        # What lies round the layers is in none of them, and need not be.
        return
    found.unlayered[_package_outside(module)] += 1
    for name, kind in _suggested(module.location):
        area = found.areas.setdefault(name, Area(kind))
        if not module.location.is_package:
            area.modules += 1
            area.fitting += not module.imported_packages.isdisjoint(_KINDS[kind][1])


def _package_of_layer(module: Module) -> str:
    """Return the dotted name of the outermost package that is of a module's layer."""
    for package in _packages(module.location):
        place = module.source_tree.place(package)
        if place.layer is module.layer and place.is_composition == module.is_composition:
            return package.name
    return module.name


def _package_outside(module: Module) -> str:
    """Return the dotted name of the package right below the application package, or else of one near the top."""
    parts = module.location.parts
    application = module.place.application_package
    depth = 1 if application is None else len(application.split(".")) if application else 0
    return ".".join(parts[: depth + 1])


def _suggested(location: Location) -> Iterator[tuple[str, Layer]]:
    """Yield the outermost package round a module whose name suggests a layer, and the layer."""
    for package in _packages(location):
        for layer, (names, _, _) in _KINDS.items():
            if package.parts[-1] in LAYERS[layer].names or package.parts[-1] in names.split():
                yield package.name, layer
                return


def _packages(location: Location) -> Iterable[Location]:
    end = len(location.parts) + location.is_package
    return (Location(location.root, location.parts[:depth], is_package=True) for depth in range(1, end))
