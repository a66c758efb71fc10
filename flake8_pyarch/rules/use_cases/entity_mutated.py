"""PYA319."""

import ast
from collections.abc import Iterator, Sequence

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import Module
from flake8_pyarch.source.annotations import named_types
from flake8_pyarch.source.classes import Function, receiver_of
from flake8_pyarch.source.syntax import own_nodes, unpacked
from flake8_pyarch.source.use_cases import CONSTRUCTORS, UseCaseModel
from flake8_pyarch.source.words import split_words

__all__ = ["EntityMutated"]

_MOST_CALLS = 8
_REPOSITORY_WORDS = frozenset("dao repo repos repositories repository storage store unitofwork uow".split())


class EntityMutated(Rule):
    """A use case changes an entity in place.

    ## Why is this bad?
    An entity that was handed in, or that a repository returned, is shared: the caller, a cache or the next query may
    hold the same object. Changed in place it is changed for all of them, also if the use case then fails and saves
    nothing, and its own rules are not asked. A copy made by `model_copy(update=…)`, or by a method of the entity, is
    saved or thrown away as a whole.

    ## Example
    ```python path=shop/usecases/borrow_book.py
    class BorrowBookUseCase:
        def __init__(self, repository: "BookRepository") -> None:
            self._repository = repository

        def borrow(self, book_id: str) -> None:
            book = self._repository.find_by_id(book_id)
            book.available = False
            self._repository.save(book)

        def execute(self) -> None:
            self.borrow("dune")
    ```

    ## Use instead
    ```python path=shop/usecases/borrow_book.py
    class BorrowBookUseCase:
        def __init__(self, repository: "BookRepository") -> None:
            self._repository = repository

        def borrow(self, book_id: str) -> None:
            book = self._repository.find_by_id(book_id)
            self._repository.save(book.model_copy(update={"available": False}))

        def execute(self) -> None:
            self.borrow("dune")
    ```

    ## Known problems
    A name that also holds something else in its method, a copy for example, is left alone. A repository is known by its
    name or annotation (`repository`, `repo`, `dao`, `store`, `unit_of_work`).
    """

    code = "PYA319"
    message = "use case '{name}' changes '{attribute}' of '{entity}' in place: save a copy with the change instead"
    on_by_default = False

    def visit_UseCase(self, use_case: UseCaseModel, module: Module) -> Iterator[Finding]:
        for method in use_case.model.all_methods:
            shared: dict[str, bool] | None = None
            for target in _assigned_attributes(method):
                if shared is None:
                    shared = _shared_names(method, use_case, module)
                entity = _root(target)
                if entity is not None and shared.get(entity):
                    yield self.finding(target, name=use_case.name, attribute=target.attr, entity=entity)


def _assigned_attributes(method: Function) -> Iterator[ast.Attribute]:
    for node in own_nodes(method.body):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node


def _root(node: ast.expr) -> str | None:
    """Return the name that a chain of attributes begins with."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None


def _shared_names(method: Function, use_case: UseCaseModel, module: Module) -> dict[str, bool]:
    """Return the local names, each with whether all it ever holds is shared: an argument, or a repository's result."""
    arguments = method.args
    receiver = receiver_of(method)
    shared: dict[str, bool] = {}
    for parameter in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
        if parameter.arg != receiver and method.name not in CONSTRUCTORS:
            shared[parameter.arg] = True
    for name, value in _bindings(method):
        is_shared = value is not None and _is_shared(value, shared, [method], use_case, module)
        shared[name] = is_shared and shared.get(name, True)
    return shared


def _bindings(method: Function) -> Iterator[tuple[str, ast.expr | None]]:
    """Yield the names that a method binds, each with the value, or with what a loop takes it from."""
    for node in own_nodes(method.body):
        pairs: list[tuple[ast.expr, ast.expr | None]] = []
        match node:
            case ast.Assign(targets=targets, value=value):
                pairs = [pair for target in targets for pair in unpacked(target, value)]
            case ast.AnnAssign(target=target, value=ast.expr() as value) | ast.NamedExpr(target=target, value=value):
                pairs = [(target, value)]
            case ast.For(target=target, iter=value) | ast.AsyncFor(target=target, iter=value):
                pairs = [(target, value)] if isinstance(target, ast.Name) else list(unpacked(target, None))
            case ast.withitem(optional_vars=ast.expr() as target):
                pairs = list(unpacked(target, None))
            case ast.ExceptHandler(name=str(name)):
                yield name, None
        yield from ((place.id, value) for place, value in pairs if isinstance(place, ast.Name))


def _is_shared(
    value: ast.expr, shared: dict[str, bool], callers: Sequence[Function], use_case: UseCaseModel, module: Module
) -> bool:
    """Tell whether an expression is an argument or a repository's result, or one of several of them."""
    node = value
    while isinstance(node, (ast.Await, ast.Subscript, ast.NamedExpr)):
        node = node.value
    receiver = receiver_of(callers[-1])
    match node:
        case ast.Name(id=name):
            return shared.get(name, False)
        case ast.Call(func=ast.Attribute(value=ast.Name(id=owner), attr=name)) if owner == receiver:
            called = use_case.methods.get(name)
            if called is None or called in callers or len(callers) > _MOST_CALLS:
                return False
            inside = _found_in(called, [*callers, called], use_case, module)
            returned = [each.value for each in own_nodes(called.body) if isinstance(each, ast.Return)]
            return bool(returned) and all(
                each is not None and _is_shared(each, inside, [*callers, called], use_case, module) for each in returned
            )
        case ast.Call(func=ast.Attribute(value=inner)):
            attribute = _first_attribute(inner, receiver)
            return attribute is not None and _is_repository(attribute, use_case, module)
    return False


def _found_in(method: Function, callers: Sequence[Function], use_case: UseCaseModel, module: Module) -> dict[str, bool]:
    """Return the local names of a method that hold nothing but what a repository returned."""
    found: dict[str, bool] = {}
    for name, value in _bindings(method):
        is_found = value is not None and _is_shared(value, found, callers, use_case, module)
        found[name] = is_found and found.get(name, True)
    return found


def _first_attribute(node: ast.expr, receiver: str | None) -> str | None:
    """Return `_uow` of `self._uow.books`, None for anything that does not begin with the object."""
    while isinstance(node, ast.Attribute):
        if isinstance(node.value, ast.Name):
            return node.attr if node.value.id == receiver else None
        node = node.value
    return None


def _is_repository(attribute: str, use_case: UseCaseModel, module: Module) -> bool:
    """Tell whether an attribute is a repository, by its name or by its annotation."""
    if _says_repository(attribute):
        return True
    for place in use_case.places:
        if place.name != attribute:
            continue
        annotation = place.annotation
        if annotation is None and isinstance(place.value, ast.Name) and place.method is not None:
            bindings = module.bindings(place.value)
            only = bindings[0] if len(bindings) == 1 else None
            annotation = only.annotation if isinstance(only, ast.arg) else None
        if annotation is not None and any(_says_repository(name) for name, _ in named_types(annotation, module)):
            return True
    return False


def _says_repository(name: str) -> bool:
    words = split_words(name)
    return not _REPOSITORY_WORDS.isdisjoint((*words, "".join(words[-3:])))
