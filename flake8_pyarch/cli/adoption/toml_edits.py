"""Additions to TOML files that leave the rest, comments included, as it is."""

import tomllib
from collections.abc import Mapping, Sequence
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from flake8_pyarch.settings import ConfigurationError

__all__ = ["read_toml", "table_in", "toml_text", "toml_value", "with_entry", "with_table"]


def read_toml(origin: str, text: str) -> dict[str, Any]:
    """Return what a TOML text says.

    Raises:
        ConfigurationError: it is no TOML; the error names `origin` and the line.

    """
    try:
        return tomllib.loads(text)
    except (RecursionError, ValueError) as error:
        problem = f"cannot be read: {error}"
        raise ConfigurationError(origin, problem) from error


def table_in(data: Mapping[str, Any], path: Sequence[str]) -> Mapping[str, Any] | None:
    """Return the table at a path, None where there is none."""
    for name in path:
        below = data.get(name)
        if not isinstance(below, Mapping):
            return None
        data = below
    return data


def toml_text(path: Sequence[str], values: Mapping[str, Any]) -> str:
    """Return a table as text, tables inside it under headers of their own."""
    lines = [f"[{'.'.join(path)}]"] if path else []
    tables = {key: value for key, value in values.items() if isinstance(value, Mapping)}
    lines += [f"{key} = {toml_value(value)}" for key, value in values.items() if key not in tables]
    own = "".join(f"{line}\n" for line in lines) if len(tables) < len(values) or not tables else ""
    return "\n".join(filter(None, [own, *(toml_text([*path, key], value) for key, value in tables.items())]))


def toml_value(value: Any) -> str:
    """Return a value, no table, as TOML writes it."""
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(toml_value, value))}]"
    text: str = tomlkit.item(value).as_string()
    return text


def with_table(origin: str, text: str, path: Sequence[str], values: Mapping[str, Any]) -> str:
    """Return a text with a new table at its end.

    Raises:
        ConfigurationError: the text is no TOML, or written in a way that leaves no place for the table.

    """
    table = toml_text(path, values)
    added = f"{text.rstrip()}\n\n{table}" if text.strip() else table
    return _approved(origin, text, added, path, values)


def with_entry(origin: str, text: str, path: Sequence[str], key: str, entry: str) -> str:
    """Return a text with an entry at the end of a list, which is made, and its table with it, where there is none.

    A text of entries parted by commas, as mypy allows, is extended likewise.

    Raises:
        ConfigurationError: the text is no TOML, or written in a way that cannot be edited.

    """
    table = table_in(read_toml(origin, text), path)
    if table is None:
        return with_table(origin, text, path, {key: [entry]})
    old = table.get(key, [])
    new = f"{old}, {entry}" if isinstance(old, str) else [*old, entry]
    if entry in (old.replace(",", " ").split() if isinstance(old, str) else old):
        return text
    try:
        document = tomlkit.parse(text)
        home: Any = document
        for name in path:
            home = home[name]
        if key not in home or isinstance(old, str):
            home[key] = new
        else:
            home[key].append(entry)
        edited = tomlkit.dumps(document)
    except (AttributeError, KeyError, TOMLKitError, TypeError):
        edited = ""
    return _approved(origin, text, edited, path, {key: new})


def _approved(origin: str, before: str, after: str, path: Sequence[str], values: Mapping[str, Any]) -> str:
    """Return the edited text, if it says what the old one said and the new values, and nothing else."""
    wanted = read_toml(origin, before)
    table = wanted
    try:
        for name in path:
            table = table.setdefault(name, {})
        table.update(values)
        is_right = tomllib.loads(after) == wanted
    except (AttributeError, ValueError):
        is_right = False
    if not is_right:
        problem = f"is written in a way that init cannot edit; add by hand:\n{toml_text(path, values)}"
        raise ConfigurationError(origin, problem)
    return after
