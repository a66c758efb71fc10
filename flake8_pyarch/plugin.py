"""Flake8's door: the plugin class that Flake8 finds through its entry point."""

import ast
import os
import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from configparser import RawConfigParser
from functools import cached_property
from typing import Any, ClassVar

from flake8.exceptions import ExecutionError
from flake8.main.options import stage1_arg_parser
from flake8.options.config import load_config
from flake8.options.manager import OptionManager
from flake8.style_guide import Decision, DecisionEngine

from flake8_pyarch import __version__
from flake8_pyarch.checking import Linter, RuleEntry, is_wanted, rule_entries
from flake8_pyarch.settings import (
    ALWAYS_ON,
    FAMILY_LENGTH,
    ConfigurationError,
    Settings,
    Source,
    described_keys,
    did_you_mean,
    is_selected,
    value_from_text,
)

__all__ = ["Plugin"]

_PREFIX = "pyarch-"


class Plugin:
    """Checks one file for Flake8, which makes an object of it for each.

    Arguments:
        tree: the syntax tree.
        lines: the lines, with their endings.
        filename: the path as Flake8 was given it.

    """

    name = "flake8-pyarch"
    version = __version__
    _linter: ClassVar[Linter] = Linter()

    def __init__(self, tree: ast.Module, lines: Sequence[str], filename: str) -> None:
        self._tree = tree
        self._lines = lines
        self._path = os.path.abspath(filename)

    @classmethod
    def add_options(cls, manager: OptionManager) -> None:
        """Register every setting as an option `--pyarch-<key>`, and the rules that are off by default."""
        for key, description in described_keys():
            manager.add_option(f"--{_PREFIX}{key}", parse_from_config=True, metavar="value", help=description)
        manager.extend_default_select(["PYX"])
        manager.extend_default_ignore([rule.code for rule in rule_entries() if not rule.on_by_default])

    @classmethod
    def parse_options(cls, manager: OptionManager, options: Namespace, arguments: Sequence[str]) -> None:
        """Take over the settings, and refuse bad ones before any file is checked.

        Raises:
            ExecutionError: the settings or the baseline of a project that is to be checked cannot be used.

        """
        del manager
        options.extend_select = [*(options.extend_select or ()), ALWAYS_ON]
        cls._linter = Linter(_overrides(options), _Selection(options).wants)
        try:
            _refuse_unknown_options()
            for directory in _directories_with_settings(arguments or ["."], options.exclude):
                project = cls._linter.project_of(directory)
                settings = project.settings
                _ = project.baseline  # one that cannot be read ends the run here
                # A rule that the settings turn on must also leave Flake8's own list of rules that are off.
                options.extended_default_ignore = [
                    code
                    for code in options.extended_default_ignore
                    if not code.startswith("PYA") or not is_selected(code, settings, on_by_default=False)
                ]
        except ConfigurationError as error:
            raise ExecutionError(str(error)) from error

    def run(self) -> Iterator[tuple[int, int, str, type[Any]]]:
        """Yield line, column, message and owner of each finding."""
        for finding in self._linter.check(self._path, self._tree, self._lines):
            yield finding.line, finding.column, f"{finding.code} {finding.message}", type(self)


class _Selection:
    """Which rules to run, as Flake8's options and a project's settings decide together."""

    def __init__(self, options: Namespace) -> None:
        self._options = options

    @cached_property
    def _engine(self) -> DecisionEngine:
        return DecisionEngine(self._options)

    @cached_property
    def _named(self) -> tuple[str, ...]:
        prefixes = (*(self._options.select or ()), *self._options.extend_select)
        return tuple(prefix for prefix in prefixes if len(prefix) > FAMILY_LENGTH)

    def wants(self, rule: RuleEntry, settings: Settings) -> bool:
        """Tell whether Flake8 would report the rule, and the settings, or a name of it in Flake8's, turn it on."""
        if not rule.in_flake8 or self._engine.decision_for(rule.code) is not Decision.Selected:
            return False
        return rule.code.startswith(self._named) or is_wanted(rule, settings)


def _overrides(options: Namespace) -> list[Source]:
    sources = []
    for key, _ in described_keys():
        text = getattr(options, f"pyarch_{key.replace('-', '_')}")
        if text is not None:
            origin = _origin_of(key)
            sources.append(Source(origin, {key: value_from_text(origin, key, text)}))
    return sources


def _origin_of(key: str) -> str:
    """Return how to name the place that states an option: the command line or the configuration file."""
    option = f"--{_PREFIX}{key}"
    if any(argument.partition("=")[0] == option for argument in sys.argv[1:]):
        return f"command line, {option}"
    return f"{_configuration()[1]}, option {_PREFIX}{key}"


def _configuration() -> tuple[RawConfigParser, str]:
    """Return Flake8's configuration as it found it, and the name of its file."""
    known, _ = stage1_arg_parser().parse_known_args(sys.argv[1:])
    if known.isolated:
        return RawConfigParser(), "Flake8's configuration"
    configuration, directory = load_config(known.config, known.append_config)
    names = [known.config] if known.config else ["setup.cfg", "tox.ini", ".flake8"]
    for name in names:
        path = os.path.join(directory, name)
        parser = RawConfigParser()
        if parser.read(path, encoding="utf-8") and parser.has_section("flake8"):
            return configuration, path
    return configuration, "Flake8's configuration"


def _refuse_unknown_options() -> None:
    configuration, path = _configuration()
    if not configuration.has_section("flake8"):
        return
    known = [_PREFIX + key for key, _ in described_keys()]
    for option in configuration["flake8"]:
        name = option.replace("_", "-")
        if name.startswith(_PREFIX) and name not in known:
            problem = f"unknown option '{option}'{did_you_mean(name, known)}"
            raise ConfigurationError(path, problem)


def _directories_with_settings(paths: Sequence[str], exclude: Sequence[str]) -> Iterator[str]:
    """Yield the directories whose settings the run will need: of each path, and of projects below it."""
    excluded = {os.path.basename(pattern) for pattern in exclude}
    for path in paths:
        absolute = os.getcwd() if path == "-" else os.path.abspath(path)
        if not os.path.isdir(absolute):
            yield os.path.dirname(absolute)
            continue
        yield absolute
        for directory, below, files in os.walk(absolute):
            below[:] = [name for name in below if name not in excluded and not name.startswith(".")]
            if "pyproject.toml" in files or "pyarch.toml" in files:
                yield directory
