"""The plugin's settings: `[tool.pyarch]`, and `[pyarch-mypy]` of an ini file that configures mypy."""

import os
import sys
from configparser import Error, RawConfigParser
from typing import NoReturn

from flake8_pyarch.settings import (
    ConfigurationError,
    Settings,
    Source,
    project_root,
    read_settings_file,
    resolve,
    settings_file,
    value_from_text,
)

__all__ = ["BARE_CONFIGURATION", "read_settings", "root_of"]

BARE_CONFIGURATION = os.path.join(os.path.dirname(__file__), "mypy.ini")
"""A configuration file for projects that have none for mypy."""

_SECTION = "pyarch-mypy"
_KEYS = (
    *("check-untyped-providers", "depends-functions", "extend-depends-functions"),
    *("use-case-style", "use-case-method", "use-case-suffixes", "extend-use-case-suffixes"),
)


def read_settings(config_file: str | None) -> Settings:
    """Return the settings of the project whose mypy is configured by `config_file`.

    Settings that cannot be used end mypy, with one line that says why.
    """
    try:
        path = settings_file(_directory(config_file))
        sources = [read_settings_file(path)] if path else []
        if config_file and not config_file.endswith(".toml"):
            sources.append(_section_of(config_file))
        return resolve(sources)
    except ConfigurationError as error:
        _stop(f"mypy_pyarch: {error}")


def root_of(config_file: str | None) -> str:
    """Return the directory of the project whose mypy is configured by `config_file`."""
    return project_root(_directory(config_file))


def _directory(config_file: str | None) -> str:
    if config_file is None or config_file == BARE_CONFIGURATION:
        return os.getcwd()
    return os.path.dirname(os.path.abspath(config_file))


def _section_of(path: str) -> Source:
    parser = RawConfigParser()
    try:
        parser.read(path, encoding="utf-8")
    except Error:
        return Source(path, {})  # mypy has read the same file, and said what is wrong
    values: dict[str, object] = {}
    for option, text in parser.items(_SECTION) if parser.has_section(_SECTION) else ():
        key = option.replace("_", "-")
        if key not in _KEYS:
            problem = f"unknown key '{option}' in [{_SECTION}], expected one of: {', '.join(_KEYS)}"
            raise ConfigurationError(path, problem)
        values[key] = value_from_text(path, key, text)
    return Source(path, values)


def _stop(message: str) -> NoReturn:
    sys.stderr.write(f"{message}\n")
    sys.exit(2)
