"""`--watch`: checking again whenever a file changes."""

import gc
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime

from watchfiles import watch as changes_in

from flake8_pyarch.cli.errors import print_error
from flake8_pyarch.cli.replay import CACHE_DIRECTORY
from flake8_pyarch.settings import ConfigurationError, forget_settings

__all__ = ["watch"]

_WATCHED = (".py", ".toml", ".cfg", ".ini", ".json", ".yml", ".yaml", ".gitignore")


def watch(check: Callable[[], int], paths: Sequence[str], output_file: str | None) -> int:
    """Run `check` now and after each change of a file that may matter, until interrupted.

    Arguments:
        check: checks everything and reports.
        paths: the files and directories to watch.
        output_file: what the check writes, which is no reason to check again.

    """
    gc.enable()  # a process that goes on for hours is worth tidying
    with suppress(KeyboardInterrupt):
        _run(check)
        for _ in changes_in(*paths, watch_filter=lambda _, path: _may_matter(path, output_file)):
            _run(check)
    return 0


def _run(check: Callable[[], int]) -> None:
    forget_settings()
    if sys.stdout.isatty():
        sys.stdout.write("\x1b[2J\x1b[H")
    try:
        check()
    except ConfigurationError as error:
        print_error(str(error))
    print(f"[{datetime.now().astimezone():%H:%M:%S}] watching for changes, Ctrl+C ends", file=sys.stderr)
    sys.stdout.flush()


def _may_matter(path: str, output_file: str | None) -> bool:
    is_own = output_file is not None and os.path.realpath(path) == os.path.realpath(output_file)
    return path.endswith(_WATCHED) and CACHE_DIRECTORY not in path.split(os.sep) and not is_own
