"""PYA702."""

import ast
from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.settings import Layer
from flake8_pyarch.source import Module
from flake8_pyarch.source.classes import ClassModel
from flake8_pyarch.source.configuration.settings_classes import SETTINGS_SUFFIXES, is_pydantic_class
from flake8_pyarch.source.syntax import last_name, without_call

__all__ = ["SettingsNotPydantic"]

_PLAIN_BASES = frozenset({"builtins.object", "typing.Generic"})
_PLAIN_DECORATORS = frozenset(
    {"dataclass", "define", "frozen", "mutable", "s", "attrs", "attributes", "dataclass_transform"}
)
_HARMLESS_DECORATORS = frozenset({"final", "total_ordering", "runtime_checkable"})


class SettingsNotPydantic(Rule):
    """A class of settings is no pydantic model.

    ## Why is this bad?
    Whatever comes from the environment or a file is text that somebody typed. A pydantic model turns it into the types
    it declares and says at the start of the service, all at once, what is missing or wrong. A plain class or a
    dataclass believes everything: the port stays a string, `"false"` is true, and the mistake shows up much later, far
    away.

    Reported are classes of the config layer whose name ends with `Settings`, `Config` or `Configuration`, dataclasses
    included.

    ## Example
    ```python path=shop/config/database.py
    from dataclasses import dataclass


    @dataclass
    class DatabaseConfig:
        host: str = "localhost"
        port: int = 5432
    ```

    ## Use instead
    ```python path=shop/config/database.py
    from pydantic_settings import BaseSettings


    class DatabaseConfig(BaseSettings):
        host: str = "localhost"
        port: int = 5432

        model_config = {"env_prefix": "DB_"}
    ```

    ## Options
    - `layers.config.packages`, `layers.config.extend-packages`: where the config layer lies

    ## Known problems
    A class is left alone if it has a base from another file, a metaclass or a decorator that the rule does not know,
    for any of them may validate. `TypedDict`, `NamedTuple`, enums, exceptions, protocols and abstract classes are no
    containers of settings, and the `class Config` inside a model is an older way to configure that model.
    """

    code = "PYA702"
    message = "settings class '{name}' is no pydantic model: derive it from 'BaseSettings' or 'BaseModel'"
    layers = frozenset({Layer.CONFIG})

    def visit_ClassModel(self, model: ClassModel, module: Module) -> Iterator[Finding]:
        if not model.name.endswith(SETTINGS_SUFFIXES) or _is_inner_config(model, module):
            return
        if _is_plain(model) and not is_pydantic_class(model) and not _is_abstract(model):
            yield self.finding(module.name_span(model.node), name=model.name)


def _is_inner_config(model: ClassModel, module: Module) -> bool:
    return model.name == "Config" and isinstance(module.syntax.parents.get(model.node), ast.ClassDef)


def _is_plain(model: ClassModel) -> bool:
    """Tell whether nothing but Python itself, a dataclass or attrs makes the class what it is."""
    return all(name in _PLAIN_BASES for _, name in model.foreign_bases) and all(
        not each.node.keywords and all(map(_is_known, each.node.decorator_list)) for each in model.lineage
    )


def _is_known(decorator: ast.expr) -> bool:
    return last_name(without_call(decorator)) in _PLAIN_DECORATORS | _HARMLESS_DECORATORS


def _is_abstract(model: ClassModel) -> bool:
    names = (name for each in model.lineage for method in each.all_methods for name in each.decorator_names(method))
    return any(name.startswith("abc.abstract") for name in names)
