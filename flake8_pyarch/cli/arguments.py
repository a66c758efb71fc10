"""The command line."""

import sys
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from importlib import import_module

from flake8_pyarch import __version__
from flake8_pyarch.settings import did_you_mean

__all__ = ["COMMANDS", "parse_arguments"]

COMMANDS = {
    "check": "check files (the default)",
    "rule": "explain a rule",
    "init": "set a project up",
    "test-rules": "try the project's custom rules on the snippets beside them",
    "config": "show the settings and where they come from",
}
"""Subcommand → what it does. Each is a module of this package with `add_arguments(parser)` and `run(options)`."""


def parse_arguments(arguments: list[str]) -> Namespace:
    """Return the options, with the function that runs them as `run`, and the arguments themselves as `words`.

    Without a subcommand it is `check`. What is wrong with the arguments is printed, and ends the process with exit
    code 2.
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
        _top_parser().error(f"unknown command '{name}', expected one of {', '.join(known)}{hint}")
    command = import_module(f"flake8_pyarch.cli.{name.replace('-', '_')}")
    parser = ArgumentParser(f"pyarch {name}", description=command.__doc__, allow_abbrev=False)
    command.add_arguments(parser)
    options = parser.parse_args(arguments)
    options.run = command.run
    options.words = words
    return options


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
