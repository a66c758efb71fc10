"""How errors are said, whatever the subcommand."""

import sys

from flake8_pyarch.output.report import path_from_here
from flake8_pyarch.output.text import printable

__all__ = ["print_error", "print_problem"]


def print_error(problem: str) -> None:
    """Print an error, which may take several lines, on stderr."""
    print("pyarch: error:", "\n".join(map(printable, problem.split("\n"))), file=sys.stderr)


def print_problem(path: str, problem: str) -> None:
    """Print what is wrong with the file or directory at an absolute path, on one line."""
    print_error(printable(f"{path_from_here(path)}: {problem}"))
