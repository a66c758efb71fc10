"""The `pyarch` command: a module for each subcommand, and what they share."""

from flake8_pyarch.cli.main import main

__all__ = ["main"]
