"""What the command line says of the settings."""

import os
from argparse import ArgumentParser, Namespace
from typing import Any

from flake8_pyarch.settings import ConfigurationError, Source, value_from_text

__all__ = ["CONFIG_OPTION", "add_settings_arguments", "overrides_of"]

_CODES = ("select", "ignore", "extend-select", "extend-ignore")
CONFIG_OPTION: dict[str, Any] = {
    "type": os.path.abspath,
    "metavar": "FILE",
    "help": "read the settings from this file, not from any nearer",
}
"""How `--config` is declared, in every subcommand that has it."""

_IGNORES_ORIGIN = "command line, --per-file-ignores"


def add_settings_arguments(parser: ArgumentParser) -> None:
    """Declare the options that override settings."""
    group = parser.add_argument_group("rules and settings")
    for key in _CODES:
        group.add_argument(f"--{key}", metavar="CODES", help=f"comma-separated codes or prefixes, instead of '{key}'")
    group.add_argument("--per-file-ignores", metavar="GLOB:CODES", action="append", help="codes not to report in files")
    group.add_argument("--preset", metavar="NAME", help="seed, clean, layers, minimal or strict")
    group.add_argument("--config", **CONFIG_OPTION)


def overrides_of(options: Namespace) -> list[Source]:
    """Return the settings that the options state, each with the option as its origin.

    Raises:
        ConfigurationError: an option cannot be understood.

    """
    sources = []
    for key in (*_CODES, "preset"):
        text = getattr(options, key.replace("-", "_"))
        if text is not None:
            origin = f"command line, --{key}"
            sources.append(Source(origin, {key: value_from_text(origin, key, text)}))
    if options.per_file_ignores:
        sources.append(Source(_IGNORES_ORIGIN, _per_file_ignores(options.per_file_ignores)))
    return sources


def _per_file_ignores(stated: list[str]) -> dict[str, object]:
    ignores: dict[str, list[str]] = {}
    for text in stated:
        glob, colon, codes = text.rpartition(":")
        if not colon or not glob or not codes:
            problem = f"{text!r} is no pair of a glob and codes, such as 'tests/*:PYA601,PYA7'"
            raise ConfigurationError(_IGNORES_ORIGIN, problem)
        ignores.setdefault(glob, []).extend(codes.replace(",", " ").split())
    return {"per-file-ignores": ignores}
