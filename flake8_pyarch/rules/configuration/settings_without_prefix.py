"""PYA709."""

import ast
from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import Module
from flake8_pyarch.source.annotations import alternatives
from flake8_pyarch.source.configuration.settings_classes import SettingsClass, has_settings_neighbour

__all__ = ["SettingsWithoutPrefix"]


class SettingsWithoutPrefix(Rule):
    """One of several settings classes has no `env_prefix`.

    ## Why is this bad?
    Without a prefix the field `host` reads the variable `HOST`, in every class that has such a field: the database and
    the mail server get the same one. Such a variable may even be set by the system, for something else. With a prefix
    each class has variables of its own, and their names say what they are for.

    The rule is off because in a service with few settings the short names are handy.

    ## Example
    ```python path=shop/config/app_config.py
    from pydantic_settings import BaseSettings


    class DatabaseConfig(BaseSettings):
        host: str


    class MailConfig(BaseSettings):
        host: str
    ```

    ## Use instead
    ```python path=shop/config/app_config.py
    from pydantic_settings import BaseSettings


    class DatabaseConfig(BaseSettings):
        host: str

        model_config = {"env_prefix": "DB_"}


    class MailConfig(BaseSettings):
        host: str

        model_config = {"env_prefix": "MAIL_"}
    ```

    ## Known problems
    Other settings classes are looked for in the same file and in the other modules of its directory, no farther. One
    that shares its fields by inheritance does not count. A class is left alone if it has no fields of its own, if each
    field names its variable by an alias, if it stands inside another class or is only ever filled as a field of one, or
    if its configuration is not written out where the rule can see it. An `env_prefix` that is empty counts as one.
    """

    code = "PYA709"
    message = "settings class '{name}' has no 'env_prefix' although there are others: give its variables a prefix"
    on_by_default = False

    def visit_SettingsClass(self, settings: SettingsClass, module: Module) -> Iterator[Finding]:
        if not settings.is_top_level or settings.may_have_prefix or not settings.reads_unnamed_variables:
            return
        if module.stands_among_scripts or _is_filled_by_another(settings, module):
            return
        others = (other for other in module.settings_classes if other.is_top_level)
        if any(not other.shares_variables_with(settings) for other in others) or has_settings_neighbour(module):
            yield self.finding(module.name_span(settings.node), name=settings.name)


def _is_filled_by_another(settings: SettingsClass, module: Module) -> bool:
    """Tell whether a class is the type of a field of another one and is never made here by itself."""
    wholes = module.once(_classes_of_fields).get(settings.node, frozenset())
    return not wholes <= {settings.node} and settings.name not in module.once(_made_names)


def _classes_of_fields(module: Module) -> dict[ast.ClassDef, frozenset[ast.ClassDef]]:
    """Return the classes of this file that fields of settings are of, each with the settings classes that have them."""
    found: dict[ast.ClassDef, frozenset[ast.ClassDef]] = {}
    for whole in module.settings_classes:
        for field in whole.fields:
            for kind in alternatives(field.annotation):
                part = module.class_named(kind) if isinstance(kind, ast.Name) else None
                if part is not None:
                    found[part.node] = found.get(part.node, frozenset()) | {whole.node}
    return found


def _made_names(module: Module) -> frozenset[str]:
    """Return the names of what is called, or handed over as a `default_factory`."""
    parents = module.syntax.parents
    return frozenset(node.id for node in module.syntax.of(ast.Name) if _makes(parents.get(node), node))


def _makes(parent: ast.AST | None, name: ast.Name) -> bool:
    match parent:
        case ast.Call(func=function):
            return function is name
        case ast.keyword(arg="default_factory"):
            return True
    return False
