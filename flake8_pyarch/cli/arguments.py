"""The command line."""

import os
import sys
from argparse import ArgumentParser, ArgumentTypeError, HelpFormatter, Namespace, RawDescriptionHelpFormatter
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import NoReturn

from flake8_pyarch import __version__
from flake8_pyarch.environment import variable
from flake8_pyarch.settings import ConfigurationError, did_you_mean

__all__ = ["COMMANDS", "one_of", "parse_arguments"]

COMMANDS = {
    "check": "check files (the default)",
    "rule": "explain a rule",
    "graph": "show the layers as they are, and who imports whom",
    "init": "set a project up",
    "types": "run mypy with the checks on types",
    "test-rules": "try the project's custom rules on the snippets beside them",
    "config": "show the settings and where they come from",
}
"""Subcommand → what it does. Each is a module of this package with `add_arguments(parser)` and `run(options)`."""


_ORIGIN = "command line"
_COLUMNS = 80


def parse_arguments(arguments: list[str]) -> Namespace:
    """Return the options, with the function that runs them as `run`, and the arguments themselves as `words`.

    Without a subcommand it is `check`.

    Raises:
        ConfigurationError: there is something wrong with the arguments.

    """
    words = arguments
    if arguments and arguments[0] in {"-h", "--help", "-V", "--version"}:
        _top_parser().parse_args(arguments)
    name = arguments[0] if arguments else "check"
    if name in COMMANDS:
        arguments = arguments[1:]
    elif name.startswith("-"):
        name = "check"
    else:
        known = list(COMMANDS)
        hint = did_you_mean(name, known) or f"; to check files: pyarch check {name}"
        problem = f"unknown command '{name}', expected one of {', '.join(known)}{hint}"
        raise ConfigurationError(_ORIGIN, problem)
    command = import_module(f"flake8_pyarch.cli.{name.replace('-', '_')}")
    parser = _Parser(f"pyarch {name}", description=command.__doc__, allow_abbrev=False, formatter_class=_HelpFormatter)
    command.add_arguments(parser)
    options, unknown = parser.parse_known_args(arguments)
    if unknown:
        raise ConfigurationError(_ORIGIN, _unknown_word(unknown[0].partition("=")[0], parser))
    options.run = command.run
    options.words = words
    return options


class _HelpFormatter(HelpFormatter):
    """A formatter that finds the width out by itself: argparse makes one for each option, and imports much for it."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=_columns() - 2)


def _columns() -> int:
    stated = variable("COLUMNS") or ""
    if stated.isdecimal() and int(stated) > 0:
        return int(stated)
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or _COLUMNS if sys.__stdout__ else _COLUMNS
    except (OSError, ValueError):
        return _COLUMNS


class _Parser(ArgumentParser):
    """A parser whose complaints are one line, without the usage."""

    def error(self, message: str) -> NoReturn:
        raise ConfigurationError(_ORIGIN, message)


def _unknown_word(word: str, parser: ArgumentParser) -> str:
    if not word.startswith("-"):
        return f"unexpected argument '{word}'; `{parser.prog} --help` says what is expected"
    known = [option for action in parser._actions for option in action.option_strings]  # noqa: SLF001
    hint = did_you_mean(word, known) or f"; `{parser.prog} --help` lists the options"
    return f"unknown option '{word}'{hint}"


def one_of(allowed: Sequence[str]) -> Callable[[str], str]:
    """Return a type of argument that is one of `allowed`: unlike `choices`, its complaint has a suggestion."""

    def read(text: str) -> str:
        if text in allowed:
            return text
        problem = f"{text!r} is not one of {', '.join(allowed)}{did_you_mean(text, list(allowed))}"
        raise ArgumentTypeError(problem)

    return read


def _top_parser() -> ArgumentParser:
    listed = "\n".join(f"  {name:<12}{meaning}" for name, meaning in COMMANDS.items())
    parser = ArgumentParser(
        "pyarch",
        usage="pyarch [COMMAND] [OPTIONS] …",
        description="Architecture rules for FastAPI services.",
        epilog=f"commands:\n{listed}\n\n`pyarch COMMAND --help` says more about each.",
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("-V", "--version", action="version", version=f"pyarch {__version__} (Python {_python()})")
    return parser


def _python() -> str:
    return ".".join(map(str, sys.version_info[:3]))
