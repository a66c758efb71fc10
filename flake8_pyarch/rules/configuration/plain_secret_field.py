"""PYA704."""

import ast
from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import Module
from flake8_pyarch.source.annotations import alternatives
from flake8_pyarch.source.classes import ClassModel
from flake8_pyarch.source.configuration.settings_classes import (
    SETTINGS_SUFFIXES,
    fields_of,
    is_pydantic_class,
    is_settings_class,
)
from flake8_pyarch.source.secrets.secret_texts import names_secret

__all__ = ["PlainSecretField"]

_SECRET_TYPES = {"str": "SecretStr", "bytes": "SecretBytes"}


class PlainSecretField(Rule):
    """A secret among the settings is a plain `str` or `bytes`.

    ## Why is this bad?
    Settings are printed: in a log entry at the start of the service, in a traceback, in a debugger, by `repr`. A plain
    string shows the password to all who look there. `SecretStr` and `SecretBytes` show asterisks instead, and whoever
    needs the secret has to say so with `get_secret_value()`, which is easy to find.

    Reported are fields with a sensitive name, of settings classes everywhere, and of pydantic models that are part of
    the configuration: they stand in a config module or are called `*Config`, `*Configuration` or `*Settings`.

    ## Example
    ```python path=shop/config/database.py
    from pydantic_settings import BaseSettings


    class DatabaseConfig(BaseSettings):
        host: str
        password: str
    ```

    ## Use instead
    ```python path=shop/config/database.py
    from pydantic import SecretStr
    from pydantic_settings import BaseSettings


    class DatabaseConfig(BaseSettings):
        host: str
        password: SecretStr
    ```

    ## Options
    - `sensitive-names`, `extend-sensitive-names`: words that make a name sensitive
    - `harmless-words`, `extend-harmless-words`: words that make it harmless again

    ## Known problems
    A name says what a field holds. Names whose last word speaks of something that belongs to a secret, such as
    `session_cookie`, `token_header` or `secret_file`, are left alone. A connection string with a password in it is not
    seen, for its name says nothing.
    """

    code = "PYA704"
    message = "field '{name}' holds a secret as '{type}': declare it as '{remedy}'"
    packages = frozenset({"pydantic", "pydantic_settings", "sqlmodel"})

    def visit_ClassModel(self, model: ClassModel, module: Module) -> Iterator[Finding]:
        if not _is_configuration(model, module):
            return
        for field in fields_of(model):
            kind = _text_type(field.annotation) if names_secret(field.name, module.settings) else None
            if kind is not None:
                yield self.finding(field.annotation, name=field.name, type=kind, remedy=_SECRET_TYPES[kind])


def _is_configuration(model: ClassModel, module: Module) -> bool:
    if module.is_configuration or model.name.endswith(SETTINGS_SUFFIXES):
        return is_pydantic_class(model)
    return is_settings_class(model)


def _text_type(annotation: ast.expr) -> str | None:
    """Return `str` or `bytes` where that, or None, is all that an annotation allows."""
    found = {_plain_type(kind) for kind in alternatives(annotation)} - {"None"}
    only = found.pop() if len(found) == 1 else None
    return only if only in _SECRET_TYPES else None


def _plain_type(annotation: ast.expr) -> str:
    match annotation:
        case ast.Name(id=name):
            return name
        case ast.Constant(value=None):
            return "None"
    return ""
