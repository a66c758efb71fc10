"""PYA508."""

import ast
from collections.abc import Iterator

from flake8_pyarch.checking import Edit, Finding, Fix, Rule
from flake8_pyarch.source import Module
from flake8_pyarch.source.exceptions.classes import is_answer, new_exception
from flake8_pyarch.source.exceptions.clauses import clause_of, is_rebound, unused_name
from flake8_pyarch.source.exceptions.handlers import enclosing_handler
from flake8_pyarch.source.syntax import last_name

__all__ = ["CauseDropped"]

_TRIES = (ast.Try, ast.TryStar)


class CauseDropped(Rule):
    """An exception is raised in a handler without the one that caused it.

    ## Why is this bad?
    Who raises `BookNotFoundError` in an `except KeyError` means that the one led to the other, but Python does not know
    that. The traceback then says that "during handling of the above exception, another exception occurred", as if the
    handler were broken. `from error` states the cause, and keeps it in `__cause__` for those who look. `from None`
    says that it is nobody's business.

    ## Example
    ```python path=shop/persistence/books.py
    class BookNotFoundError(Exception):
        pass


    def find(books: dict[int, str], book_id: int) -> str:
        try:
            return books[book_id]
        except KeyError:
            raise BookNotFoundError(book_id)
    ```

    ## Use instead
    ```python path=shop/persistence/books.py
    class BookNotFoundError(Exception):
        pass


    def find(books: dict[int, str], book_id: int) -> str:
        try:
            return books[book_id]
        except KeyError as error:
            raise BookNotFoundError(book_id) from error
    ```

    ## Known problems
    Left alone is what answers somebody instead of reporting an error: `HTTPException` and classes of this file that
    derive from it, the HTTP exceptions of aiohttp, Pyramid and Werkzeug, what Click and Typer raise, `SystemExit`,
    `KeyboardInterrupt` and `StopIteration`.

    `B904` of Ruff reports those too, and everything else that is raised without `from`: variables, and what a function
    returned (`raise translate(error)`). Here it must be evident that an exception is made: a class is raised or called.
    `B904` does not look into a `try` or a class inside the handler, nor into the `else` of a loop. Here only the body
    of a `try` that has handlers of its own is left out, for they may be meant to catch it.

    ## Fix safety
    The fix is safe. It adds `from error` and, where the handler has no name for what it caught, `as error`, with a name
    that nothing in the function uses; a bare `except` becomes `except BaseException as error`, which is the same. There
    is no fix where the handler binds that name anew.
    """

    code = "PYA508"
    message = "'{name}' is raised in an 'except' without its cause: add 'from {cause}', or 'from None' to hide it"
    twins = ("B904",)
    is_fixable = True

    def visit_Raise(self, node: ast.Raise, module: Module) -> Iterator[Finding]:
        if node.exc is None or node.cause is not None:
            return
        handler = enclosing_handler(node, module)
        raised = new_exception(node.exc, module) if handler is not None else None
        if handler is None or raised is None or is_answer(raised, module) or _may_be_caught(node, handler, module):
            return
        name = last_name(raised)
        cause = handler.name or unused_name(handler, module)
        twin = "B904" if _is_seen_by_ruff(node, handler, module) else None
        yield self.finding(node, name=name, cause=cause, fix=_fix(node, handler, cause, module), twin=twin)


def _may_be_caught(node: ast.Raise, handler: ast.ExceptHandler, module: Module) -> bool:
    """Tell whether a `try` inside the handler may catch what is raised."""
    for child, parent in module.ancestry(node):
        if parent is handler:
            return False
        if isinstance(parent, _TRIES) and parent.handlers and child in parent.body:
            return True
    return False


def _is_seen_by_ruff(node: ast.Raise, handler: ast.ExceptHandler, module: Module) -> bool:
    for child, parent in module.ancestry(node):
        if parent is handler:
            return True
        if isinstance(parent, (*_TRIES, ast.ClassDef)) or (
            isinstance(parent, (ast.For, ast.AsyncFor, ast.While)) and child in parent.orelse
        ):
            return False
    return False


def _fix(node: ast.Raise, handler: ast.ExceptHandler, cause: str, module: Module) -> Fix | None:
    if node.end_lineno is None or node.end_col_offset is None:
        return None
    edits = [Edit(node.end_lineno, node.end_col_offset, node.end_lineno, node.end_col_offset, f" from {cause}")]
    if handler.name is None:
        naming = _naming(handler, cause, module)
        if naming is None:
            return None
        edits.insert(0, naming)
    elif is_rebound(handler):
        return None
    return Fix(f"Add 'from {cause}'", tuple(edits), is_safe=True)


def _naming(handler: ast.ExceptHandler, name: str, module: Module) -> Edit | None:
    """Return the edit that gives the handler a name for what it caught.

    It replaces the types, although it only adds to them: so two fixes of one handler overlap, and come one by one.
    """
    clause = clause_of(handler, module)
    named = clause.named(name) if clause is not None else None
    return Edit(*clause.start, *clause.end, named) if clause is not None and named is not None else None
