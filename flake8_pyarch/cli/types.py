"""Run mypy, as the project configures it, with the checks on dependency injection and use cases."""

import subprocess
import sys
from argparse import ArgumentParser, Namespace
from importlib.util import find_spec

from flake8_pyarch.settings import ConfigurationError

__all__ = ["add_arguments", "run"]


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the options of `pyarch types`."""
    parser.usage = "%(prog)s [PATH ...] [-- MYPY ARGUMENTS]"
    parser.add_argument(
        "mypy_arguments", nargs="*", metavar="PATH", help="what to check (default: what mypy's settings say, or .)"
    )
    parser.epilog = "What follows -- is for mypy: pyarch types src -- --strict"


def run(options: Namespace) -> int:
    """Run `pyarch types` and return mypy's exit code: 0 nothing to report, 1 there are errors, 2 it could not run."""
    if find_spec("mypy") is None:
        raise ConfigurationError("pyarch types", "mypy is not installed here: pip install mypy")
    # Its own process, for mypy ends the one it runs in. -P: the project's files are not to stand in for libraries.
    command = [sys.executable, "-P", "-m", "mypy_pyarch", *options.mypy_arguments]
    return subprocess.call(command)  # noqa: S603 - the words are the user's own, and no shell reads them
