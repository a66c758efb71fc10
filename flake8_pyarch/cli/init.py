"""Set a project up: look at it, propose settings, write them, and offer a baseline."""

import os
import sys
from argparse import ArgumentParser, BooleanOptionalAction, Namespace
from collections.abc import Mapping
from typing import Any

from flake8_pyarch.checking import Linter
from flake8_pyarch.cli.adoption.account import account_of, proposal_text
from flake8_pyarch.cli.adoption.drafts import Change, Drafts
from flake8_pyarch.cli.adoption.proposal import propose, table_of
from flake8_pyarch.cli.adoption.survey import survey
from flake8_pyarch.cli.adoption.toml_edits import read_toml, table_in, with_table
from flake8_pyarch.cli.adoption.tools import TOOLS
from flake8_pyarch.cli.arguments import one_of, parse_arguments
from flake8_pyarch.output.text import count_of, printable
from flake8_pyarch.settings import ConfigurationError, MissingPathError, forget_settings
from flake8_pyarch.settings.presets import PRESETS

__all__ = ["add_arguments", "run"]

_DONE = _CLEAN = 0
_TABLE = ("tool", "pyarch")
_UNANSWERED = "asks before it writes, and nobody answered: pass --yes to write, or --dry-run to look"


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the options of `pyarch init`."""
    parser.add_argument("path", nargs="?", default=".", metavar="DIRECTORY", help="the project (default: .)")
    parser.add_argument("--preset", type=one_of(tuple(PRESETS)), metavar="NAME", help=", ".join(PRESETS))
    parser.add_argument("-y", "--yes", action="store_true", help="do not ask: yes to everything")
    parser.add_argument("--dry-run", action="store_true", help="show the changes as a diff and write nothing")
    parser.add_argument(
        "--baseline", action=BooleanOptionalAction, help="accept what is found now, without asking; or do not"
    )
    parser.add_argument("--from-import-linter", action="store_true", help="take over the contracts of import-linter")
    tools = parser.add_argument_group("tools to set up (default: those that the project uses)")
    for name, tool in TOOLS.items():
        tools.add_argument(f"--{name}", action="append_const", dest="tools", const=name, help=tool.PURPOSE)


def run(options: Namespace) -> int:
    """Run `pyarch init` and return its exit code."""
    root = os.path.abspath(options.path)
    if not os.path.exists(root):
        raise MissingPathError(options.path)
    if not os.path.isdir(root):
        origin, problem = "command line", f"'{options.path}' is no directory"
        raise ConfigurationError(origin, problem)
    changes = _changes(Drafts(root), root, options)
    for change in changes:
        sys.stdout.write("".join(f"{printable(line)}\n" for line in ["", *change.diff().splitlines()]))
    if options.dry_run:
        return _DONE
    if changes:
        names = ", ".join(change.name for change in changes)
        try:
            may_write = _agrees(f"\nWrite {names}?", options)
        except EOFError:
            print()
            raise ConfigurationError("pyarch init", _UNANSWERED) from None
        if not may_write:
            print("Nothing was written.")
            return _DONE
        for change in changes:
            change.write()
            print(f"Wrote {change.name}.")
    _offer_baseline(root, options)
    return _DONE


def _changes(drafts: Drafts, root: str, options: Namespace) -> list[Change]:
    """Say what was found, edit the drafts, and return what is to be written."""
    name, table = _settings_place(drafts)
    # A file that cannot be read shall end the run before the long look at the project.
    present = table_in(read_toml(drafts.path(name), drafts.text(name)), table)
    settings = {}
    if present is None or (not present and not table):
        found = survey(root)
        proposed = propose(found, options.preset)
        print("\n".join(map(printable, [*account_of(found), "Proposed settings:", *proposal_text(proposed)])))
        settings = table_of(proposed)
    else:
        print("The settings are there already.")
    if options.from_import_linter:
        settings |= _taken_over(root, present or {})
    if settings:
        drafts.put(name, with_table(drafts.path(name), drafts.text(name), table, settings))
    for tool in options.tools or [tool for tool, module in TOOLS.items() if module.wants_us(drafts)]:
        before = drafts.changes()
        TOOLS[tool].edit(drafts)
        if options.tools and drafts.changes() == before:
            print(f"Nothing is missing for --{tool}.")
    return drafts.changes()


def _settings_place(drafts: Drafts) -> tuple[str, tuple[str, ...]]:
    """Return the file that the settings stand in, or are to stand in, and the table."""
    if drafts.exists("pyarch.toml") or not drafts.exists("pyproject.toml"):
        return "pyarch.toml", ()
    return "pyproject.toml", _TABLE


def _taken_over(root: str, present: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings that import-linter's come to, as far as there are none of the same name."""
    from flake8_pyarch.contracts.from_import_linter import convert_import_linter  # noqa: PLC0415 - few ask for it

    converted = convert_import_linter(root)
    if converted is None:
        origin, problem = "command line, --from-import-linter", f"there is no configuration of import-linter in {root}"
        raise ConfigurationError(origin, problem)
    contracts = count_of(len(converted.settings["contracts"]), "contract")
    print(printable(f"Found {contracts} in {converted.origin}."))
    for sentence in converted.left_out:
        print(printable(f"  left out: {sentence}"))
    return {key: value for key, value in converted.settings.items() if value and key not in present}


def _offer_baseline(root: str, options: Namespace) -> None:
    """Say what is found, rule by rule, and accept it if the user wants to."""
    forget_settings()
    file = Linter().project_of_directory(root).settings.baseline
    if os.path.exists(os.path.join(root, file)):
        return
    print("\nWhat `pyarch check` finds:", flush=True)
    if _check(root, "--statistics") == _CLEAN:
        print("nothing")
        return
    if options.baseline is None:
        try:
            options.baseline = _agrees(f"\nAccept all that for now, in {file}, and report only what is new?", options)
        except EOFError:
            print()
    if options.baseline:
        _check(root, "--update-baseline")


def _check(root: str, option: str) -> int:
    arguments = parse_arguments(["check", root, option])
    code: int = arguments.run(arguments)
    return code


def _agrees(question: str, options: Namespace) -> bool:
    return options.yes or input(f"{question} [y/N] ").strip().lower() in {"y", "yes"}
