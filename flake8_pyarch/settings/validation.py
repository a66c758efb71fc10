"""Validation of settings by pydantic. Imported only where there are settings to validate."""

from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from flake8_pyarch.settings.errors import ConfigurationError, did_you_mean
from flake8_pyarch.settings.model import LayerSettings, Settings, key_of
from flake8_pyarch.settings.selectors import is_selector

__all__ = ["json_schema", "validate"]

_EXPECTED = {
    "bool_parsing": "true or false",
    "bool_type": "true or false",
    "dataclass_type": "a table",
    "dict_type": "a table",
    "int_parsing": "a whole number",
    "int_type": "a whole number",
    "mapping_type": "a table",
    "string_type": "a string",
    "tuple_type": "a list",
}
"""What pydantic's error types ask for, in the words of TOML."""

_SELECTOR_KEYS = ("select", "extend-select", "ignore", "extend-ignore")


@cache
def _adapter() -> TypeAdapter[Settings]:
    return TypeAdapter(Settings)


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of `[tool.pyarch]`."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **_adapter().json_schema(by_alias=True)}


def validate(origin: str, values: Mapping[str, Any]) -> Settings:
    """Return the settings that `values`, keyed as users write them, make out.

    Raises:
        ConfigurationError: a key or value is not allowed; it names `origin` and every bad key.

    """
    try:
        settings = _adapter().validate_python(dict(values))
    except ValidationError as error:
        problems = [_problem(detail) for detail in error.errors(include_url=False)]
    else:
        problems = [*_bad_selectors(values, settings), *_bad_layers(settings)]
        if not problems:
            return settings
    several = f"{len(problems)} settings cannot be used"
    raise ConfigurationError(origin, "\n  ".join([several, *problems]) if len(problems) > 1 else problems[0])


def _problem(detail: ErrorDetails) -> str:
    location = [part for part in detail["loc"] if part != "[key]"]
    *parents, last = location
    table = ".".join(str(part) for part in parents)
    kind = detail["type"]
    if kind == "unexpected_keyword_argument":
        known = [key_of(f.name) for f in fields(LayerSettings if parents else Settings)]
        where = f" in '{table}'" if table else ""
        return f"unknown key '{last}'{where}{did_you_mean(str(last), known)}"
    key = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in location).removeprefix(".")
    value = detail["input"]
    if kind == "literal_error":
        expected = str(detail["ctx"]["expected"])
        allowed = [word.strip("'") for word in expected.replace(" or ", ", ").split(", ")]
        suggestion = did_you_mean(value, allowed) if isinstance(value, str) else ""
        return f"'{key}' is {value!r}, expected {expected}{suggestion}"
    if kind in _EXPECTED:
        return f"'{key}' is {value!r}, expected {_EXPECTED[kind]}"
    return f"'{key}' is {value!r}: {detail['msg'][0].lower()}{detail['msg'][1:]}"


def _bad_selectors(values: Mapping[str, Any], settings: Settings) -> list[str]:
    selectors = [(key, code) for key in _SELECTOR_KEYS for code in values.get(key) or ()]
    selectors += [
        (f"per-file-ignores.{glob}", code) for glob, codes in settings.per_file_ignores.items() for code in codes
    ]
    return [
        f"'{key}' holds {code!r}, expected a code or its beginning, such as 'PYA101', 'PYA1' or 'PYX'"
        for key, code in selectors
        if not is_selector(code)
    ]


def _bad_layers(settings: Settings) -> list[str]:
    return [
        f"'layers.{name}.packages' is empty: name at least one directory or pattern, or leave the key out"
        for name, layer in settings.layers.items()
        if layer.packages == ()
    ]
