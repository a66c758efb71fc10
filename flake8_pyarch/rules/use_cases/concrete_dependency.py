"""PYA316."""

import ast
from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.settings import OUTER_LAYERS, Layer
from flake8_pyarch.source import ImportedName, Module, Origin
from flake8_pyarch.source.annotations import named_types
from flake8_pyarch.source.classes import ClassModel
from flake8_pyarch.source.exceptions.classes import has_exception_name
from flake8_pyarch.source.foreign import definition_imported
from flake8_pyarch.source.injection.collaborators import (
    collaborator_built_by,
    is_use_case_or_service,
    resource_opened_by,
)
from flake8_pyarch.source.interfaces import has_abstract_base, is_interface
from flake8_pyarch.source.names import Binding
from flake8_pyarch.source.syntax import own_nodes
from flake8_pyarch.source.use_cases import CONSTRUCTORS, ConstructorParameter, constructor_parameters

__all__ = ["ConcreteDependency"]

_FIELD_MAKERS = frozenset({"field", "ib", "attrib"})
_FACTORIES = frozenset({"default_factory", "factory", "default"})
_OF_UNKNOWN_TYPE = (ast.Name, ast.Attribute)
_ABSTRACT_BEGINNINGS = ("Abstract", "Base")
_ABSTRACT_ENDINGS = ("Interface", "Port", "Protocol")


class ConcreteDependency(Rule):
    """A use case or an application service chooses its own collaborators.

    ## Why is this bad?
    A use case says what happens, not with which database. If its constructor makes a `SqlBookRepository`, or takes one
    by that name, the use case cannot be tested without it, cannot run on anything else, and changes whenever it does.
    Taken as an abstraction that the application or the domain owns, the collaborator is whatever the composition
    module hands in.

    Looked at are use cases and the `*Service` classes of the application layer. Reported is a constructor that calls a
    class of the project named `*Repository`, `*Service`, `*Client`, `*Gateway`, `*UnitOfWork`, `*Connection`,
    `*Session`, `*Engine`, `*Adapter` or `*UseCase`, a class of an outer layer, or a client or engine of a third party;
    one that has such an object as a default; a parameter without annotation, unless its default is a plain value; and a
    parameter annotated with a class of an outer layer. Fields of dataclasses count as parameters.

    ## Example
    ```python path=shop/persistence/book_repository.py
    class SqlBookRepository:
        def find(self, book_id: str) -> str:
            return book_id
    ```
    ```python path=shop/usecases/borrow_book.py
    from shop.persistence.book_repository import SqlBookRepository


    class BorrowBookUseCase:
        def __init__(self) -> None:
            self._repository = SqlBookRepository()

        def execute(self) -> None:
            self._repository.find("dune")
    ```

    ## Use instead
    ```python path=shop/usecases/borrow_book.py
    from typing import Protocol


    class BookRepository(Protocol):
        def find(self, book_id: str) -> str: ...


    class BorrowBookUseCase:
        def __init__(self, repository: BookRepository) -> None:
            self._repository = repository

        def execute(self) -> None:
            self._repository.find("dune")
    ```

    ## Options
    - `layers.<name>.packages`, `layers.<name>.extend-packages`: where the layers lie
    - `use-case-suffixes`, `extend-use-case-suffixes`, `use-case-method`: what makes a class a use case

    ## Known problems
    An interface that lies in an outer layer is no concrete class, so a parameter annotated with one is left alone; its
    place is PYA107's business. A use case that itself stands in an outer layer may name what stands beside it.
    """

    code = "PYA316"
    message = "'{owner}' {problem}: take an abstraction in the constructor, and let the composition choose"

    def visit_ClassModel(self, model: ClassModel, module: Module) -> Iterator[Finding]:
        if not is_use_case_or_service(model, module):
            return
        for parameter in constructor_parameters(model):
            default = _made_by_default(parameter)
            name = _collaborator(default, module) if default is not None else None
            if default is not None and name is not None:
                yield self.finding(default, owner=model.name, problem=f"takes a '{name}' by default")
            elif parameter.annotation is None and not _is_plain(parameter.default):
                problem = f"takes '{parameter.name}' without saying what it is"
                yield self.finding(parameter.node, owner=model.name, problem=problem)
            else:
                concrete = _concrete_class(parameter, module)
                if concrete is not None:
                    problem = f"takes '{parameter.name}' as the {concrete[1]} layer's own '{concrete[0]}'"
                    yield self.finding(parameter.node, owner=model.name, problem=problem)
        built: set[ast.AST] = set()
        for call in _calls_of_constructors(model):
            is_part = any(parent in built for _, parent in module.ancestry(call))
            name = None if is_part else _collaborator(call, module)
            if name is not None:
                built.add(call)
                does = "builds" if name[:1].isupper() else "calls"
                yield self.finding(call, owner=model.name, problem=f"{does} '{name}' itself")


def _calls_of_constructors(model: ClassModel) -> Iterator[ast.Call]:
    for name in CONSTRUCTORS & model.methods.keys():
        for node in own_nodes(model.methods[name].body):
            if isinstance(node, ast.Call):
                yield node


def _collaborator(node: ast.expr, module: Module) -> str | None:
    """Return what an expression builds, or what calling it would build, by name, if that is a collaborator."""
    call = node if isinstance(node, ast.Call) else ast.Call(func=node, args=[], keywords=[])
    built = collaborator_built_by(call, module)
    if built is not None:
        return built
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            if resource_opened_by(call, module) is not None or _is_foreign_client(call.func, name, module):
                return name
            entry = module.import_of(call.func)
            is_outer = entry is not None and _outer_layer(name, entry, module) is not None
            return name if is_outer and not has_exception_name(call.func) else None
    return None


def _is_foreign_client(function: ast.expr, name: str, module: Module) -> bool:
    is_class = name[:1].isupper() and name.endswith(("Client", "Engine"))
    return is_class and module.origin_of_name(function) is Origin.THIRD_PARTY


def _made_by_default(parameter: ConstructorParameter) -> ast.expr | None:
    """Return what makes a parameter's default: a call, or what a dataclass's field calls."""
    match parameter.default:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), keywords=keywords) if name in _FIELD_MAKERS:
            made = next((keyword.value for keyword in keywords if keyword.arg in _FACTORIES), None)
            return made.body if isinstance(made, ast.Lambda) else made
        case ast.Call() as call:
            return call
    return None


def _is_plain(default: ast.expr | None) -> bool:
    """Tell whether a default says enough about a parameter: a plain value, or a name that may stand for one."""
    node = default.operand if isinstance(default, ast.UnaryOp) else default
    return isinstance(node, (ast.Constant, *_OF_UNKNOWN_TYPE))


def _concrete_class(parameter: ConstructorParameter, module: Module) -> tuple[str, Layer] | None:
    """Return the class of an outer layer that a parameter is annotated with, and the layer, or None."""
    if parameter.annotation is None or module.layer in OUTER_LAYERS:
        return None
    for name, binding in named_types(parameter.annotation, module):
        layer = _outer_layer(name, binding, module)
        if layer is not None and not _is_abstract(name, binding, module):
            return name, layer
    return None


def _outer_layer(name: str, binding: Binding, module: Module) -> Layer | None:
    """Return the layer of a class if it is imported from an outer one."""
    target = module.target(binding) if isinstance(binding, ImportedName) and name[:1].isupper() else None
    layer = module.source_tree.place(target).layer if target is not None else None
    return layer if layer in OUTER_LAYERS else None


def _is_abstract(name: str, binding: Binding, module: Module) -> bool:
    """Tell whether an imported class is an interface: by its definition, or by its name where that is not found."""
    found = definition_imported(binding, module) if isinstance(binding, ImportedName) and binding.name == name else None
    definition, other = found if found is not None else (None, module)
    if isinstance(definition, ast.ClassDef):
        model = other.class_model(definition)
        return is_interface(model, other) or has_abstract_base(model, other)
    is_marked = name.startswith("I") and name[1:2].isupper() and name[2:3].islower()
    return is_marked or name.startswith(_ABSTRACT_BEGINNINGS) or name.endswith(_ABSTRACT_ENDINGS)
