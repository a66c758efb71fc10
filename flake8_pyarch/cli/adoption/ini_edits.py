"""Additions to INI files that leave the rest, comments included, as it is."""

import re
from configparser import Error, RawConfigParser

from flake8_pyarch.settings import ConfigurationError, unreadable

__all__ = ["read_ini", "with_ini_entry"]

_HEADER = re.compile(r"\[(?P<name>[^]]+)\]")
_OPTION = re.compile(r"(?P<name>[^\s=:#;][^=:]*?)\s*[=:]\s*(?P<value>.*)")


def read_ini(origin: str, text: str) -> dict[str, dict[str, str]]:
    """Return section → option → value; an option's name has `_` for `-`, as Flake8 and mypy read it.

    Raises:
        ConfigurationError: the text is no INI file; the error names `origin` and the line.

    """
    parser = RawConfigParser()
    try:
        parser.read_string(text)
    except Error as error:
        raise unreadable(origin, " ".join(str(error).split()).replace("<string>", "the file")) from error
    return {name: {_key(option): value for option, value in parser.items(name)} for name in parser.sections()}


def with_ini_entry(origin: str, text: str, section: str, option: str, entry: str) -> str:
    """Return a text with an entry at the end of an option's list, which is made, and its section, where there is none.

    Raises:
        ConfigurationError: the text is no INI file, or written in a way that cannot be edited.

    """
    data = read_ini(origin, text)
    old = data.get(section, {}).get(_key(option), "")
    entries = old.replace(",", " ").split()
    if entry in entries:
        return text
    lines = text.splitlines()
    if section not in data:
        lines += [*([""] if lines else []), f"[{section}]", f"{option} = {entry}"]
    else:
        _edit_section(lines, section, option, entry)
    edited = "\n".join(lines) + "\n"
    wanted = {**data, section: {**data.get(section, {}), _key(option): [*entries, entry]}}
    found = read_ini(origin, edited)
    found_entries = found.get(section, {}).get(_key(option), "").replace(",", " ").split()
    if {**found, section: {**found.get(section, {}), _key(option): found_entries}} != wanted:
        problem = f"is written in a way that init cannot edit; add {entry} by hand to '{option}' in [{section}]"
        raise ConfigurationError(origin, problem)
    return edited


def _edit_section(lines: list[str], section: str, option: str, entry: str) -> None:
    start = next(n for n, line in enumerate(lines) if (header := _HEADER.match(line)) and header["name"] == section)
    end = next((n for n in range(start + 1, len(lines)) if _HEADER.match(lines[n])), len(lines))
    while not lines[end - 1].strip():
        end -= 1
    for number in range(start + 1, end):
        found = _OPTION.match(lines[number])
        if found and _key(found["name"]) == _key(option):
            _extend(lines, number, end, entry)
            return
    lines.insert(end, f"{option} = {entry}")


def _extend(lines: list[str], number: int, end: int, entry: str) -> None:
    """Add an entry to the option that begins on a line, and that ends before `end` at the latest."""
    last = number
    for below in range(number + 1, end):
        if lines[below].strip() and not lines[below][0].isspace():
            break
        if lines[below].strip() and lines[below].lstrip()[0] not in "#;":
            last = below
    line = lines[last].rstrip()
    comma = "" if line.endswith((",", "=", ":")) else ","
    if last == number:
        space = "" if comma and "," in line and ", " not in line else " "
        lines[last] = f"{line}{comma}{space}{entry}"
    else:
        lines[last] = f"{line}{comma}"
        lines.insert(last + 1, line[: len(line) - len(line.lstrip())] + entry)


def _key(option: str) -> str:
    return option.strip().lower().replace("-", "_")
