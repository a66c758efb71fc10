"""Who imports whom."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import cached_property
from typing import Any, NamedTuple

from flake8_pyarch.source.import_facts import FOREIGN
from flake8_pyarch.source.module import Extent

__all__ = ["Edge", "ImportGraph", "ImportLine"]

Edge = tuple[int, int]
"""An importer and what it imports, by their numbers."""


class ImportLine(NamedTuple):
    """One place where a module imports another.

    Arguments:
        kind: `TYPE_CHECKING_ONLY`, `LATER` and the other bits of `source/import_facts.py`.
        extent: where it stands in the importer's file.

    """

    kind: int
    extent: Extent


class ImportGraph:
    """The modules of a project, numbered in order of name, and their imports.

    Packages of other projects are in it by their top-level name. Where two source roots hold modules of one name, those
    of the root that sorts later have it in parentheses after the name.

    Arguments:
        names: the dotted names, in order.
        paths: the absolute path of each module's file; None for a package without `__init__.py`, and for a foreign one.
        foreign: the numbers of those that belong to other projects.
        imports: importer → imported → where.

    """

    def __init__(
        self,
        names: list[str],
        paths: list[str | None],
        foreign: AbstractSet[int],
        imports: Mapping[int, Mapping[int, tuple[ImportLine, ...]]],
    ) -> None:
        self.names = names
        self.paths = paths
        self.foreign = foreign
        self.imports = imports
        self._descendants: dict[int, frozenset[int]] = {}

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Name → number."""
        return {name: number for number, name in enumerate(self.names)}

    @cached_property
    def successors(self) -> list[list[int]]:
        """What each module imports, in order."""
        return [sorted(self.imports.get(number, ())) for number in range(len(self.names))]

    @cached_property
    def predecessors(self) -> list[list[int]]:
        """Who imports each module, in order."""
        found: list[list[int]] = [[] for _ in self.names]
        for importer, imported in enumerate(self.successors):
            for each in imported:
                found[each].append(importer)
        return found

    @cached_property
    def _children(self) -> dict[str, list[int]]:
        children: dict[str, list[int]] = {}
        for number, name in enumerate(self.names):
            if number not in self.foreign and "." in name:
                children.setdefault(name.rpartition(".")[0], []).append(number)
        return children

    def children(self, number: int) -> list[int]:
        """Return the modules right below a package, in order."""
        return self._children.get(self.names[number], [])

    def with_descendants(self, number: int) -> frozenset[int]:
        """Return a module and all that lies below it."""
        known = self._descendants.get(number)
        if known is None:
            found = {number}
            pending = [number]
            while pending:
                below = self.children(pending.pop())
                found.update(below)
                pending += below
            known = self._descendants[number] = frozenset(found)
        return known

    def edges(self) -> Iterator[Edge]:
        """Yield importer and imported, in order."""
        return ((importer, imported) for importer, each in enumerate(self.successors) for imported in each)

    def lines(self, importer: int, imported: int) -> tuple[ImportLine, ...]:
        """Return where one module imports another."""
        return self.imports.get(importer, {}).get(imported, ())

    def without(self, edges: AbstractSet[Edge]) -> "ImportGraph":
        """Return the graph without some imports."""
        return self.keeping(lambda importer, imported, _: (importer, imported) not in edges) if edges else self

    def keeping(self, is_kept: Callable[[int, int, ImportLine], bool]) -> "ImportGraph":
        """Return the graph with those imports alone that `is_kept` wants, told importer, imported and place."""
        imports: dict[int, dict[int, tuple[ImportLine, ...]]] = {}
        for importer, imported in self.edges():
            lines = tuple(line for line in self.lines(importer, imported) if is_kept(importer, imported, line))
            if lines:
                imports.setdefault(importer, {})[imported] = lines
        return ImportGraph(self.names, self.paths, self.foreign, imports)

    @classmethod
    def of(cls, facts: Iterable[tuple[str, Mapping[str, Any]]]) -> "ImportGraph":
        """Return the graph that the files' import facts make out.

        Arguments:
            facts: the absolute path of each file, and its `import_facts`.

        """
        files = sorted(facts, key=lambda file: (file[1]["root"], file[1]["name"], not file[1]["package"]))
        paths, foreign = _modules_of(files)
        shown = _unambiguous(paths)
        foreign -= set(shown.values())
        named = sorted([*((shown[key], path) for key, path in paths.items()), *((name, None) for name in foreign)])
        names = [name for name, _ in named]
        numbers = {name: number for number, name in enumerate(names)}
        imports: dict[int, dict[int, tuple[ImportLine, ...]]] = {}
        for _, fact in files:
            importer = numbers[shown[fact["root"], fact["name"]]]
            found = imports.setdefault(importer, {})
            for root, name, lines in fact["imports"]:
                target = name if lines[0][0] & FOREIGN else shown[root or fact["root"], name]
                imported = numbers.get(target, importer)
                if imported != importer:
                    places = (ImportLine(kind, (line, *rest)) for kind, line, *rest in lines)
                    found[imported] = tuple(sorted({*found.get(imported, ()), *places}, key=lambda each: each.extent))
        return cls(names, [path for _, path in named], {numbers[name] for name in foreign}, imports)


def _modules_of(files: Iterable[tuple[str, Mapping[str, Any]]]) -> tuple[dict[tuple[str, str], str | None], set[str]]:
    """Return root and name of each module → the path of its file, if it has one, and the names of foreign packages."""
    paths: dict[tuple[str, str], str | None] = {}
    for path, fact in files:
        paths.setdefault((fact["root"], fact["name"]), path)
    foreign = set()
    for _, fact in files:
        for root, name, lines in fact["imports"]:
            if lines[0][0] & FOREIGN:
                foreign.add(name)
            else:
                paths.setdefault((root or fact["root"], name), None)
    for root, name in list(paths):
        above = name.rpartition(".")[0]
        while above:
            paths.setdefault((root, above), None)
            above = above.rpartition(".")[0]
    return paths, foreign


def _unambiguous(keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Return root and name of each module → a name that no other has."""
    shown: dict[tuple[str, str], str] = {}
    taken: set[str] = set()
    for root, name in sorted(keys):
        shown[root, name] = f"{name} ({root})" if name in taken else name
        taken.add(name)
    return shown
