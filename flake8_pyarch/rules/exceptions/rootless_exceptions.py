"""PYA510."""

import ast
from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import Module
from flake8_pyarch.source.exceptions.classes import derives_straight_from_exception

__all__ = ["RootlessExceptions"]


class RootlessExceptions(Rule):
    """A module has several exception classes and no common base for them.

    ## Why is this bad?
    Who uses the module cannot say "whatever goes wrong here" without a list of all its exceptions, and misses the one
    that is added tomorrow. With a base of their own, one `except LibraryError` or one exception handler is enough.

    Every class after the first that derives straight from `Exception` is reported.

    ## Example
    ```python path=shop/domain/errors.py
    class BookNotFoundError(Exception):
        pass


    class BorrowerNotFoundError(Exception):
        pass
    ```

    ## Use instead
    ```python path=shop/domain/errors.py
    class LibraryError(Exception):
        pass


    class BookNotFoundError(LibraryError):
        pass


    class BorrowerNotFoundError(LibraryError):
        pass
    ```

    ## Known problems
    Classes that derive from another builtin exception (`ValueError`) are left alone, and so are those that have another
    base beside `Exception`, for it may be the common one.
    """

    code = "PYA510"
    message = "exception '{name}' has no base in common with '{first}': derive both from an exception of the project"
    on_by_default = False

    def visit_Module(self, _: ast.Module, module: Module) -> Iterator[Finding]:
        rootless = [model for model in module.classes if derives_straight_from_exception(model)]
        for model in rootless[1:]:
            yield self.finding(module.name_span(model.node), name=model.name, first=rootless[0].name)
