"""PYA214."""

import ast
from collections.abc import Iterator
from typing import NamedTuple

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.checking.rule import Span
from flake8_pyarch.source import ImportedName, Module
from flake8_pyarch.source.classes import ClassModel
from flake8_pyarch.source.names import COMPREHENSIONS, Binding
from flake8_pyarch.source.naming import (
    IGNORED_BY_RUFF,
    has_foreign_base,
    is_mangled,
    is_mixed_case,
    is_override,
    owner_of,
    snake_case,
)
from flake8_pyarch.source.syntax import FUNCTIONS, without_subscript

__all__ = ["VariableName"]

_TYPE_MAKERS = frozenset(
    f"{package}.{name}"
    for package in ("typing", "typing_extensions")
    for name in ("TypeVar", "ParamSpec", "TypeVarTuple", "NewType", "NamedTuple", "TypedDict", "TypeAliasType")
) | {"builtins.type", "collections.namedtuple", "enum.Enum", "pydantic.create_model", "types.new_class"}
_TYPES = frozenset(
    {"builtins.type", "typing.Type", "typing.TypeAlias", "typing_extensions.Type", "typing_extensions.TypeAlias"}
)
_PLAIN_DECORATORS = frozenset(
    {"functools.total_ordering", "typing.final", "typing_extensions.final", "typing.runtime_checkable"}
)
_PLAIN_BASES = frozenset({"builtins.object", "abc.ABC", "typing.Generic", "typing_extensions.Generic"})


class _Found(NamedTuple):
    """A name in mixedCase.

    Arguments:
        scope: the function or class that it belongs to.
        name: the name.
        place: where it stands.
        kind: what it is.
        twin: the rule of Ruff that reports the same.

    """

    scope: ast.AST
    name: str
    place: ast.AST | Span
    kind: str
    twin: str | None


class VariableName(Rule):
    """An argument, a local variable or an attribute is written in mixedCase.

    ## Why is this bad?
    `bookId` is how Java and JavaScript write it; Python writes `book_id`. Where both styles meet in one file, every
    use has to be checked against the definition, keyword arguments fail because of a capital, and the same thing is
    called `bookId` here and `book_id` in the next function.

    ## Example
    ```python path=shop/usecases/borrow_book.py
    def borrow(bookId: int) -> None: ...
    ```

    ## Use instead
    ```python path=shop/usecases/borrow_book.py
    def borrow(book_id: int) -> None: ...
    ```

    ## Known problems
    A name is reported once in a function, and an attribute once in a class. Names that are not the author's to choose
    are left alone: the parameters of route handlers and of what `Depends` names, which clients send; the fields of
    pydantic, dataclass and similar models, and the members of enums; the attributes of a class with a base from a third
    party or the standard library; the arguments of methods marked `@override`; and names that stand for classes and
    types. `x_T` is not mixedCase: the capital stands by itself.

    Ruff's N803, N806 and N815 report arguments, local variables and class variables, at every occurrence. N803 and
    N806 take any capital for wrong: constants in functions, single letters, `x_T`, local classes. N815 spares the
    fields of TypedDicts, but of no other models. None of them sees attributes of `self` or knows route handlers, and
    N806 does not see `:=` in comprehensions.
    """

    code = "PYA214"
    message = "{kind} '{name}' is in mixedCase: rename it '{suggestion}'"
    twins = ("N803", "N806", "N815")

    def visit_Module(self, node: ast.Module, module: Module) -> Iterator[Finding]:
        del node
        reported: set[tuple[ast.AST, str]] = set()
        for found in (*_arguments(module), *_variables(module), *_attributes(module)):
            key = (found.scope, found.name)
            if key not in reported:
                reported.add(key)
                twin = found.twin if found.name not in IGNORED_BY_RUFF else None
                yield self.finding(
                    found.place, twin=twin, kind=found.kind, name=found.name, suggestion=snake_case(found.name)
                )


def _arguments(module: Module) -> Iterator[_Found]:
    mixed = [argument for argument in module.syntax.of(ast.arg) if is_mixed_case(argument.arg)]
    if not mixed:
        return
    on_the_wire: set[ast.AST] = {handler.function for handler in module.route_handlers}
    on_the_wire.update(provider.function for provider in module.providers if provider.is_injected)
    for argument in mixed:
        function = module.syntax.parents[module.syntax.parents[argument]]
        if function not in on_the_wire and not (isinstance(function, FUNCTIONS) and is_override(function)):
            span = (argument.lineno, argument.col_offset, argument.col_offset + len(argument.arg.encode()))
            yield _Found(function, argument.arg, span, "argument", "N803")


def _variables(module: Module) -> Iterator[_Found]:
    """Yield the names that functions and class bodies assign, without those of comprehensions."""
    for name in module.syntax.of(ast.Name):
        if not isinstance(name.ctx, ast.Store) or not is_mixed_case(name.id):
            continue
        in_comprehension = isinstance(next(module.names.enclosing(name)), COMPREHENSIONS)
        if in_comprehension and not isinstance(module.syntax.parents[name], ast.NamedExpr):
            continue
        owner = owner_of(name, module)
        if owner is not None:
            if not _may_be_model(owner, module):
                yield _Found(owner.node, name.id, name, "attribute", None if is_mangled(name.id) else "N815")
            continue
        found = module.names.lookup(name)
        if found is None or not isinstance(found[0].node, FUNCTIONS):
            continue
        scope, bindings = found
        if not _is_type(name, module) and not any(_is_named_elsewhere(each, module) for each in bindings):
            yield _Found(scope.node, name.id, name, "variable", None if in_comprehension else "N806")


def _attributes(module: Module) -> Iterator[_Found]:
    for attribute in module.syntax.of(ast.Attribute):
        if isinstance(attribute.ctx, ast.Store) and is_mixed_case(attribute.attr):
            owner = module.class_of_self(attribute)
            is_change = isinstance(module.syntax.parents[attribute], ast.AugAssign)
            if owner is not None and not is_change and not _is_of_model_or_base(attribute.attr, owner, module):
                yield _Found(owner.node, attribute.attr, attribute, "attribute", None)


def _is_type(name: ast.Name, module: Module) -> bool:
    """Tell whether a name is annotated as one that stands for a type."""
    statement = module.syntax.parents[name]
    if not isinstance(statement, ast.AnnAssign):
        return False
    return module.resolve(without_subscript(statement.annotation)) in _TYPES


def _is_named_elsewhere(binding: Binding, module: Module) -> bool:
    """Tell whether a binding of a variable decides how it is written: an import, a type, or an argument."""
    match binding:
        case ImportedName() | ast.arg():
            return True
        case ast.Call(func=function):
            return module.resolve(function) in _TYPE_MAKERS
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return module.class_named(binding) is not None or (name[:1].isupper() and name != name.upper())
    return False


def _may_be_model(model: ClassModel, module: Module) -> bool:
    """Tell whether what a class body assigns may be the fields of a model, or attributes that a base looks for."""
    is_marked = any(
        each.node.keywords
        or len(_PLAIN_DECORATORS.intersection(each.decorator_names())) < len(each.node.decorator_list)
        for each in model.lineage
    )
    return is_marked or has_foreign_base(model, module, _PLAIN_BASES)


def _is_of_model_or_base(attribute: str, model: ClassModel, module: Module) -> bool:
    """Tell whether an attribute of `self` may be a field of a model, or belong to a base from elsewhere."""
    if has_foreign_base(model, module, _PLAIN_BASES):
        return True
    places = (place for each in model.lineage for place in each.attributes.get(attribute, ()))
    return any(place.method is None for place in places) and _may_be_model(model, module)
