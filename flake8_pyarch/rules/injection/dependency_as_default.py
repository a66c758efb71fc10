"""PYA408."""

import ast
from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import Module
from flake8_pyarch.source.injection.collaborators import collaborator_built_by, is_use_case_or_service
from flake8_pyarch.source.syntax import defaults_of

__all__ = ["DependencyAsDefault"]

_ALTERNATIVES = frozenset({"typing.Optional", "typing.Union"})
_BUILTINS = "bool bytes complex float frozenset int object range str tuple".split()
_INTERFACES = "Callable Collection Container Iterable Mapping Reversible Sequence Sized".split()
_IMMUTABLE = frozenset(
    f"{package}.{name}"
    for package, names in (("builtins", _BUILTINS), ("typing", _INTERFACES), ("collections.abc", _INTERFACES))
    for name in names
)


class DependencyAsDefault(Rule):
    """A parameter's default builds a collaborator.

    ## Why is this bad?
    A default value is made once, when the module is imported, and then shared by every call: one session, one client
    for all requests, opened before anything is configured. And it ties the function to this one implementation, which
    a caller who forgets the argument gets without noticing.

    Looked for are classes of the project whose name ends with `Repository`, `Service`, `Client`, `Gateway`,
    `UnitOfWork`, `Connection`, `Session`, `Engine`, `Adapter` or `UseCase`. The constructors of use cases and
    application services have a rule of their own, PYA316.

    ## Example
    ```python path=shop/external/stock_monitor.py
    from shop.external.warehouse import WarehouseClient


    def missing_books(warehouse: WarehouseClient = WarehouseClient()) -> list[str]:
        return warehouse.missing()
    ```

    ## Use instead
    ```python path=shop/external/stock_monitor.py
    from shop.external.warehouse import WarehouseClient


    def missing_books(warehouse: WarehouseClient) -> list[str]:
        return warehouse.missing()
    ```

    ## Options
    - `composition`, `extend-composition`: modules that wire the parts together, and so may build them

    ## Known problems
    What a class is told by its name and its place, as PYA407 describes it. `B008` speaks of nearly every call in a
    default, this rule only of collaborators; `B008` leaves out a parameter that is annotated with an immutable type.
    """

    code = "PYA408"
    message = "parameter '{parameter}' is by default a '{name}' made at import time: let the caller pass it in"
    twins = ("B008",)
    in_composition = False

    def visit_arguments(self, arguments: ast.arguments, module: Module) -> Iterator[Finding]:
        for parameter, default in defaults_of(arguments):
            name = collaborator_built_by(default, module)
            if name is not None and not _belongs_to_use_case(arguments, module):
                twin = None if _is_immutable(parameter.annotation, module) else "B008"
                yield self.finding(default, parameter=parameter.arg, name=name, twin=twin)


def _belongs_to_use_case(arguments: ast.arguments, module: Module) -> bool:
    """Tell whether the parameters are those of the constructor of a use case or an application service."""
    function = module.syntax.parents[arguments]
    owner = module.syntax.parents.get(function)
    if not isinstance(function, ast.FunctionDef) or not isinstance(owner, ast.ClassDef):
        return False
    return function.name == "__init__" and is_use_case_or_service(module.class_model(owner), module)


def _is_immutable(annotation: ast.expr | None, module: Module) -> bool:
    """Tell whether an annotation names only immutable types of the language, for B008 trusts one that does."""
    pending = [] if annotation is None else [annotation]
    while pending:
        match pending.pop():
            case ast.BinOp(left=left, op=ast.BitOr(), right=right):
                pending += (left, right)
            case ast.Subscript(value=base, slice=inner) if module.resolve(base) in _ALTERNATIVES:
                pending += inner.elts if isinstance(inner, ast.Tuple) else [inner]
            case ast.Subscript(value=base):
                pending.append(base)
            case ast.Constant(value=None):
                continue
            case node:
                if module.resolve(node) not in _IMMUTABLE:
                    return False
    return annotation is not None
