"""Validation of settings by pydantic. Imported only where there are settings to validate."""

from collections.abc import Mapping, Sequence
from dataclasses import field, make_dataclass
from functools import cache
from typing import Annotated, Any

from pydantic import Discriminator, GetCoreSchemaHandler, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails
from pydantic_core.core_schema import CoreSchema, no_info_after_validator_function

from flake8_pyarch.settings.consistency import problems_of
from flake8_pyarch.settings.contracts import CONTRACT_TYPES, Contract, with_plain_contracts
from flake8_pyarch.settings.errors import ConfigurationError, did_you_mean
from flake8_pyarch.settings.model import LayerSettings, Settings
from flake8_pyarch.settings.table import REQUIRED, Key, Table, key_of, keys_of

__all__ = ["json_schema", "schema_of", "validate"]

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

_CONTRACT_DEPTH = len(("contracts", 0))


@cache
def _adapter() -> TypeAdapter[Settings]:
    return TypeAdapter(Settings)


def schema_of(kind: type[Table], handler: GetCoreSchemaHandler) -> CoreSchema:
    """Return what pydantic has to know of a class of settings: it is like a dataclass."""
    config = {"extra": "forbid", "alias_generator": key_of if kind.has_hyphens else None}
    namespace = {"__doc__": kind.__doc__, "__pydantic_config__": config}
    like = make_dataclass(kind.__name__, map(_member, keys_of(kind)), kw_only=True, namespace=namespace)
    return no_info_after_validator_function(lambda found: kind(**vars(found)), handler.generate_schema(like))


def _member(key: Key) -> tuple[str, Any, Any]:
    # The model only names the type of contracts, for most runs have none.
    kind = tuple[Annotated[Contract, Discriminator("type")], ...] if key.name == "contracts" else key.type
    metadata = {"description": key.description, **key.constraints} if key.description else {}
    if key.default is REQUIRED:
        return key.name, kind, field(metadata=metadata)
    if isinstance(key.default, Mapping):
        return key.name, kind, field(default_factory=lambda: key.default, metadata=metadata)
    return key.name, kind, field(default=key.default, metadata=metadata)


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of `[tool.pyarch]`."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **_adapter().json_schema(by_alias=True)}


def validate(origin: str, values: Mapping[str, Any]) -> Settings:
    """Return the settings that `values`, keyed as users write them, make out.

    Raises:
        ConfigurationError: a key or value is not allowed; it names `origin` and every bad key.

    """
    try:
        settings = _adapter().validate_python(with_plain_contracts(values))
    except ValidationError as error:
        problems = [_problem(detail) for detail in error.errors(include_url=False)]
    else:
        problems = problems_of(settings, values)
        if not problems:
            return settings
    several = f"{len(problems)} settings cannot be used"
    raise ConfigurationError(origin, "\n  ".join([several, *problems]) if len(problems) > 1 else problems[0])


def _problem(detail: ErrorDetails) -> str:
    location = [part for part in detail["loc"] if part != "[key]"]
    table_type: type[Table] = LayerSettings if len(location) > 1 else Settings
    if location[0] == "contracts" and len(location) > _CONTRACT_DEPTH:
        # After the place of the contract pydantic names its type.
        table_type = CONTRACT_TYPES.get(str(location.pop(_CONTRACT_DEPTH)), Settings)
    *parents, last = location
    table = _key(parents)
    kind = detail["type"]
    if kind == "unexpected_keyword_argument":
        known = [its_key.written for its_key in keys_of(table_type)]
        where = f" in '{table}'" if table else ""
        return f"unknown key '{last}'{where}{did_you_mean(str(last), known)}"
    key = _key(location)
    value = detail["input"]
    if kind in {"union_tag_invalid", "union_tag_not_found"} and isinstance(value, Mapping):
        stated = value.get("type")
        known = list(CONTRACT_TYPES)
        hint = did_you_mean(stated, known) if isinstance(stated, str) else ""
        said = f"'{key}.type' is {stated!r}" if "type" in value else f"'{key}' has no 'type'"
        return f"{said}, expected {', '.join(map(repr, known[:-1]))} or {known[-1]!r}{hint}"
    if kind == "missing" and isinstance(last, str):
        return f"'{table}' has no '{last}'"
    if kind == "literal_error":
        expected = str(detail["ctx"]["expected"])
        allowed = [word.strip("'") for word in expected.replace(" or ", ", ").split(", ")]
        suggestion = did_you_mean(value, allowed) if isinstance(value, str) else ""
        return f"'{key}' is {value!r}, expected {expected}{suggestion}"
    if kind in _EXPECTED:
        return f"'{key}' is {value!r}, expected {_EXPECTED[kind]}"
    return f"'{key}' is {value!r}: {detail['msg'][0].lower()}{detail['msg'][1:]}"


def _key(location: Sequence[int | str]) -> str:
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in location).removeprefix(".")
