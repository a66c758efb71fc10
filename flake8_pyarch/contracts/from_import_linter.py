"""Contracts that a project has written for import-linter, as settings of ours."""

import os
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from configparser import ConfigParser
from configparser import Error as IniError
from typing import Any, NamedTuple, get_origin

from flake8_pyarch.files import read_file
from flake8_pyarch.settings import ConfigurationError, reason_of
from flake8_pyarch.settings.contracts import CONTRACT_TYPES
from flake8_pyarch.settings.table import REQUIRED, keys_of

__all__ = ["Converted", "convert_import_linter"]

_SECTION = "importlinter"


class Converted(NamedTuple):
    """What the configuration of import-linter comes to.

    Arguments:
        origin: the absolute path of the file it stands in.
        settings: the same as settings of ours: key of `[tool.pyarch]` → value, for a TOML writer.
        left_out: a sentence for each thing that we have no equal of.

    """

    origin: str
    settings: dict[str, Any]
    left_out: tuple[str, ...]


def convert_import_linter(root: str) -> Converted | None:
    """Return the contracts that a project has for import-linter; None where it has none.

    Its files are looked into in the order in which import-linter does: `setup.cfg`, `.importlinter`, `pyproject.toml`.

    Arguments:
        root: the absolute path of the project.

    Raises:
        ConfigurationError: a file cannot be read.

    """
    for name in ("setup.cfg", ".importlinter", "pyproject.toml"):
        path = os.path.join(root, name)
        if not os.path.isfile(path):
            continue
        try:
            found = _read_toml(path) if name == "pyproject.toml" else _read_ini(path)
            if found is not None:
                return _converted(path, *found)
        except (AttributeError, IniError, OSError, RecursionError, TypeError, ValueError) as error:
            problem = f"import-linter's configuration cannot be read: {reason_of(error)}"
            raise ConfigurationError(path, problem) from error
    return None


_Found = tuple[Mapping[str, Any], Sequence[Mapping[str, Any]]]
"""The options of the session, and those of each contract."""


def _read_toml(path: str) -> _Found | None:
    table = tomllib.loads(read_file(path).decode()).get("tool", {}).get(_SECTION)
    return (table, list(table.get("contracts", []))) if table else None


def _read_ini(path: str) -> _Found | None:
    parser = ConfigParser()
    parser.read_string(read_file(path).decode(), path)
    if not parser.has_section(_SECTION):
        return None
    contracts = [
        {"id": name.rpartition(":")[2], **_values(parser[name])}
        for name in parser.sections()
        if name.startswith(f"{_SECTION}:")
    ]
    return _values(parser[_SECTION]), contracts


def _values(section: Mapping[str, str]) -> dict[str, Any]:
    return {key: value.split("\n")[1:] if value.startswith("\n") else value for key, value in section.items()}


def _converted(path: str, session: Mapping[str, Any], stated: Sequence[Mapping[str, Any]]) -> Converted:
    left_out = [
        f"contract '{each.get('name')}' has a type of its own, '{each.get('type')}'"
        for each in stated
        if each.get("type") not in CONTRACT_TYPES
    ]
    contracts = [_contract(each) for each in stated if each.get("type") in CONTRACT_TYPES]
    left_out += [
        f"contract '{each.get('name')}' has '{key}', which import-linter does not know"
        for each in stated
        if each.get("type") in CONTRACT_TYPES
        for key in each.keys() - _keys(each)
    ]
    settings: dict[str, Any] = {"contracts": contracts}
    if _is_true(session.get("exclude_type_checking_imports")):
        settings["type-checking-imports"] = "ignore"
    return Converted(path, settings, tuple(sorted(left_out)))


def _keys(stated: Mapping[str, Any]) -> set[str]:
    return {each.name for each in keys_of(CONTRACT_TYPES[stated["type"]])}


def _contract(stated: Mapping[str, Any]) -> dict[str, Any]:
    return dict(_fields(stated))


def _fields(stated: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield our fields of a contract, those left out that are at their default."""
    for each in sorted(keys_of(CONTRACT_TYPES[stated["type"]]), key=lambda each: each.name not in {"name", "type"}):
        if each.name not in stated or each.name == "id":
            continue
        value = stated[each.name]
        if get_origin(each.type) is tuple:
            value = [line.strip() for line in ([value] if isinstance(value, str) else value) if line.strip()]
        elif each.type is bool:
            value = _is_true(value)
        elif each.type is int:
            value = int(value) if str(value).isdecimal() else value
        elif isinstance(value, list):
            value = "\n".join(value)
        default = () if each.default is REQUIRED else each.default
        if value != (list(default) if isinstance(default, tuple) else default):
            yield each.name, value


def _is_true(value: object) -> bool:
    return str(value).lower() == "true"
