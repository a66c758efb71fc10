"""Additions to TOML files that leave the rest, comments included, as it is."""

import tomllib
from collections.abc import Mapping, Sequence
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from flake8_pyarch.settings import ConfigurationError, unreadable

__all__ = ["read_toml", "table_in", "toml_text", "toml_value", "with_entry", "with_table"]

_LONGEST_LIST = 100


def read_toml(origin: str, text: str) -> dict[str, Any]:
    """Return what a TOML text says.

    Raises:
        ConfigurationError: it is no TOML; the error names `origin` and the line.

    """
    try:
        return tomllib.loads(text)
    except (RecursionError, ValueError) as error:
        raise unreadable(origin, error) from error


def table_in(data: Mapping[str, Any], path: Sequence[str]) -> Mapping[str, Any] | None:
    """Return the table at a path, None where there is none."""
    for name in path:
        below = data.get(name)
        if not isinstance(below, Mapping):
            return None
        data = below
    return data


def toml_text(path: Sequence[str], values: Mapping[str, Any]) -> str:
    """Return a table as text; tables inside it, and lists of tables, stand under headers of their own."""
    tables = {key: value for key, value in values.items() if isinstance(value, Mapping) or _is_list_of_tables(value)}
    own = [f"{key} = {toml_value(value)}\n" for key, value in values.items() if key not in tables]
    header = f"[{'.'.join(path)}]\n" if path and (own or not tables) else ""
    parts = ["".join([header, *own])] if header or own else []
    for key, value in tables.items():
        if isinstance(value, Mapping):
            parts.append(toml_text([*path, key], value))
        else:
            parts += (f"[[{'.'.join([*path, key])}]]\n{toml_text([], each)}" for each in value)
    return "\n".join(parts)


def toml_value(value: Any) -> str:
    """Return a value, no table, as TOML writes it; a long list in several lines."""
    if isinstance(value, (list, tuple)):
        entries = [toml_value(each) for each in value]
        line = f"[{', '.join(entries)}]"
        return line if len(line) <= _LONGEST_LIST else "[\n" + "".join(f"  {entry},\n" for entry in entries) + "]"
    text: str = tomlkit.item(value).as_string()
    return text


def _is_list_of_tables(value: object) -> bool:
    return isinstance(value, (list, tuple)) and bool(value) and all(isinstance(each, Mapping) for each in value)


def with_table(origin: str, text: str, path: Sequence[str], values: Mapping[str, Any]) -> str:
    """Return a text with a new table at its end; where there is such a table, with new keys in it.

    Raises:
        ConfigurationError: the text is no TOML, or written in a way that leaves no place for it.

    """
    appended = values
    edited = text
    if table_in(read_toml(origin, text), path):
        own = {key: value for key, value in values.items() if not _is_list_of_tables(value)}
        appended = {key: value for key, value in values.items() if key not in own}
        edited = _with_keys(text, path, own)
    tables = toml_text(path, appended) if appended else ""
    edited = "\n\n".join(filter(None, [edited.rstrip("\n") if tables else edited, tables]))
    return _approved(origin, text, edited, path, values)


def _with_keys(text: str, path: Sequence[str], values: Mapping[str, Any]) -> str:
    """Return a text with keys in a table it has, lists made longer; nothing where there is no place for them."""
    try:
        document = tomlkit.parse(text)
        home: Any = document
        for name in path:
            home = home[name]
        for key, value in values.items():
            old = home.get(key)
            if isinstance(old, list):
                home[key].extend(value[len(old) :])
            else:
                home[key] = value
        return tomlkit.dumps(document)
    except (AttributeError, KeyError, TOMLKitError, TypeError):
        return ""


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
    edited = _with_keys(text, path, {key: new})
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
