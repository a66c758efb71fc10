"""Use cases: which classes are some, and what goes into them and comes out.

Which they are and of what types is in mypy's symbol tables, what their methods do only in the text: a class may come
from mypy's cache.
"""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from mypy.nodes import Decorator, FuncDef, MypyFile, OverloadedFuncDef, TypeInfo
from mypy.types import AnyType, Instance, NoneType, Type, TypeVarType, UnionType, get_proper_type

from flake8_pyarch.source.classes import Function, receiver_of
from flake8_pyarch.source.naming import is_dunder
from flake8_pyarch.source.syntax import own_nodes
from flake8_pyarch.source.use_cases import USE_CASE_DIRECTORIES, UseCaseModel, is_setter, use_case_endings
from mypy_pyarch.files import is_third_party
from mypy_pyarch.project import Project
from mypy_pyarch.types import accepts_none, attribute_type, signature_of, takes_anything
from mypy_pyarch.use_cases.tolerance import does_without

__all__ = ["UseCase", "UseCases", "attributes_of", "is_value", "use_case_of_type"]

_RECORDS = ("pydantic.main.BaseModel", "pydantic.v1.main.BaseModel", "builtins.BaseException")


@dataclass(frozen=True, slots=True, eq=False)
class UseCase:
    """A use-case class, with what it inherits.

    Arguments:
        info: the class.
        models: what the text says of it and of those of its ancestors that the project holds, itself first.
        setters: setter → the inputs that it sets.
        required: the inputs without which it cannot be executed → the setter to call.
        inputs: the attributes that are set from outside.
        results: the attributes that hold results.
        result_properties: the properties that show a result.
        guarded: those of them that show nothing until the use case has been executed.
        telling: the other properties that look at a result, and so may tell whether there is one.
        neutral: the methods that leave its inputs and results as they are.

    """

    info: TypeInfo
    models: tuple[UseCaseModel, ...]
    setters: Mapping[str, frozenset[str]]
    required: Mapping[str, str]
    inputs: frozenset[str]
    results: frozenset[str]
    result_properties: frozenset[str]
    guarded: frozenset[str]
    telling: frozenset[str]
    neutral: frozenset[str]

    @property
    def name(self) -> str:
        """The name of the class."""
        return self.info.name

    @property
    def own_model(self) -> UseCaseModel | None:
        """What the text says of the class itself, None where that cannot be told."""
        return next((model for model in self.models if model.name == self.info.name), None)

    def has_method(self, name: str) -> bool:
        """Tell whether it has a method, other than a property, of that name."""
        method = self.info.get_method(name)
        if isinstance(method, Decorator):
            return not method.var.is_property
        return method is not None and not method.is_property

    def returns_itself(self, method: str) -> bool:
        """Tell whether a method gives back the object it is called on: `Self`, or the class."""
        function = self.info.get_method(method)
        signature = signature_of(function)
        returned = get_proper_type(signature.ret_type) if signature is not None else None
        if isinstance(returned, TypeVarType):
            return True
        return isinstance(returned, Instance) and returned.type in self.info.mro[:-1]


class UseCases:
    """Finds out about use-case classes.

    Arguments:
        project: the project.
        modules: the modules of the run.

    """

    def __init__(self, project: Project, modules: Mapping[str, MypyFile]) -> None:
        self._project = project
        self._modules = modules
        self._known: dict[TypeInfo, UseCase | None] = {}
        self.method = project.settings.use_case_method
        """The method that runs a use case."""
        self.read_from: set[str] = set()
        """The modules that all this was read from."""

    @cached_property
    def _endings(self) -> tuple[str, ...]:
        return use_case_endings(self._project.settings)

    def of(self, info: TypeInfo) -> UseCase | None:
        """Return what is known of a use-case class, None for any other class."""
        if info not in self._known:
            self._known[info] = self._read(info) if self.include(info) else None
        return self._known[info]

    def include(self, info: TypeInfo) -> bool:
        """Tell whether a class is a use case: one of the project, that can be made an object of."""
        is_named_so = info.name.endswith(self._endings)
        file = self._file(info)
        if file is None or info.is_protocol or info.is_abstract or is_value(info):
            return False
        if is_named_so:
            return any(not is_dunder(name) and _is_method(node) for name, node in _members(info))
        is_in_package = not USE_CASE_DIRECTORIES.isdisjoint(self._project.directories(file.path))
        return is_in_package and info.get_method(self.method) is not None

    def _file(self, info: TypeInfo) -> MypyFile | None:
        """Return the module of a class, if the project holds it."""
        file = self._modules.get(info.module_name)
        return file if file is not None and not file.is_stub and not is_third_party(file.path) else None

    def _models(self, info: TypeInfo) -> Iterator[tuple[UseCaseModel, str]]:
        for base in info.mro:
            file = self._file(base)
            module = self._project.module(file.path) if file is not None else None
            if module is None:
                continue
            models = [model for model in module.classes if model.name == base.name]
            if len(models) == 1:
                yield UseCaseModel(models[0], module), base.module_name

    def _read(self, info: TypeInfo) -> UseCase:
        found = [*self._models(info)] if _may_keep_something(info) else []
        models = tuple(model for model, _ in found)
        self.read_from.update(name for _, name in found)
        inputs = frozenset(name for model in models for name in model.inputs)
        results = frozenset(name for model in models for name in model.results)
        looking = {
            name: (function, model)
            for model in reversed(models)
            for name, function in model.all_properties.items()
            if not model.results.isdisjoint(attributes_of(function, function))
        }
        shown = {name: looks for name, looks in looking.items() if _shows(looks[0])}
        guarded = frozenset(name for name, shows in shown.items() if _is_guarded(name, *shows, info))
        return UseCase(
            info=info,
            models=models,
            setters=_setters(models, inputs),
            required=_required(info, models),
            inputs=inputs,
            results=results,
            result_properties=frozenset(shown),
            guarded=guarded,
            telling=frozenset(looking) - guarded,
            neutral=frozenset(_neutral(models, self.method) if found else info.names),
        )


def is_value(info: TypeInfo) -> bool:
    """Tell whether objects of a class are data, or exceptions: it has a base that makes them so."""
    return (
        info.is_enum
        or info.is_named_tuple
        or info.typeddict_type is not None
        or any(info.has_base(record) for record in _RECORDS)
    )


def use_case_of_type(typ: Type | None, use_cases: UseCases) -> UseCase | None:
    """Return the use case that a value of a type is one of, or is None; None where it may be something else."""
    proper = get_proper_type(typ) if typ is not None else None
    if isinstance(proper, UnionType):
        items = [item for item in map(get_proper_type, proper.items) if not isinstance(item, NoneType)]
        proper = items[0] if len(items) == 1 else None
    return use_cases.of(proper.type) if isinstance(proper, Instance) else None


def _members(info: TypeInfo) -> Iterator[tuple[str, object]]:
    return ((name, symbol.node) for base in info.mro[:-1] for name, symbol in base.names.items())


def _may_keep_something(info: TypeInfo) -> bool:
    """Tell whether a use case may have inputs or results: where its method takes and returns all, no text is read."""
    return any(name.startswith(("set_", "_result")) or _is_property(node) for name, node in _members(info))


def _is_property(node: object) -> bool:
    return node.var.is_property if isinstance(node, Decorator) else isinstance(node, OverloadedFuncDef)


def _is_method(node: object) -> bool:
    return isinstance(node, FuncDef | Decorator | OverloadedFuncDef)


def _setters(models: tuple[UseCaseModel, ...], inputs: frozenset[str]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for model in models:
        for name, method in model.methods.items():
            if is_setter(method):
                found[name] = found.get(name, frozenset()) | (inputs & model.stores(method).keys())
    return found


def _required(info: TypeInfo, models: tuple[UseCaseModel, ...]) -> dict[str, str]:
    """Return the inputs without which a use case cannot be executed, each with the first of its setters.

    That is an attribute that is declared Optional and starts as None, that no setter takes None for, that the
    constructor does not take, and that the use case cannot do without.
    """
    found: dict[str, str] = {}
    taken = _constructor_parameters(info)
    runner = next((model for model in models if model.execute is not None), None)
    for model in models:
        for name in model.inputs:
            setters = [setter.name for setter in model.setters_of(name)]
            if (
                setters
                and name not in taken
                and _is_optional(info, name)
                and not any(_may_take_none(info, setter) for setter in setters)
                and not (runner is not None and does_without(name, runner))
            ):
                found.setdefault(name, setters[0])
    return found


def _constructor_parameters(info: TypeInfo) -> set[str | None]:
    signature = signature_of(info.get_method("__init__"))
    return set(signature.arg_names) if signature is not None else set()


def _is_optional(info: TypeInfo, attribute: str) -> bool:
    declared = attribute_type(info, attribute)
    return declared is not None and accepts_none(declared)


def _may_take_none(info: TypeInfo, setter: str) -> bool:
    signature = signature_of(info.get_method(setter))
    if signature is None:
        return True
    types = [get_proper_type(typ) for typ in signature.arg_types[1:]]
    return not types or any(takes_anything(typ) or accepts_none(typ) for typ in types)


def _shows(function: Function) -> bool:
    """Tell whether a property that looks at a result shows it, and does not just tell whether there is one."""
    returned = [node.value for node in own_nodes(function.body) if isinstance(node, ast.Return)]
    return any(value is not None and not _is_test(value) for value in returned)


def _is_test(value: ast.expr) -> bool:
    match value:
        case ast.Compare() | ast.UnaryOp(op=ast.Not()) | ast.Constant() | ast.Call(func=ast.Name(id="bool")):
            return True
    return False


def attributes_of(root: ast.AST, function: Function) -> Iterator[str]:
    """Yield the attributes of its object that a part of a method speaks of."""
    receiver = receiver_of(function)
    for node in ast.walk(root):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == receiver:
            yield node.attr


def _is_guarded(name: str, function: Function, model: UseCaseModel, info: TypeInfo) -> bool:
    """Tell whether a property shows nothing before the use case is executed: it raises, or breaks its promise.

    One that may be None, and says so, is there to be asked; so is one that begins as something else, unless it is
    called a result.
    """
    if any(isinstance(node, ast.Raise | ast.Assert) for node in own_nodes(function.body)):
        return True
    symbol = info.get(name)
    property_ = symbol.node if symbol is not None else None
    if isinstance(property_, OverloadedFuncDef):
        property_ = property_.items[0] if property_.items else None
    signature = signature_of(property_.func) if isinstance(property_, Decorator) else None
    returned = get_proper_type(signature.ret_type) if signature is not None else None
    if returned is None or isinstance(returned, AnyType) or accepts_none(returned):
        return False
    return any(
        attribute in model.empty_attributes or attribute.startswith("_result")
        for attribute in model.results.intersection(attributes_of(function, function))
    )


def _neutral(models: tuple[UseCaseModel, ...], method: str) -> Iterator[str]:
    for model in models:
        for name, function in model.methods.items():
            called = model.called_methods(function)
            if not model.stores(function) and not any(one.name == method or is_setter(one) for one in called):
                yield name
