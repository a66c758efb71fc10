"""Use cases: which classes are some, and what goes into them and comes out."""

import ast
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from flake8_pyarch.patterns import lazy_pattern
from flake8_pyarch.settings import Settings
from flake8_pyarch.source.classes import Attribute, ClassModel, Function, is_attribute_of, receiver_of
from flake8_pyarch.source.exceptions.classes import is_exception_class
from flake8_pyarch.source.foreign import definition_imported
from flake8_pyarch.source.imports import ImportedName
from flake8_pyarch.source.interfaces import PROTOCOLS
from flake8_pyarch.source.names import Binding
from flake8_pyarch.source.naming import is_dunder
from flake8_pyarch.source.syntax import (
    last_name,
    literal_string,
    own_nodes,
    parameters_of,
    walk,
    without_call,
    without_subscript,
)

if TYPE_CHECKING:
    from flake8_pyarch.source.module import Module

__all__ = [
    "CONSTRUCTORS",
    "USE_CASE_DIRECTORIES",
    "ConstructorParameter",
    "UseCaseModel",
    "constructor_parameters",
    "is_class_method",
    "is_none",
    "is_property",
    "is_setter",
    "is_use_case_name",
    "is_use_case_of_file_or_project",
    "read_use_cases",
    "use_case_endings",
]

CONSTRUCTORS = frozenset({"__init__", "__post_init__"})
USE_CASE_DIRECTORIES = frozenset({"usecases", "use_cases", "usecase", "use_case", "interactors"})

_SUFFIXES = ("UseCase", "Usecase", "Interactor")
_BASE_NAME = lazy_pattern(r"(?:Base|Abstract)(?:[A-Z]\w*)?|Generic|")
_RECORDS = lazy_pattern(r"(?:pydantic|pydantic_settings|sqlmodel|enum)\..*|.*\.(?:BaseModel|TypedDict|NamedTuple)")
_ABSTRACT = frozenset({"abstractmethod", "abstractproperty", "abstractclassmethod", "abstractstaticmethod"})
_WITHOUT_RECEIVER = frozenset({"staticmethod", "classmethod", "overload"})
_PROPERTIES = frozenset({"property", "cached_property"})
_MAKES_FIELDS = lazy_pattern(r"dataclass|define|frozen|mutable|attrs|attr_s|s")
_NEUTRAL_BASES = PROTOCOLS | {"abc.ABC", "builtins.object", "typing.Generic", "typing_extensions.Generic"}
_RESULT = "_result"


class UseCaseModel:
    """A use-case class of this file: its inputs, its setters, its results, and the method that runs it."""

    def __init__(self, model: ClassModel, module: "Module") -> None:
        self.model = model
        self.node = model.node
        self.name = model.name
        self._module = module
        self._stored: dict[Function, list[tuple[str, ast.expr]]] = {}

    # Its name

    @property
    def suffix(self) -> str:
        """The ending that says what it is; empty where none does."""
        endings = [ending for ending in use_case_endings(self._module.settings) if self.name.endswith(ending)]
        return max(endings, key=len, default="")

    @property
    def bare_name(self) -> str:
        """Its name without the suffix and without leading underscores."""
        return self.name.removesuffix(self.suffix).lstrip("_")

    @cached_property
    def is_base_or_helper(self) -> bool:
        """Whether it is private, or there to be derived from: it then stands for no action of its own."""
        return (
            self.name.startswith("_")
            or _names_base(self.name, self._module)
            or bool(self._module.heirs(self.model))
            or self._module.source_tree.is_derived_from(self.name, self._module.location)
        )

    # Its methods

    @cached_property
    def methods(self) -> dict[str, Function]:
        """Its methods by name, those of its ancestors in this file included, the nearest of each name."""
        return {name: method for model in reversed(self.model.lineage) for name, method in model.methods.items()}

    @property
    def own_execute(self) -> Function | None:
        """The method that runs it, if it has one of its own."""
        return self.model.methods.get(self._module.settings.use_case_method)

    @property
    def execute(self) -> Function | None:
        """The method that runs it, its own or that of an ancestor in this file."""
        return self.methods.get(self._module.settings.use_case_method)

    @property
    def has_unknown_base(self) -> bool:
        """Whether a base stands in another file, so that nobody knows what it brings."""
        return any(name not in _NEUTRAL_BASES for _, name in self.model.foreign_bases)

    @property
    def setters(self) -> list[Function]:
        """Its own setters."""
        return [method for method in self.model.all_methods if is_setter(method)]

    @cached_property
    def properties(self) -> list[Function]:
        """Its own properties."""
        return [method for method in self.model.all_methods if is_property(method)]

    @cached_property
    def all_properties(self) -> dict[str, Function]:
        """Its properties by name, those of its ancestors in this file included."""
        return {
            method.name: method
            for model in reversed(self.model.lineage)
            for method in model.all_methods
            if is_property(method)
        }

    def called_methods(self, *starts: Function | None) -> list[Function]:
        """Return the methods given and all methods of the class that they call, directly or not."""
        found: dict[Function, None] = {}
        pending = [method for method in starts if method is not None]
        while pending:
            method = pending.pop(0)
            if method in found:
                continue
            found[method] = None
            for name in self._module.once(_attributes_used_in, method):
                called = self.methods.get(name)
                pending += [called] if called is not None else []
        return list(found)

    # What it keeps

    @cached_property
    def places(self) -> list[Attribute]:
        """Every place that declares or assigns one of its attributes, its ancestors' in this file included."""
        return [place for model in self.model.lineage for places in model.attributes.values() for place in places]

    def stores(self, *methods: Function) -> dict[str, ast.expr]:
        """Return the attributes that methods, or methods they call, assign, each with the first place that does."""
        found: dict[str, ast.expr] = {}
        for method in self.called_methods(*methods):
            for name, node in self._stored_in(method):
                found.setdefault(name, node)
        return found

    def _stored_in(self, method: Function) -> list[tuple[str, ast.expr]]:
        """Return what a method itself assigns."""
        if method not in self._stored:
            places = self._places_by_method.get(method, ())
            self._stored[method] = [*((place.name, place.node) for place in places), *_stored_by_name(method)]
        return self._stored[method]

    @cached_property
    def _places_by_method(self) -> dict[Function | None, list[Attribute]]:
        found: dict[Function | None, list[Attribute]] = {}
        for place in self.places:
            found.setdefault(place.method, []).append(place)
        return found

    @cached_property
    def empty_attributes(self) -> dict[str, Attribute]:
        """The attributes that start as None, each with the place that says so."""
        found: dict[str, Attribute] = {}
        for model in reversed(self.model.lineage):
            for places in model.attributes.values():
                for place in places:
                    if not _is_initial(place):
                        continue
                    if is_none(place.value):
                        found[place.name] = place
                    elif place.value is not None or place.method is not None:
                        found.pop(place.name, None)
        return found

    @cached_property
    def inputs(self) -> dict[str, Attribute]:
        """The attributes that start as None and that a setter assigns, each with the place that declares it."""
        set_by_setters = self.stores(*(method for method in self.methods.values() if is_setter(method)))
        return {
            name: place
            for name, place in self.empty_attributes.items()
            if name.startswith("_") and not name.startswith(_RESULT) and name in set_by_setters
        }

    def setters_of(self, name: str) -> list[Function]:
        """Return the setters that assign an attribute."""
        return self._setters_by_attribute.get(name, [])

    @cached_property
    def _setters_by_attribute(self) -> dict[str, list[Function]]:
        found: dict[str, list[Function]] = {}
        for method in self.methods.values():
            for name in self.stores(method) if is_setter(method) else ():
                found.setdefault(name, []).append(method)
        return found

    @cached_property
    def results(self) -> frozenset[str]:
        """The attributes that hold what it worked out: `_result…`, and those `execute` assigns and a property returns.

        What a method assigns that `execute` calls counts as well.
        """
        made = self.stores(self.execute) if self.execute is not None else {}
        shown = {name for method in self.all_properties.values() for name in _read_by(method)}
        kept = {place.name for place in self.places}
        return frozenset({name for name in kept | shown if name.startswith(_RESULT)} | (made.keys() & shown))

    @cached_property
    def result_properties(self) -> dict[str, Function]:
        """The properties that show a result, by name."""
        return {
            name: method
            for name, method in self.all_properties.items()
            if not self.results.isdisjoint(_read_by(method))
        }


def read_use_cases(module: "Module") -> Iterator[UseCaseModel]:
    """Yield the use-case classes of a file."""
    in_package = not USE_CASE_DIRECTORIES.isdisjoint(module.path_parts[:-1])
    endings = use_case_endings(module.settings)
    for model in module.classes:
        if not in_package and not model.name.endswith(endings):
            continue
        use_case = UseCaseModel(model, module)
        if (model.name.endswith(endings) or use_case.execute is not None) and not _is_something_else(use_case, module):
            yield use_case


def is_use_case_name(name: str, module: "Module") -> bool:
    """Tell whether a class of another file is a use case by its name, and no base of them."""
    return name[:1].isupper() and name.endswith(use_case_endings(module.settings)) and not _names_base(name, module)


def is_use_case_of_file_or_project(name: str, binding: Binding, module: "Module") -> bool:
    """Tell whether a name, and what binds it, stand for a use case other than a base, of this or another file.

    The file of an imported class is parsed; where it cannot be found, its name decides.
    """
    if isinstance(binding, ast.ClassDef):
        return any(use_case.node is binding and not use_case.is_base_or_helper for use_case in module.use_cases)
    if not isinstance(binding, ImportedName):
        return False
    if any(name == last_name(base) for model in module.classes for base in model.bases):
        return False
    own_name = binding.name if binding.name and name == binding.bound else name
    is_named_so = is_use_case_name(own_name, module)
    if not own_name[:1].isupper() or (not is_named_so and USE_CASE_DIRECTORIES.isdisjoint(binding.module.split("."))):
        return False
    found = definition_imported(binding, module) if binding.name == own_name else None
    if found is None:
        return is_named_so
    definition, other = found
    return any(use_case.node is definition and not use_case.is_base_or_helper for use_case in other.use_cases)


class ConstructorParameter(NamedTuple):
    """A parameter of a class's constructor, or a field of a dataclass.

    Arguments:
        name: its name.
        node: where it is declared.
        annotation: its annotation, or None.
        default: its default, or None.
        is_field: whether it is a field of a dataclass.

    """

    name: str
    node: ast.arg | ast.Name
    annotation: ast.expr | None
    default: ast.expr | None
    is_field: bool


def constructor_parameters(model: ClassModel) -> Iterator[ConstructorParameter]:
    """Yield the parameters of a class's own `__init__`, those for `*` and `**` left out, or a dataclass's fields."""
    init = model.methods.get("__init__")
    if init is not None:
        for parameter, default in [*parameters_of(init.args)][receiver_of(init) is not None :]:
            yield ConstructorParameter(parameter.arg, parameter, parameter.annotation, default, is_field=False)
    elif any(_MAKES_FIELDS().fullmatch(last_name(without_call(each))) for each in model.node.decorator_list):
        for statement in model.node.body:
            match statement:
                case ast.AnnAssign(target=ast.Name() as target, annotation=annotation, value=value):
                    if last_name(without_subscript(annotation)) != "ClassVar":
                        yield ConstructorParameter(target.id, target, annotation, value, is_field=True)


def _names_base(name: str, module: "Module") -> bool:
    """Tell whether a name is that of a base: `UseCase`, `BaseUseCase`, `AbstractUseCase`."""
    endings = sorted(use_case_endings(module.settings), key=len)
    ending = next((ending for ending in endings if name.endswith(ending)), "")
    return bool(_BASE_NAME().fullmatch(name.removesuffix(ending).lstrip("_")))


def is_setter(method: Function) -> bool:
    """Tell whether a method is a setter: `set_<name>`, called on an object."""
    return (
        method.name.startswith("set_")
        and len(method.name) > len("set_")
        and _WITHOUT_RECEIVER.isdisjoint(_last_names(method))
        and not is_property(method)
    )


def is_class_method(method: Function) -> bool:
    """Tell whether a method is called on the class."""
    return "classmethod" in _last_names(method)


def is_property(method: Function) -> bool:
    """Tell whether a method is the getter of a property."""
    return not _PROPERTIES.isdisjoint(_last_names(method))


def is_none(value: ast.expr | None) -> bool:
    """Tell whether the value of a field is None, also in a `field(default=None)` of a dataclass."""
    match value:
        case ast.Constant(value=None):
            return True
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), keywords=keywords) if name in {"field", "ib"}:
            return any(keyword.arg == "default" and is_none(keyword.value) for keyword in keywords)
    return False


def use_case_endings(settings: Settings) -> tuple[str, ...]:
    """Return the endings of a class's name that say it is a use case, accepted or not."""
    return (*_SUFFIXES, *settings.use_case_suffixes)


def _is_initial(place: Attribute) -> bool:
    """Tell whether a place decides what an attribute starts as: in the class body, or surely run by a constructor."""
    return place.method is None or (place.method.name in CONSTRUCTORS and place.statement in place.method.body)


def _is_something_else(use_case: UseCaseModel, module: "Module") -> bool:
    model = use_case.model
    return (
        not PROTOCOLS.isdisjoint(name for name in model.base_names if name is not None)
        or all(map(is_dunder, use_case.methods))
        or any(not _ABSTRACT.isdisjoint(_last_names(method)) for method in use_case.methods.values())
        or is_exception_class(model)
        or any(_RECORDS().fullmatch(name) for name in model.ancestor_names)
        or module.is_excluded
    )


def _last_names(method: Function) -> Iterator[str]:
    for decorator in method.decorator_list:
        yield last_name(without_call(decorator))


def _attributes_used_in(_: "Module", method: Function) -> list[str]:
    """Return the names of the attributes of its own object that a method uses, in the order of the text."""
    receiver = receiver_of(method)
    nodes = walk(*method.body) if receiver is not None else ()
    return [node.attr for node in nodes if isinstance(node, ast.Attribute) and is_attribute_of(node, receiver or "")]


def _read_by(method: Function) -> set[str]:
    receiver = receiver_of(method)
    return {
        node.attr
        for node in own_nodes(method.body)
        if isinstance(node, ast.Attribute) and receiver is not None and is_attribute_of(node, receiver)
    }


def _stored_by_name(method: Function) -> Iterator[tuple[str, ast.expr]]:
    """Yield what `setattr(self, "_x", …)` and `object.__setattr__(self, "_x", …)` assign."""
    receiver = receiver_of(method)
    for node in own_nodes(method.body):
        match node:
            case ast.Call(
                func=ast.Name(id="setattr") | ast.Attribute(attr="__setattr__"), args=[ast.Name(id=owner), name, _]
            ) if owner == receiver:
                attribute = literal_string(name)
                if attribute is not None:
                    yield attribute, node
