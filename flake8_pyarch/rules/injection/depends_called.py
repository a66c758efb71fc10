"""PYA401."""

import ast
from collections.abc import Iterator

from flake8_pyarch.checking import Edit, Finding, Fix, Rule
from flake8_pyarch.source import Module
from flake8_pyarch.source.classes import Function
from flake8_pyarch.source.foreign import definition_behind
from flake8_pyarch.source.injection.callables import (
    evidently_returns_callable,
    evidently_returns_no_callable,
    is_annotated_with_no_callable,
)
from flake8_pyarch.source.injection.depends import DependsCall
from flake8_pyarch.source.literals import end_of, text_between
from flake8_pyarch.source.syntax import dotted_name

__all__ = ["DependsCalled"]


class DependsCalled(Rule):
    """`Depends` is given the result of a provider instead of the provider.

    ## Why is this bad?
    `Depends(get_session())` calls `get_session` once, while the module is imported, and hands the result to FastAPI.
    A session or a generator cannot be called, so the application fails as it starts, or answers every request with the
    same stale object. FastAPI wants the function itself: it calls it for each request, and closes after the request
    what the function opened.

    A call with arguments is left alone: `Depends(require_role("admin"))` makes a provider for that role. It is reported
    only where the function stands in the same file and clearly returns nothing that can be called.

    ## Example
    ```python path=shop/api/books.py
    from fastapi import APIRouter, Depends

    from shop.api.providers import get_books

    router = APIRouter()


    @router.get("/books")
    def list_books(books: list[str] = Depends(get_books())) -> list[str]:
        return books
    ```

    ## Use instead
    ```python path=shop/api/books.py
    from fastapi import APIRouter, Depends

    from shop.api.providers import get_books

    router = APIRouter()


    @router.get("/books")
    def list_books(books: list[str] = Depends(get_books)) -> list[str]:
        return books
    ```

    ## Options
    - `depends-functions`, `extend-depends-functions`: what counts as `Depends`
    - `provider-prefixes`, `extend-provider-prefixes`: how the name of an imported provider begins

    ## Known problems
    An imported function is looked up in the project, so that one that returns a function of its own is left alone. Of
    one that cannot be found, in a third-party package say, only the name is known: if it begins like a provider's it is
    taken for one.

    ## Fix safety
    The empty parentheses are removed, and nothing else. There is no fix where they hold arguments or a comment.
    """

    code = "PYA401"
    message = "'{name}' is called when the file is imported, so its result is injected: pass '{name}' itself"
    is_fixable = True

    def visit_DependsCall(self, entry: DependsCall, module: Module) -> Iterator[Finding]:
        call = entry.provider
        if isinstance(call, ast.Call) and _is_provider_call(call, module):
            name = dotted_name(call.func) or "the provider"
            yield self.finding(call, name=name, fix=_without_parentheses(call, name, module))


def _is_provider_call(call: ast.Call, module: Module) -> bool:
    has_arguments = bool(call.args or call.keywords)
    function = module.function_named(call.func)
    if function is not None:
        if evidently_returns_no_callable(function, module):
            return True
        return not has_arguments and (
            is_annotated_with_no_callable(function, module) or _is_injected_into(function, module)
        )
    if has_arguments or not _is_imported_provider(call.func, module):
        return False
    found = definition_behind(call.func, module)
    return found is None or isinstance(found[0], ast.ClassDef) or not evidently_returns_callable(found[0], found[1])


def _is_injected_into(function: Function, module: Module) -> bool:
    """Tell whether a function has dependencies of its own, which only FastAPI can fill, and makes no other function."""
    has_dependencies = any(entry.function is function for entry in module.depends_calls)
    return has_dependencies and not evidently_returns_callable(function, module)


def _is_imported_provider(function: ast.expr, module: Module) -> bool:
    """Tell whether a function is imported, by itself or with its module, and its own name begins like a provider's."""
    entry = module.import_of(function)
    if entry is None:
        return False
    if isinstance(function, ast.Attribute):
        target = module.target(entry)
        is_of_module = entry.name is None or (target is not None and target.name == entry.qualified_name)
        return is_of_module and function.attr.startswith(module.settings.provider_prefixes)
    return entry.name is not None and entry.name.startswith(module.settings.provider_prefixes)


def _without_parentheses(call: ast.Call, name: str, module: Module) -> Fix | None:
    start, end = end_of(call.func), end_of(call)
    if "".join(text_between(module.lines, start, end).split()) != "()":
        return None
    return Fix(f"Pass '{name}' itself", (Edit(*start, *end, ""),), is_safe=True)
