"""Settings classes: what the environment fills, field by field, and what else pydantic validates for them."""

import ast
import os
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from flake8_pyarch.source.classes import Attribute, ClassModel
from flake8_pyarch.source.syntax import FUNCTIONS, last_name, literal_string, without_subscript
from flake8_pyarch.source.tree import Location

if TYPE_CHECKING:
    from flake8_pyarch.source.module import Module

__all__ = [
    "PYDANTIC",
    "SETTINGS_SUFFIXES",
    "SettingsClass",
    "SettingsField",
    "fields_of",
    "has_settings_neighbour",
    "is_pydantic_class",
    "is_settings_class",
    "read_settings_classes",
]

PYDANTIC = frozenset({"pydantic", "pydantic_settings", "sqlmodel"})
"""The packages of which a file imports one if it has a class that pydantic validates."""

SETTINGS_SUFFIXES = ("Settings", "Config", "Configuration")
"""What the name of a class of settings, or of a part of them, ends with."""

_SETTINGS_BASES = frozenset(
    {
        "pydantic_settings.BaseSettings",
        "pydantic_settings.main.BaseSettings",
        "pydantic.BaseSettings",
        "pydantic.env_settings.BaseSettings",
        "pydantic.v1.BaseSettings",
    }
)
_MODEL_BASES = frozenset(
    {"BaseModel", "RootModel", "main.BaseModel", "root_model.RootModel", "generics.GenericModel", "SQLModel"}
)
_PYDANTIC_PREFIXES = ("pydantic.v1.", "pydantic.", "sqlmodel.")
_PYDANTIC_DATACLASS = "pydantic.dataclasses.dataclass"
_ALIASES = frozenset({"alias", "validation_alias", "env"})
_CLASS_VARIABLES = frozenset({"ClassVar", "Final"})


class SettingsField(NamedTuple):
    """A field of a class that pydantic validates.

    Arguments:
        name: its name.
        node: the name in the class body.
        annotation: its type.
        value: its default, or the call of `Field`; None where there is none.

    """

    name: str
    node: ast.expr
    annotation: ast.expr
    value: ast.expr | None

    @property
    def names_its_variable(self) -> bool:
        """Whether it says itself what it is called outside, so that no prefix is put before its name."""
        keywords = self.value.keywords if isinstance(self.value, ast.Call) else []
        return any(keyword.arg in _ALIASES for keyword in keywords)


class SettingsClass:
    """A class that the environment fills: it derives from `BaseSettings`, maybe through a class of this file."""

    def __init__(self, model: ClassModel, module: "Module") -> None:
        self.model = model
        self.node = model.node
        self.name = model.name
        self._module = module

    @cached_property
    def fields(self) -> list[SettingsField]:
        """Its own fields, in the order of the text."""
        return list(fields_of(self.model))

    @property
    def reads_unnamed_variables(self) -> bool:
        """Whether a field of its own reads a variable that is called as the field is, but for the prefix."""
        return any(not field.names_its_variable for field in self.fields)

    @cached_property
    def is_top_level(self) -> bool:
        """Whether it stands in no class and no function."""
        return not any(isinstance(parent, (*FUNCTIONS, ast.ClassDef)) for _, parent in self._module.ancestry(self.node))

    def shares_variables_with(self, other: "SettingsClass") -> bool:
        """Tell whether two classes have fields of the same class, or a third class of this file has those of both."""
        theirs = {model.node for model in other.model.lineage}
        if any(any(True for _ in fields_of(model)) for model in self.model.lineage if model.node in theirs):
            return True
        heirs_of = self._module.heirs
        mine = {self.node, *(model.node for model in heirs_of(self.model))}
        return not mine.isdisjoint({other.node, *(model.node for model in heirs_of(other.model))})

    @cached_property
    def may_have_prefix(self) -> bool:
        """Whether an `env_prefix` is stated, here or in a class of this file above it, or may well be."""
        return any(_may_have_prefix(model) for model in self.model.lineage)


def read_settings_classes(module: "Module") -> Iterator[SettingsClass]:
    """Yield the settings classes of a file."""
    if not PYDANTIC.isdisjoint(module.imported_packages):
        yield from (SettingsClass(model, module) for model in module.classes if is_settings_class(model))


def is_settings_class(model: ClassModel) -> bool:
    """Tell whether a class derives from `BaseSettings`, directly or through classes of its file."""
    return not _SETTINGS_BASES.isdisjoint(model.ancestor_names)


def is_pydantic_class(model: ClassModel) -> bool:
    """Tell whether pydantic validates a class: settings, a model, or one of its dataclasses."""
    return (
        is_settings_class(model)
        or any(_is_model_base(name) for name in model.ancestor_names)
        or any(_PYDANTIC_DATACLASS in each.decorator_names() for each in model.lineage)
    )


def _is_model_base(name: str) -> bool:
    prefix = next((prefix for prefix in _PYDANTIC_PREFIXES if name.startswith(prefix)), None)
    return prefix is not None and name.removeprefix(prefix) in _MODEL_BASES


def fields_of(model: ClassModel) -> Iterator[SettingsField]:
    """Yield the fields that a class that pydantic validates declares itself."""
    for places in model.attributes.values():
        place = next((place for place in places if place.method is None and place.annotation is not None), None)
        if place is not None and place.annotation is not None and _is_field(place):
            yield SettingsField(place.name, place.node, place.annotation, place.value)


def _is_field(place: Attribute) -> bool:
    if place.name.startswith("_") or place.name == "model_config" or place.annotation is None:
        return False
    return last_name(without_subscript(place.annotation)) not in _CLASS_VARIABLES


# The prefix of the variables


def _may_have_prefix(model: ClassModel) -> bool:
    if any(keyword.arg in {"env_prefix", None} for keyword in model.node.keywords):
        return True
    for statement in model.node.body:
        match statement:
            case ast.ClassDef(name="Config"):
                if statement.bases or any(_assigns_prefix(inner) for inner in statement.body):
                    return True
            case (
                ast.Assign(targets=[ast.Name(id="model_config")], value=value)
                | ast.AnnAssign(target=ast.Name(id="model_config"), value=ast.expr() as value)
            ):
                if _is_prefixed(value):
                    return True
    return False


def _assigns_prefix(statement: ast.stmt) -> bool:
    match statement:
        case ast.Assign(targets=targets):
            names = targets
        case ast.AnnAssign(target=target):
            names = [target]
        case _:
            return False
    return any(isinstance(name, ast.Name) and name.id == "env_prefix" for name in names)


def _is_prefixed(configuration: ast.expr) -> bool:
    match configuration:
        case ast.Dict(keys=keys):
            return any(key is None or literal_string(key) in {"env_prefix", None} for key in keys)
        case ast.Call(args=[], keywords=keywords):
            return any(keyword.arg in {"env_prefix", None} for keyword in keywords)
    return True


# Other files


def has_settings_neighbour(module: "Module") -> bool:
    """Tell whether another module in the directory of this one has a settings class. Reads these modules."""
    tree, location = module.source_tree, module.location
    package = location.parts if location.is_package else location.parts[:-1]
    directory = os.path.join(location.root, *package)
    names = sorted(tree.listing(directory).modules - {module.stem, "__init__"})
    outlines = (tree.outline(Location(location.root, (*package, name), is_package=False)) for name in names)
    return any(
        not _SETTINGS_BASES.isdisjoint(bases)
        for outline in outlines
        if outline is not None
        for bases in outline.bases.values()
    )
