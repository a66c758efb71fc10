"""PYA309."""

import ast
from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import Module
from flake8_pyarch.source.classes import Attribute, Function, is_attribute_of, receiver_of
from flake8_pyarch.source.injection.collaborators import collaborator_built_by
from flake8_pyarch.source.logging.log_calls import is_logger
from flake8_pyarch.source.syntax import base_of, own_nodes
from flake8_pyarch.source.use_cases import UseCaseModel

__all__ = ["SetterShape"]

_WAITING = (ast.Await, ast.AsyncFor, ast.AsyncWith)
_YIELDING = (ast.Yield, ast.YieldFrom)


class SetterShape(Rule):
    """A setter of a use case does not simply take one value and keep it.

    ## Why is this bad?
    A setter is called while a request is taken apart, before anybody has decided to do anything. It should take one
    value, check and normalise it, and keep it; then setters can be called in any order, twice, or not at all. One that
    asks a repository, awaits something or sets two things at once is a piece of the use case's work that runs at the
    wrong time, outside the error handling of `execute`.

    Reported is a `set_…` method that takes other than one argument, keeps nothing in an attribute `self._…` or keeps
    more than one, is asynchronous, yields, or calls a collaborator. Methods of the class that it calls count as part of
    it. Logging is fine.

    ## Example
    ```python path=shop/usecases/borrow_book.py
    from typing import Self


    class BorrowBookUseCase:
        def __init__(self) -> None:
            self._book_id: str | None = None
            self._borrower_id: str | None = None

        def set_ids(self, book_id: str, borrower_id: str) -> Self:
            self._book_id = book_id
            self._borrower_id = borrower_id
            return self

        def execute(self) -> None:
            print(self._book_id or "", self._borrower_id or "")
    ```

    ## Use instead
    ```python path=shop/usecases/borrow_book.py
    from typing import Self


    class BorrowBookUseCase:
        def __init__(self) -> None:
            self._book_id: str | None = None
            self._borrower_id: str | None = None

        def set_book_id(self, book_id: str) -> Self:
            self._book_id = book_id.strip()
            return self

        def set_borrower_id(self, borrower_id: str) -> Self:
            self._borrower_id = borrower_id
            return self

        def execute(self) -> None:
            print(self._book_id or "", self._borrower_id or "")
    ```

    ## Options
    - `use-case-style`: only `setter-property` wants it so

    ## Known problems
    What a function of another file does cannot be seen, so a bare call of one is taken for a check.
    """

    code = "PYA309"
    message = "setter '{setter}' of use case '{name}' {problem}: let it take one value, check it, and keep it"

    def visit_SetterPropertyUseCase(self, use_case: UseCaseModel, module: Module) -> Iterator[Finding]:
        for setter in use_case.setters:
            problem = next(_problems(setter, use_case, module), None)
            if problem is not None:
                yield self.finding(module.name_span(setter), setter=setter.name, name=use_case.name, problem=problem)


def _problems(setter: Function, use_case: UseCaseModel, module: Module) -> Iterator[str]:
    arguments = setter.args
    variadic = (arguments.vararg, arguments.kwarg)
    taken = max(len(arguments.posonlyargs) + len(arguments.args) - 1, 0) + len(arguments.kwonlyargs)
    if taken != 1 or any(variadic):
        yield "takes any number of values" if any(variadic) else f"takes {taken or 'no'} values"
    stored = [name for name in use_case.stores(setter) if name.startswith("_")]
    asks_base = any(isinstance(node, ast.Name) and node.id == "super" for node in own_nodes(setter.body))
    if len(stored) > 1 or not (stored or asks_base):
        yield f"sets {len(stored)} attributes at once" if stored else "keeps nothing in an attribute 'self._…'"
    if isinstance(setter, ast.AsyncFunctionDef):
        yield "is asynchronous"
    for method in use_case.called_methods(setter):
        for node in own_nodes(method.body):
            if isinstance(node, _WAITING):
                yield "awaits something"
            elif isinstance(node, _YIELDING):
                yield "yields"
            elif isinstance(node, ast.Call) and _is_work(node, method, use_case, module):
                yield "does more than keep a value"


def _is_work(call: ast.Call, method: Function, use_case: UseCaseModel, module: Module) -> bool:
    """Tell whether a call asks a collaborator for something, makes one, or runs the use case."""
    receiver = receiver_of(method) or ""
    if is_attribute_of(call.func, receiver):
        name = call.func.attr  # type: ignore[attr-defined]
        return name == module.settings.use_case_method or (
            name not in use_case.methods and bool(_places(name, use_case))
        )
    first = _first_attribute(call.func, receiver)
    if first is None:
        return collaborator_built_by(call, module) is not None or _reaches_outside(call, module)
    is_own = first.attr in use_case.empty_attributes or first.attr in use_case.stores(method)
    is_constant = any(place.method is None and place.value is not None for place in _places(first.attr, use_case))
    return not (is_own or is_constant or first.attr in use_case.methods or is_logger(first, module))


def _reaches_outside(call: ast.Call, module: Module) -> bool:
    """Tell whether a call is one of a library that the application layer is to know nothing of."""
    name = module.resolve(call.func) if module.import_of(call.func) is not None else None
    return name is not None and any(name.startswith(f"{denied}.") for denied in module.settings.application_deny)


def _places(name: str, use_case: UseCaseModel) -> list[Attribute]:
    return [place for place in use_case.places if place.name == name]


def _first_attribute(function: ast.expr, receiver: str) -> ast.Attribute | None:
    """Return `self._repository` of `self._repository.find().first`, None where it begins with something else."""
    node = function
    base = base_of(function)
    while isinstance(node, (ast.Attribute, ast.Call, ast.Subscript)):
        inner = node.func if isinstance(node, ast.Call) else node.value
        if inner is base and isinstance(node, ast.Attribute) and is_attribute_of(node, receiver):
            return node
        node = inner
    return None
