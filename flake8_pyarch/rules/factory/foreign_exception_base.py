"""PYA905."""

from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import Module
from flake8_pyarch.source.classes import ClassModel
from flake8_pyarch.source.exceptions.classes import derives_straight_from_exception
from flake8_pyarch.source.factory import uses_library

__all__ = ["ForeignExceptionBase"]

_ROOT = "FastAPIFactoryUtilitiesError"


class ForeignExceptionBase(Rule):
    """An exception of a project that uses fastapi_factory_utilities derives straight from `Exception`.

    ## Why is this bad?
    `FastAPIFactoryUtilitiesError` logs itself with the values it was given, records itself on the current span and
    carries a level. An exception beside it does none of that, and one `except FastAPIFactoryUtilitiesError` no longer
    catches whatever the service itself reports.

    ## Example
    ```python path=shop/domain/errors.py
    import fastapi_factory_utilities


    class BookNotFoundError(Exception):
        pass
    ```

    ## Use instead
    ```python path=shop/domain/errors.py
    from fastapi_factory_utilities.core.exceptions import FastAPIFactoryUtilitiesError


    class BookNotFoundError(FastAPIFactoryUtilitiesError):
        pass
    ```

    ## Known problems
    It ties the domain to the library, so the rule is off by default. Looked at are files that import the library, and
    all of a project whose `pyproject.toml` or `requirements*.txt` names it.
    """

    code = "PYA905"
    message = "exception '{name}' derives straight from 'Exception': derive it from 'FastAPIFactoryUtilitiesError'"
    on_by_default = False

    def looks_at(self, module: Module) -> bool:
        return uses_library(module)

    def visit_ClassModel(self, model: ClassModel, module: Module) -> Iterator[Finding]:
        if model.name != _ROOT and derives_straight_from_exception(model):
            yield self.finding(module.name_span(model.node), name=model.name)
