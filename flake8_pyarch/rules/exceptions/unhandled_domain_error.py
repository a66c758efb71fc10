"""PYA509."""

from collections.abc import Iterator, Mapping
from typing import Any

from flake8_pyarch.checking import ProjectFacts, ProjectFinding, ProjectRule
from flake8_pyarch.source import Module
from flake8_pyarch.source.exceptions.facts import error_facts

__all__ = ["UnhandledDomainError"]

_ANSWERING = ("fastapi.", "starlette.")
"""The packages whose own exceptions FastAPI turns into answers by itself."""

_LONGEST_WAY = 20


class UnhandledDomainError(ProjectRule):
    """An error of the domain or the application layer is raised, and nobody handles it.

    ## Why is this bad?
    An error that has a name is part of the business: the book is lent already, the borrower has too many. If no handler
    and no `except` names it, the client gets `500 Internal Server Error` for something that was foreseen, the log an
    alarm for something that is none, and the name was given in vain.

    An error is handled where an `except` in the API or the application layer or in a composition module names it, where
    `exception_handler` or `add_exception_handler` registers a handler, or where either is so for a class of the project
    that it derives from. `except Exception` names nothing.

    ## Example
    ```python path=shop/domain/errors.py
    class BookNotFoundError(Exception): ...
    ```
    ```python path=shop/usecases/borrow_book.py
    from shop.domain.errors import BookNotFoundError


    def borrow_book(book_id: str) -> None:
        raise BookNotFoundError(book_id)
    ```
    ```python path=shop/application.py
    from fastapi import FastAPI


    def create_application() -> FastAPI:
        return FastAPI(title="Shop")
    ```

    ## Use instead
    ```python path=shop/domain/errors.py
    class BookNotFoundError(Exception): ...
    ```
    ```python path=shop/usecases/borrow_book.py
    from shop.domain.errors import BookNotFoundError


    def borrow_book(book_id: str) -> None:
        raise BookNotFoundError(book_id)
    ```
    ```python path=shop/application.py
    from fastapi import FastAPI

    from shop.api.errors import answer_not_found
    from shop.domain.errors import BookNotFoundError


    def create_application() -> FastAPI:
        application = FastAPI(title="Shop")
        application.add_exception_handler(BookNotFoundError, answer_not_found)
        return application
    ```
    ```python path=shop/api/errors.py
    def answer_not_found(request: object, error: Exception) -> object: ...
    ```

    ## Known problems
    Only `pyarch check` reports it, in projects that make a FastAPI application. What the API layer or a composition
    module tells apart by `isinstance`, by `case` or as a key of a table counts as handled too. Where handlers are
    registered for classes that cannot be told, in a loop over a table of another module say, nothing is reported.
    """

    code = "PYA509"
    message = "'{name}' is raised and nobody handles it: register an exception handler, or catch it in the api layer"
    in_flake8 = False

    def collect(self, module: Module) -> Any:
        return error_facts(module) or None

    def check_project(self, facts: ProjectFacts) -> Iterator[ProjectFinding]:
        files = dict(facts.collected(self.code))
        if not any("application" in fact for fact in files.values()) or any("unknown" in f for f in files.values()):
            return
        errors = _Errors({facts.source_tree.location(path).name: fact for path, fact in files.items()})
        for path, fact in files.items():
            for name, (_, place) in fact.get("classes", {}).items():
                if place is not None and name in errors.raised and not errors.is_handled(name):
                    line, column, end_line, end_column = place
                    extent = line, column, end_line, end_column
                    yield self.report(path, extent, name, name=name.rpartition(".")[2])


class _Errors:
    """The exceptions of a project.

    Arguments:
        files: the dotted name of each module → what it tells of exceptions.

    """

    def __init__(self, files: Mapping[str, Mapping[str, Any]]) -> None:
        self._files = files
        self._bases: dict[str, list[str]] = {
            name: bases for fact in files.values() for name, (bases, _) in fact.get("classes", {}).items()
        }
        self.raised = self._named("raised")
        self._handled = self._named("handled")

    def is_handled(self, name: str) -> bool:
        """Tell whether somebody names a class or a class of the project that it derives from, or FastAPI handles it."""
        pending = [name]
        seen: set[str] = set()
        while pending:
            each = self._definition(pending.pop())
            if each in self._handled or each.startswith(_ANSWERING):
                return True
            if each not in seen:
                seen.add(each)
                pending += self._bases.get(each, ())
        return False

    def _named(self, key: str) -> set[str]:
        names = {name for fact in self._files.values() for name in fact.get(key, ())}
        return {self._definition(name) for name in names}

    def _definition(self, name: str) -> str:
        """Return the name of a class where it is defined, followed through the packages that re-export it.

        Of a name in a class, `BookNotFoundError.of`, it is the class.
        """
        start = name
        for _ in range(_LONGEST_WAY):
            if name in self._bases:
                return name
            parent, _, last = name.rpartition(".")
            exports = self._files.get(parent, {})
            starred = (f"{module}.{last}" for module in exports.get("stars", ()))
            following = exports.get("exports", {}).get(last) or next((n for n in starred if n in self._bases), None)
            if following is None:
                break
            name = following
        parent = start.rpartition(".")[0]
        of_class = parent.rpartition(".")[2][:1].isupper()
        return self._definition(parent) if of_class else name
