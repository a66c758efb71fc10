"""Where the `pyarch` command starts and ends."""

import gc
import os
import sys
from io import TextIOWrapper

from flake8_pyarch.cli.replay import replay

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TextIO

__all__ = ["command", "main"]

_CLEAN, _BAD_USE, _INTERRUPTED = 0, 2, 130


def command() -> int:
    """Run the command in a process of its own, and return its exit code or end the process with it.

    To search the process for garbage, and to free everything one by one at its end, takes longer than to check a file.
    Where other processes were at work, Python has things to clear up after them.
    """
    gc.disable()
    code = main()
    if "multiprocessing" not in sys.modules:
        try:
            for stream in filter(None, (sys.stdout, sys.stderr)):
                stream.flush()
        except OSError:
            return code
        os._exit(code)
    return code


def main(arguments: "Sequence[str] | None" = None) -> int:
    """Run the command and return its exit code: 0 clean, 1 findings, 2 bad use or an error, 130 interrupted.

    Arguments:
        arguments: the words after the command's name; those of the process where None.

    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        replayed = replay(words)
        return _run(words) if replayed is None else replayed
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        _forget(sys.stdout)
        return _CLEAN
    except OSError as error:
        _forget(sys.stdout)
        return _complain(f"{error.strerror or error}" + (f": {error.filename}" if error.filename else ""))
    except Exception:  # noqa: BLE001 - whatever it is, it must not look like findings
        import traceback  # noqa: PLC0415 - only for what should not happen

        _forget(sys.stdout)
        traceback.print_exc()
        return _complain("this should not have happened: please report it as a bug, with the lines above")


def _run(words: list[str]) -> int:
    import warnings  # noqa: PLC0415 - a replayed run has none

    from flake8_pyarch.cli.arguments import parse_arguments  # noqa: PLC0415 - a replayed run needs no parser
    from flake8_pyarch.settings import ConfigurationError  # noqa: PLC0415

    try:
        options = parse_arguments(words)
        with warnings.catch_warnings():
            # What the parser thinks of a file is not asked for; until Python 3.12 some of it was a deprecation.
            warnings.simplefilter("ignore", SyntaxWarning)
            warnings.simplefilter("ignore", DeprecationWarning)
            code: int = options.run(options)
        sys.stdout.flush()
    except ConfigurationError as error:
        return _complain(str(error))
    return code


def _complain(problem: str) -> int:
    from flake8_pyarch.cli.errors import print_error  # noqa: PLC0415 - most runs have nothing to complain of

    try:
        print_error(problem)
    except OSError:  # then the exit code alone has to say it
        _forget(sys.stderr)
    return _BAD_USE


def _forget(stream: "TextIO") -> None:
    """Let go of what is not printed yet: the interpreter must not try again at its end, where it cannot be written."""
    if stream in {sys.__stdout__, sys.__stderr__}:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
