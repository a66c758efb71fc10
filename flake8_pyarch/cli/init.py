"""Set a project up: look at it, propose settings, write them, and offer a baseline."""

import os
import sys
from argparse import ArgumentParser, BooleanOptionalAction, Namespace

from flake8_pyarch.checking import Linter
from flake8_pyarch.cli.adoption.account import account_of, proposal_text
from flake8_pyarch.cli.adoption.drafts import Change, Drafts
from flake8_pyarch.cli.adoption.proposal import propose, table_of
from flake8_pyarch.cli.adoption.survey import survey
from flake8_pyarch.cli.adoption.toml_edits import read_toml, table_in, with_table
from flake8_pyarch.cli.adoption.tools import TOOLS
from flake8_pyarch.cli.arguments import one_of, parse_arguments
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
    tools = parser.add_argument_group("tools to set up (default: those that the project uses)")
    for name, tool in TOOLS.items():
        tools.add_argument(f"--{name}", action="append_const", dest="tools", const=name, help=tool.PURPOSE)


def run(options: Namespace) -> int:
    """Run `pyarch init` and return its exit code."""
    root = os.path.abspath(options.path)
    if not os.path.isdir(root):
        raise MissingPathError(options.path)
    changes = _changes(Drafts(root), root, options)
    for change in changes:
        sys.stdout.write(f"\n{change.diff()}")
    if options.dry_run:
        return _DONE
    if changes:
        names = ", ".join(change.name for change in changes)
        if not _agrees(f"\nWrite {names}?", options):
            print("Nothing was written.")
            return _DONE
        for change in changes:
            change.write()
        print(f"Wrote {names}.")
    _offer_baseline(root, options)
    return _DONE


def _changes(drafts: Drafts, root: str, options: Namespace) -> list[Change]:
    """Say what was found, edit the drafts, and return what is to be written."""
    home = _settings_file(drafts)
    if home is None:
        print("The settings are there already.")
    else:
        # A file that cannot be edited shall end the run before the long look at the project.
        name, table = home
        read_toml(drafts.path(name), drafts.text(name))
        found = survey(root)
        proposed = propose(found, options.preset)
        print("\n".join([*account_of(found), "Proposed settings:", *proposal_text(proposed)]))
        drafts.put(name, with_table(drafts.path(name), drafts.text(name), table, table_of(proposed)))
    for name in options.tools or [name for name, tool in TOOLS.items() if tool.wants_us(drafts)]:
        TOOLS[name].edit(drafts)
    return drafts.changes()


def _settings_file(drafts: Drafts) -> tuple[str, tuple[str, ...]] | None:
    """Return the file that the settings are to stand in, and the table; None where there are settings."""
    if drafts.exists("pyarch.toml"):
        return None if drafts.text("pyarch.toml").strip() else ("pyarch.toml", ())
    if not drafts.exists("pyproject.toml"):
        return "pyarch.toml", ()
    data = read_toml(drafts.path("pyproject.toml"), drafts.text("pyproject.toml"))
    return None if table_in(data, _TABLE) is not None else ("pyproject.toml", _TABLE)


def _offer_baseline(root: str, options: Namespace) -> None:
    """Say what is found, rule by rule, and accept it if the user wants to."""
    forget_settings()
    file = Linter().project_of_directory(root).settings.baseline
    if os.path.exists(os.path.join(root, file)):
        return
    print("\nWhat `pyarch check` finds:", flush=True)
    if _check(root, "--statistics") == _CLEAN or options.baseline is False:
        return
    if options.baseline or _agrees(f"\nAccept all that for now, in {file}, and report only what is new?", options):
        _check(root, "--update-baseline")


def _check(root: str, option: str) -> int:
    arguments = parse_arguments(["check", root, option])
    code: int = arguments.run(arguments)
    return code


def _agrees(question: str, options: Namespace) -> bool:
    if options.yes:
        return True
    try:
        answer = input(f"{question} [y/N] ")
    except EOFError:
        print()
        raise ConfigurationError("pyarch init", _UNANSWERED) from None
    return answer.strip().lower() in {"y", "yes"}
