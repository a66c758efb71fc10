"""`--watch`: checking again whenever a file changes."""

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime

from watchfiles import Change
from watchfiles import watch as changes_in

from flake8_pyarch.cli.cache import CACHE_DIRECTORY
from flake8_pyarch.output.text import printable
from flake8_pyarch.settings import ConfigurationError, forget_settings

__all__ = ["watch"]

_WATCHED = (".py", ".toml", ".cfg", ".ini", ".json", ".yml", ".yaml", ".gitignore")


def watch(check: Callable[[], int], paths: Sequence[str]) -> int:
    """Run `check` now and after each change of a file that may matter, until interrupted.

    Arguments:
        check: checks everything and reports.
        paths: the files and directories to watch.

    """
    with suppress(KeyboardInterrupt):
        _run(check)
        for _ in changes_in(*paths, watch_filter=_may_matter):
            _run(check)
    return 0


def _run(check: Callable[[], int]) -> None:
    forget_settings()
    if sys.stdout.isatty():
        sys.stdout.write("\x1b[2J\x1b[H")
    try:
        check()
    except ConfigurationError as error:
        print(f"pyarch: error: {printable(str(error))}", file=sys.stderr)
    print(f"[{datetime.now().astimezone():%H:%M:%S}] watching for changes, Ctrl+C ends", file=sys.stderr)
    sys.stdout.flush()


def _may_matter(_: Change, path: str) -> bool:
    return path.endswith(_WATCHED) and CACHE_DIRECTORY not in path.split(os.sep)
