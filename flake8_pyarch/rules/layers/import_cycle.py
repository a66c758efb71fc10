"""PYA111."""

from collections.abc import Iterator

from flake8_pyarch.checking import ProjectFacts, ProjectFinding, ProjectRule
from flake8_pyarch.graph import ImportGraph, ImportLine
from flake8_pyarch.graph.cycles import Knot, knots
from flake8_pyarch.source.import_facts import FOREIGN, LATER, TYPE_CHECKING_ONLY

__all__ = ["ImportCycle"]


class ImportCycle(ProjectRule):
    """Modules import each other in a loop.

    ## Why is this bad?
    Python executes a module when it is first imported. In a loop one of the modules is still half executed when another
    takes a name from it: whether that works depends on who was imported first, and one day, in a test or in production,
    somebody else is. Nor can any of them be understood, tested or moved without the others.

    A knot of modules that all reach each other is reported once: its shortest loop, with the import whose removal opens
    it. Imports under `if TYPE_CHECKING` and inside functions do not count, nor do the packages that Python imports on
    the way to a module.

    ## Example
    ```python path=shop/domain/book.py
    from shop.domain.author import Author


    class Book:
        author: Author
    ```
    ```python path=shop/domain/author.py
    from shop.domain.book import Book


    class Author:
        books: list[Book]
    ```

    ## Use instead
    ```python path=shop/domain/book.py
    from shop.domain.author import Author


    class Book:
        author: Author
    ```
    ```python path=shop/domain/author.py
    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        from shop.domain.book import Book


    class Author:
        books: "list[Book]"
    ```

    ## Known problems
    Only `pyarch check` reports it, for Flake8 looks at one file at a time. Tests do not count. Where a knot has no
    single import that opens it, the one that is named opens the shortest loop; the next run reports what is left.
    """

    code = "PYA111"
    message = "modules import each other in a loop, {loop}: take away {opener}, and it is open"
    in_flake8 = False

    def check_project(self, facts: ProjectFacts) -> Iterator[ProjectFinding]:
        tests = {number for number, path in enumerate(facts.imports.paths) if path and facts.is_test(path)}
        graph = facts.imports.keeping(
            lambda importer, imported, line: tests.isdisjoint((importer, imported)) and _runs_at_import(line)
        )
        for knot in knots(graph):
            yield from self._report(knot, graph)

    def _report(self, knot: Knot, graph: ImportGraph) -> Iterator[ProjectFinding]:
        path = graph.paths[knot.loop[0]]
        if path is not None:
            loop = " -> ".join(graph.names[number] for number in knot.loop)
            importer, imported = knot.opener
            line = graph.lines(importer, imported)[0].extent[0]
            opener = f"the import of '{graph.names[imported]}' in '{graph.names[importer]}' (line {line})"
            extent = graph.lines(*knot.loop[:2])[0].extent
            yield self.report(path, extent, loop, loop=loop, opener=opener)


def _runs_at_import(line: ImportLine) -> bool:
    return not line.kind & (TYPE_CHECKING_ONLY | LATER | FOREIGN)
