"""The progress bar of a long run, on a terminal."""

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

__all__ = ["Progress"]

_PATIENCE_SECONDS = 1.0


class Progress:
    """Counts files; shows a bar on stderr where that is a terminal and the run takes over a second.

    Arguments:
        total: how many files there are.
        is_wanted: whether to show anything.

    """

    def __init__(self, total: int, *, is_wanted: bool) -> None:
        self._total = total
        self._is_wanted = is_wanted and sys.stderr.isatty()
        self._done = 0
        self._started = time.monotonic()
        self._bar: Bar | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def advance(self, count: int) -> None:
        """Count files that are done."""
        self._done += count
        if not self._is_wanted or (self._bar is None and time.monotonic() - self._started < _PATIENCE_SECONDS):
            return
        if self._bar is None:
            from rich.console import Console  # noqa: PLC0415 - most runs are over before anybody looks
            from rich.progress import Progress as Bar  # noqa: PLC0415

            self._bar = Bar(console=Console(stderr=True), transient=True)
            self._bar.add_task("Checking", total=self._total)
            self._bar.start()
        self._bar.update(self._bar.task_ids[0], completed=self._done)
