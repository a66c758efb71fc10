"""Measuring commands in pairs, one after the other again and again, so that a busy machine disturbs both alike."""

import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

__all__ = ["Measured", "Ratio", "instructions", "measure", "ratio_of"]

Command = Sequence[str]

_WARM_UPS = 2


class Measured(NamedTuple):
    """What one run of a command took.

    Arguments:
        seconds: on the clock.
        processor: seconds of work, of all its processes.
        memory: the most that one of its processes held, in MB.

    """

    seconds: float
    processor: float
    memory: float


class Ratio(NamedTuple):
    """How two commands compare: the medians of their paired ratios, and of what each took."""

    seconds: float
    processor: float
    ours: Measured
    theirs: Measured


def measure(command: Command, directory: Path) -> Measured:
    """Run a command and return what it took; what it says and its exit code do not matter."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "VIRTUAL_ENV"))}
    started = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=directory, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, _, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = 0
    return Measured(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def ratio_of(
    ours: Command, theirs: Command, directory: Path, *, times: int, before: Callable[[], object] = lambda: None
) -> Ratio:
    """Return how two commands compare in a directory.

    Arguments:
        ours, theirs: the commands.
        directory: where they run.
        times: how many pairs are measured, after some that are not.
        before: is called before each run, to empty a cache.

    """
    pairs = []
    for number in range(-_WARM_UPS, times):
        if number < 0:
            time.sleep(1)  # what has changed just now is not yet trusted to stay as it is
        pair = []
        for command in (ours, theirs):
            before()
            pair.append(measure(command, directory))
        pairs.append(pair)
    del pairs[:_WARM_UPS]
    ours_taken, theirs_taken = (_middle([pair[side] for pair in pairs]) for side in (0, 1))
    return Ratio(
        median(one.seconds / other.seconds for one, other in pairs),
        median(one.processor / other.processor for one, other in pairs),
        ours_taken,
        theirs_taken,
    )


def _middle(runs: Sequence[Measured]) -> Measured:
    return Measured(*(median(column) for column in zip(*runs, strict=True)))


def instructions(command: Command, directory: Path) -> int | None:
    """Return how many instructions a command takes, None where Valgrind is not there to count them."""
    valgrind = shutil.which("valgrind")
    if valgrind is None:
        return None
    count = [valgrind, "--tool=callgrind", "--callgrind-out-file=/dev/null", *command]
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    run = subprocess.run(count, cwd=directory, env=environment, capture_output=True, text=True, check=False)
    found = re.search(r"refs:\s+([\d,]+)", run.stderr)
    return int(found[1].replace(",", "")) if found else None
