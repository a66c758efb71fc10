"""PYA705."""

from collections.abc import Iterator
from functools import cache

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.lexicon import words
from flake8_pyarch.source import Module
from flake8_pyarch.source.annotations import alternatives
from flake8_pyarch.source.configuration.settings_classes import SETTINGS_SUFFIXES, SettingsClass, SettingsField
from flake8_pyarch.source.syntax import last_name
from flake8_pyarch.source.words import split_words

__all__ = ["MixedSettings"]

_SAME_AREA = {"db": "database"}
_NO_AREAS = frozenset(
    "add allow allowed auto base check default disable disabled enable enabled first has is last max maximum min"
    " minimum mock num number should test use with without".split()
)
_WHOLE = frozenset(
    "all app application backend base common config configuration core default dev development env environment fast"
    " general global local main microservice my prod production project root server service settings shared staging"
    " system test testing the".split()
)
"""Words in the name of a class that holds the settings of a whole service."""

_FEWEST_AREAS = 2
_MOST_SHOWN = 4


class MixedSettings(Rule):
    """A flat settings class holds the settings of several areas.

    ## Why is this bad?
    Whoever is given such a class is given everything: the mailer can read the password of the database, and a test of
    the mailer must make up a database. The prefixes show that the fields belong together in groups. A class for each
    area, nested in one for the whole service, says so in types, and each part gets just its own.

    An area is a first word that two or more fields share: `db_host` and `db_port`, `smtp_host` and `smtp_port`.
    Reported are settings classes with two areas or more and over `max-flat-settings` fields.

    ## Example
    ```toml
    max-flat-settings = 4
    ```
    ```python path=shop/config/app_config.py
    from pydantic_settings import BaseSettings


    class AppConfig(BaseSettings):
        debug: bool = False
        db_host: str
        db_port: int = 5432
        smtp_host: str
        smtp_port: int = 25
    ```

    ## Use instead
    ```toml
    max-flat-settings = 4
    ```
    ```python path=shop/config/app_config.py
    from pydantic import Field
    from pydantic_settings import BaseSettings


    class DatabaseConfig(BaseSettings):
        host: str
        port: int = 5432

        model_config = {"env_prefix": "DB_"}


    class MailConfig(BaseSettings):
        host: str
        port: int = 25

        model_config = {"env_prefix": "SMTP_"}


    class AppConfig(BaseSettings):
        debug: bool = False
        database: DatabaseConfig = Field(default_factory=DatabaseConfig)
        mail: MailConfig = Field(default_factory=MailConfig)
    ```

    ## Options
    - `max-flat-settings`: the fields that a class of several areas may have, 8 by default

    ## Known problems
    Only the class's own fields count, and not those that are nested models. `db` and `database` are one area; words
    such as `max`, `default` or `enable` are none.

    A class that is called after one area, `LdapConfig`, has groups of fields too, such as `user` and `group`. There
    only the common areas count that the rule knows: the database, the cache, mail, authentication and the like.
    """

    code = "PYA705"
    message = "settings class '{name}' mixes the areas {areas} in {count} flat fields: give each a nested model"

    def visit_SettingsClass(self, settings: SettingsClass, module: Module) -> Iterator[Finding]:
        flat = [field for field in settings.fields if not _is_nested(field)]
        if len(flat) <= module.settings.max_flat_settings:
            return
        groups: dict[str, list[str]] = {}
        for field in flat:
            first = next(iter(split_words(field.name)), "")
            area = _area(first, settings.name, module)
            if area is not None:
                groups.setdefault(area, []).append(first)
        areas = [prefixes[0] for prefixes in groups.values() if len(prefixes) > 1]
        if len(areas) >= _FEWEST_AREAS:
            shown = ", ".join(f"'{area}'" for area in areas[:_MOST_SHOWN])
            more = len(areas) - _MOST_SHOWN
            shown += f" and {more} more" if more > 0 else ""
            yield self.finding(module.name_span(settings.node), name=settings.name, areas=shown, count=len(flat))


def _area(first: str, name: str, module: Module) -> str | None:
    """Return what stands for the area of a field's first word, None where that is none for a class of this name."""
    if _is_of_whole_service(name, module):
        return None if first in _NO_AREAS else _SAME_AREA.get(first, first)
    return _known_areas().get(first)


@cache
def _known_areas() -> dict[str, str]:
    """Return the first words that are known to name an area, each with the word that stands for the area."""
    return {word: line.split()[0] for line in words("functional_areas") for word in line.split()}


def _is_of_whole_service(name: str, module: Module) -> bool:
    """Tell whether a class is called as if it held everything: `Settings`, `AppConfig`, or after the project."""
    *packages, _ = module.location.parts
    package = "".join(split_words(packages[0])) if packages else ""
    own = [word for word in split_words(name) if word not in _WHOLE]
    return all(word in package for word in own)


def _is_nested(field: SettingsField) -> bool:
    return any(last_name(kind).endswith(SETTINGS_SUFFIXES) for kind in alternatives(field.annotation))
