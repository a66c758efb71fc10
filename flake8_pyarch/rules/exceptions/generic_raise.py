"""PYA501."""

import ast
from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.settings import Layer
from flake8_pyarch.source import Module
from flake8_pyarch.source.exceptions.classes import GENERIC_EXCEPTIONS, is_named_directly, raised_class

__all__ = ["GenericRaise"]

_GENERIC_INSIDE = GENERIC_EXCEPTIONS | {"builtins.RuntimeError"}
_INSIDE = frozenset({Layer.DOMAIN, Layer.APPLICATION})


class GenericRaise(Rule):
    """An exception is raised that says nothing but that something went wrong.

    ## Why is this bad?
    Who wants to handle `Exception` must write `except Exception`, and then handles typing errors and a full disk along
    with the book that is not there. An exception class of its own gives the condition a name that a route can translate
    into an answer and a test can wait for.

    `Exception` and `BaseException` are reported everywhere, with or without a call. In the domain and the application
    layer `RuntimeError` is reported too: what goes wrong there has a name in the business.

    ## Example
    ```python path=shop/usecases/borrow_book.py
    def borrow(available: bool) -> None:
        if not available:
            raise Exception("The book is out")
    ```

    ## Use instead
    ```python path=shop/usecases/borrow_book.py
    class BookNotAvailableError(Exception):
        pass


    def borrow(available: bool) -> None:
        if not available:
            raise BookNotAvailableError
    ```

    ## Known problems
    `TRY002` of Ruff reports the same `Exception` and `BaseException`. It does not follow an assignment
    (`Problem = Exception; raise Problem()`) and knows no layers, so it leaves `RuntimeError` alone.
    """

    code = "PYA501"
    message = "'{name}' says nothing about what went wrong: raise an exception class of your own"
    twins = ("TRY002",)

    def visit_Raise(self, node: ast.Raise, module: Module) -> Iterator[Finding]:
        raised = raised_class(node)
        qualified = module.resolve(raised) if raised is not None else None
        if raised is None or qualified not in (_GENERIC_INSIDE if module.layer in _INSIDE else GENERIC_EXCEPTIONS):
            return
        seen_by_ruff = qualified in GENERIC_EXCEPTIONS and is_named_directly(raised, module)
        yield self.finding(raised, name=qualified.removeprefix("builtins."), twin="TRY002" if seen_by_ruff else None)
