"""PYA403."""

import ast
from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import Module
from flake8_pyarch.source.classes import Function
from flake8_pyarch.source.injection.depends import Provider
from flake8_pyarch.source.syntax import FUNCTIONS

__all__ = ["ProviderWithoutReturnType"]


class ProviderWithoutReturnType(Rule):
    """A provider does not say what it returns.

    ## Why is this bad?
    A provider is where the abstraction and what implements it meet: `-> BookRepository` says which interface it serves,
    whatever it builds inside. Without the annotation nobody can check that what is injected fits the parameter that
    receives it, and a change inside the provider travels unseen into every route that depends on it.

    A provider is a function that a `Depends(…)` of the same file names, or one in a composition module whose name
    begins like a provider's (`get_`, `depends_`, `provide_`).

    ## Example
    ```python path=shop/api/dependencies.py
    from shop.persistence.book_repository import SqlBookRepository


    def get_book_repository():
        return SqlBookRepository()
    ```

    ## Use instead
    ```python path=shop/api/dependencies.py
    from shop.domain.book_repository import BookRepository
    from shop.persistence.book_repository import SqlBookRepository


    def get_book_repository() -> BookRepository:
        return SqlBookRepository()
    ```

    ## Options
    - `depends-functions`, `extend-depends-functions`: what counts as `Depends`
    - `provider-prefixes`, `extend-provider-prefixes`: how a provider's name begins
    - `composition`, `extend-composition`: what counts as a composition module

    ## Known problems
    Ruff says the same of every function, under a code that depends on the kind: `ANN201` for public functions, `ANN202`
    for private ones and those inside functions, `ANN204` for special methods, `ANN205` and `ANN206` for static and
    class methods. With Ruff's options `suppress-none-returning` and `ignore-fully-untyped` it says less than this rule.
    """

    code = "PYA403"
    message = "provider '{name}' has no return annotation: annotate it with the type it provides"
    twins = ("ANN201", "ANN202", "ANN204", "ANN205", "ANN206")

    def visit_Provider(self, provider: Provider, module: Module) -> Iterator[Finding]:
        function = provider.function
        if function.returns is None:
            twin = _annotation_rule(function, module)
            yield self.finding(module.name_span(function), name=function.name, twin=twin)


def _annotation_rule(function: Function, module: Module) -> str:
    """Return the rule of Ruff that speaks of the function's missing return annotation."""
    parents = [parent for _, parent in module.ancestry(function) if isinstance(parent, (*FUNCTIONS, ast.ClassDef))]
    is_special = function.name.startswith("__") and function.name.endswith("__")
    if parents and isinstance(parents[0], ast.ClassDef):
        decorators = {node.id for node in function.decorator_list if isinstance(node, ast.Name)}
        if "classmethod" in decorators:
            return "ANN206"
        if "staticmethod" in decorators:
            return "ANN205"
        if is_special:
            return "ANN204"
    is_private = any(
        part.startswith("_") and not part.endswith("__")
        for part in (*module.location.parts, function.name, *(parent.name for parent in parents))
    )
    inside_function = any(isinstance(parent, FUNCTIONS) for parent in parents)
    return "ANN202" if is_private or is_special or inside_function else "ANN201"
