"""What a use case, or a service of the application layer, is given: abstractions, not what lies further out."""

from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate

from mypy.nodes import AssignmentStmt, ClassDef, Context, FuncDef, NameExpr, TypeInfo, Var
from mypy.types import Instance, TupleType, Type, TypeAliasType, UnionType, get_proper_type

from flake8_pyarch.settings import OUTER_LAYERS, Layer
from mypy_pyarch.errors import ABSTRACT_DEPENDENCY
from mypy_pyarch.files import is_third_party
from mypy_pyarch.internals import Checker
from mypy_pyarch.project import Project
from mypy_pyarch.use_cases.models import UseCases, is_value

__all__ = ["DependencyCheck"]

_CLIENTS = ("Client", "Engine")
_HOLDS_FIELDS = ("dataclass", "dataclass_tag", "attrs", "attrs_tag")


class DependencyCheck:
    """Checks the constructors of use cases and application services.

    Arguments:
        project: the project.
        use_cases: its use cases.
        checker: the checker of the module.

    """

    def __init__(self, project: Project, use_cases: UseCases, checker: Checker) -> None:
        self._project = project
        self._use_cases = use_cases
        self._checker = checker
        self.modules: set[str] = set()
        """The modules that the findings hang on."""

    @cached_property
    def _layer(self) -> Layer | None:
        return self._project.place(self._checker.path).layer

    def check(self, node: ClassDef) -> None:
        """Report what a class of the module is given that lies further out than it should know."""
        info = node.info
        is_service = node.name.endswith("Service") and self._layer is Layer.APPLICATION
        is_ours = self._use_cases.include(info) or (is_service and not info.is_protocol and not is_value(info))
        if not is_ours or self._layer in OUTER_LAYERS:
            return
        for name, typ, place in _taken(node):
            for given in _classes(typ):
                origin = self._outer_origin(given)
                if origin is not None:
                    message = f'"{info.name}" takes "{given.name}" of {origin} as "{name}": let it take an abstraction'
                    self._checker.fail(message, place, code=ABSTRACT_DEPENDENCY)
                    break

    def _outer_origin(self, info: TypeInfo) -> str | None:
        """Return where a class is from if it is a concrete one from further out, None for any other class."""
        file = self._checker.modules.get(info.module_name)
        if file is None or _is_abstract(info) or is_value(info):
            return None
        self.modules.add(info.module_name)
        if file.is_stub or is_third_party(file.path):
            return f'"{info.module_name.partition(".")[0]}"' if self._is_client(info, file.path) else None
        layer = self._project.place(file.path).layer
        return f"the {layer.value} layer" if layer in OUTER_LAYERS and _does_something(info) else None

    def _is_client(self, info: TypeInfo, path: str) -> bool:
        """Tell whether a class of a library ties a use case to a store, a vendor, or a way of delivery."""
        settings = self._project.settings
        packages = {*accumulate(info.module_name.split("."), "{}.{}".format)}
        if not packages.isdisjoint(settings.application_allow):
            return False
        is_of_library = is_third_party(path) and "/typeshed/stdlib/" not in path.replace("\\", "/")
        return not packages.isdisjoint(settings.application_deny) or (is_of_library and info.name.endswith(_CLIENTS))


def _taken(node: ClassDef) -> Iterator[tuple[str, Type | None, Context]]:
    """Yield the parameters of a class's own constructor, or the fields of a dataclass."""
    symbol = node.info.names.get("__init__")
    if symbol is not None and not symbol.plugin_generated:
        for argument in symbol.node.arguments[1:] if isinstance(symbol.node, FuncDef) else ():
            yield argument.variable.name, argument.variable.type, argument
        return
    if not any(mark in node.info.metadata for mark in _HOLDS_FIELDS):
        return
    for statement in node.defs.body:
        match statement:
            case AssignmentStmt(lvalues=[NameExpr(node=Var() as field) as name]) if statement.type is not None:
                if not field.is_classvar:
                    yield field.name, field.type, name


def _classes(typ: Type | None) -> Iterator[TypeInfo]:
    """Yield the classes that a value of a type is made of; what it may be called to make is left out."""
    stack = [typ] if typ is not None else []
    seen: set[Type] = set()
    while stack:
        part = stack.pop()
        if isinstance(part, TypeAliasType):
            if part in seen:  # it holds itself
                continue
            seen.add(part)
        match get_proper_type(part):
            case UnionType(items=items) | TupleType(items=items):
                stack.extend(reversed(items))
            case Instance(type=info, args=args):
                yield info
                stack.extend(reversed(args))


def _is_abstract(info: TypeInfo) -> bool:
    """Tell whether a class is an interface: a Protocol, or an ABC, even one that marks no method as abstract."""
    return info.is_protocol or info.is_abstract or any(base.type.fullname == "abc.ABC" for base in info.bases)


def _does_something(info: TypeInfo) -> bool:
    """Tell whether a class has a method of its own, or inherits one: one without any only holds data."""
    return any(
        not name.startswith("__") and not isinstance(symbol.node, Var)
        for base in info.mro[:-1]
        for name, symbol in base.names.items()
    )
