"""No mistake of ours ends mypy: an exception becomes one note, and the checks go on."""

import sys
from types import TracebackType

from mypy_pyarch.internals import Build

__all__ = ["Guard"]

_TOLD: set[str] = set()
"""What was said on the standard error stream, where nothing is said twice."""


class Guard:
    """Stops exceptions of the block it is the context of.

    mypy calls hooks in places where an exception means `INTERNAL ERROR` and the end of the run.

    Arguments:
        build: where to report; None before mypy has shown us.

    """

    def __init__(self, build: Build | None) -> None:
        self._build = build

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> bool:
        if not isinstance(error, Exception):
            return False
        message = f"mypy_pyarch failed here, and left some checks out: {_described(error)}"
        if self._build is not None:
            self._build.note(message)
        elif message not in _TOLD:
            _TOLD.add(message)
            sys.stderr.write(f"{message}\n")
        return True


def _described(error: Exception) -> str:
    function = ""
    traceback = error.__traceback__
    while traceback is not None:
        function, traceback = traceback.tb_frame.f_code.co_name, traceback.tb_next
    return f"{error!r} in {function}".replace("\n", " ")
