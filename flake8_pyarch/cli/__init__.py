"""The `pyarch` command: a module for each subcommand, and what they share."""

from flake8_pyarch.cli.main import command, main

__all__ = ["command", "main"]
