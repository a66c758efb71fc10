"""mypy with the plugin, without a change to the project's configuration: what `mypy --plugin` would be.

mypy takes plugins from a configuration file only. So the project's own is read as ever, and the plugin is added to what
the reader found, on the way to mypy. A copy in another place would not do: paths in it, mypy's messages about it, and
our own settings hang on where the file lies.
"""

import configparser
import io
import os
import sys
import tomllib
from collections.abc import MutableMapping
from itertools import pairwise
from typing import Any, BinaryIO

from mypy.__main__ import console_entry
from mypy.config_parser import parse_config_file
from mypy.options import Options

from mypy_pyarch.configuration import BARE_CONFIGURATION

__all__ = ["main"]

_PLUGIN = "mypy_pyarch"
_TARGETS = ("files", "packages", "modules")
_PROGRAM_TEXT = ("-c", "--command")
_SHARED = ("pyproject.toml", "setup.cfg")


def main() -> None:
    """Run mypy with the words of the process, and end the process as mypy does.

    Where neither they nor the project's configuration name anything to check, it is the current directory.
    """
    words = sys.argv[1:]
    if not _is_configured(words):
        sys.argv[1:] = [*words, "--config-file", BARE_CONFIGURATION]
    checks_text = any(word.startswith(_PROGRAM_TEXT[0]) and not word.startswith("--") for word in words)
    _add_to_what_is_read(adds_target=not checks_text and _PROGRAM_TEXT[1] not in words)
    console_entry()


def _is_configured(words: list[str]) -> bool:
    """Tell whether mypy finds a configuration, or will say that the one it is to use is not there."""
    given = None
    for word, following in pairwise([*words, ""]):
        option, equals, value = word.partition("=")
        if option == "--config-file":
            given = value if equals else following
    if given:
        return True
    options = Options()
    if given is None:
        parse_config_file(options, lambda: None, None, io.StringIO(), io.StringIO())
    return options.config_file is not None


def _add_to_what_is_read(*, adds_target: bool) -> None:
    """Make the readers of configuration files add the plugin to mypy's section."""
    load = tomllib.load

    def load_with_plugin(file: BinaryIO, /, **options: Any) -> dict[str, Any]:
        document = load(file, **options)
        tool = document.get("tool")
        section = tool.get("mypy") if isinstance(tool, dict) else None
        if isinstance(section, dict):
            _add(section, adds_target=adds_target)
        return document

    class ParserWithPlugin(configparser.RawConfigParser):
        def read(self, filenames: Any, encoding: str | None = None) -> list[str]:  # type: ignore[override]
            found = super().read(filenames, encoding)
            is_shared = any(os.path.basename(str(name)) in _SHARED for name in found)
            if found and not is_shared and not self.has_section("mypy"):
                self.add_section("mypy")
            if self.has_section("mypy"):
                _add(self["mypy"], adds_target=adds_target)
            return found

    tomllib.load = load_with_plugin  # type: ignore[assignment]  # it takes what mypy gives it
    configparser.RawConfigParser = ParserWithPlugin  # type: ignore[misc]  # that is what is meant


def _add(section: MutableMapping[str, Any], *, adds_target: bool) -> None:
    plugins = section.get("plugins", "")
    names = plugins if isinstance(plugins, list) else [name.strip() for name in str(plugins).split(",") if name.strip()]
    if not any(isinstance(name, str) and name.partition(":")[0] == _PLUGIN for name in names):
        section["plugins"] = [*names, _PLUGIN] if isinstance(plugins, list) else ", ".join([*names, _PLUGIN])
    if adds_target and not any(section.get(key) for key in _TARGETS):
        section["files"] = "."
