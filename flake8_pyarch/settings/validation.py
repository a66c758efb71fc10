"""Validation of settings by pydantic. Imported only where there are settings to validate."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from functools import cache
from typing import Annotated, Any, get_args, get_origin

from pydantic import Discriminator, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from flake8_pyarch.patterns import is_ignore_pattern
from flake8_pyarch.settings import model
from flake8_pyarch.settings.contracts import Contract, contract_problems
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

_CONTRACT_DEPTH = len(("contracts", 0))
_PATTERN_KEYS = ("exclude", "extend-exclude", "per-file-ignores")
_SELECTOR_KEYS = ("select", "extend-select", "ignore", "extend-ignore")


_CONTRACT_TYPES = {get_args(each.__dataclass_fields__["type"].type)[0]: each for each in get_args(Contract)}


@cache
def _adapter() -> TypeAdapter[Settings]:
    # The model only names the type, for most runs have no contracts: here pydantic finds what the name stands for.
    vars(model)["Contract"] = Annotated[Contract, Discriminator("type")]
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
        settings = _adapter().validate_python(_with_plain_contracts(values))
    except ValidationError as error:
        problems = [_problem(detail) for detail in error.errors(include_url=False)]
    else:
        problems = [*_bad_selectors(values, settings), *_bad_layers(settings), *_bad_patterns(settings)]
        problems += [*_bad_contracts(settings), *_bad_stack(values)]
        if not problems:
            return settings
    several = f"{len(problems)} settings cannot be used"
    raise ConfigurationError(origin, "\n  ".join([several, *problems]) if len(problems) > 1 else problems[0])


def _with_plain_contracts(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings with the contracts as the model has them.

    Their keys may be written with hyphens, as our others are, and a list of one as its only entry, as import-linter
    allows.
    """
    contracts = values.get("contracts")
    if not isinstance(contracts, list):
        return dict(values)
    return {**values, "contracts": [_plain_contract(each) if isinstance(each, dict) else each for each in contracts]}


def _plain_contract(stated: Mapping[str, Any]) -> dict[str, Any]:
    plain = {key.replace("-", "_"): value for key, value in stated.items()}
    kind = _CONTRACT_TYPES.get(plain.get("type", ""))
    for each in fields(kind) if kind is not None else ():
        if get_origin(each.type) is tuple and isinstance(plain.get(each.name), str):
            plain[each.name] = [plain[each.name]]
    return plain


def _problem(detail: ErrorDetails) -> str:
    location = [part for part in detail["loc"] if part != "[key]"]
    table_type: Any = LayerSettings if len(location) > 1 else Settings
    if location[0] == "contracts" and len(location) > _CONTRACT_DEPTH:
        # After the place of the contract pydantic names its type.
        table_type = _CONTRACT_TYPES.get(str(location.pop(_CONTRACT_DEPTH)), Settings)
    *parents, last = location
    table = _key(parents)
    kind = detail["type"]
    if kind == "unexpected_keyword_argument":
        is_ours = table_type in {LayerSettings, Settings}
        known = [key_of(f.name) if is_ours else f.name for f in fields(table_type)]
        where = f" in '{table}'" if table else ""
        return f"unknown key '{last}'{where}{did_you_mean(str(last), known)}"
    key = _key(location)
    value = detail["input"]
    if kind in {"union_tag_invalid", "union_tag_not_found"} and isinstance(value, Mapping):
        stated = value.get("type")
        known = list(_CONTRACT_TYPES)
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


def _bad_patterns(settings: Settings) -> list[str]:
    stated = [(key, entry) for key in _PATTERN_KEYS for entry in getattr(settings, key.replace("-", "_"))]
    defaults = {*Settings().exclude}
    return [
        f"'{key}' holds {pattern!r}, expected a pattern as in a .gitignore"
        for key, pattern in stated
        if pattern not in defaults and not is_ignore_pattern(pattern)
    ]


def _bad_layers(settings: Settings) -> list[str]:
    return [
        f"'layers.{name}.packages' is empty: name at least one directory or pattern, or leave the key out"
        for name, layer in settings.layers.items()
        if layer.packages == ()
    ]


def _bad_contracts(settings: Settings) -> list[str]:
    return [
        f"contract '{contract.name}': {problem}"
        for contract in settings.contracts
        for problem in contract_problems(contract)
    ]


def _bad_stack(values: Mapping[str, Any]) -> list[str]:
    if not values.get("stack"):
        return []
    from packaging.specifiers import InvalidSpecifier, SpecifierSet  # noqa: PLC0415 - few settings have a stack

    problems = []
    for package, versions in values["stack"].items():
        try:
            SpecifierSet(versions)
        except InvalidSpecifier:
            problems.append(f"'stack.{package}' is {versions!r}, expected a version specifier such as '>=1.2'")
    return problems
