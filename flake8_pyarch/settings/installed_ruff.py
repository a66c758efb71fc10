"""The installed Ruff, and what it reports where no setting selects anything."""

import os
import sys
from functools import cache

__all__ = ["default_codes", "ruff_executable"]

_SECONDS_TO_ANSWER = 10


def ruff_executable() -> str | None:
    """Return the absolute path of the installed Ruff: that of this environment, or the first on the path."""
    beside = os.path.join(os.path.dirname(sys.executable), "ruff.exe" if os.name == "nt" else "ruff")
    if os.path.isfile(beside):
        return beside
    from shutil import which  # noqa: PLC0415 - seldom needed

    return which("ruff")


@cache
def default_codes(*, is_preview: bool) -> frozenset[str] | None:
    """Return the codes of the rules that the installed Ruff reports by default; None where it cannot be asked.

    Arguments:
        is_preview: whether preview mode is on.

    """
    executable = ruff_executable()
    if executable is None:
        return None
    import subprocess  # noqa: PLC0415 - only for projects that select nothing

    mode = "--preview" if is_preview else "--no-preview"
    command = [executable, "check", "--isolated", mode, "--show-settings", os.path.abspath(__file__)]
    try:
        run = subprocess.run(  # noqa: S603
            command, capture_output=True, encoding="utf-8", timeout=_SECONDS_TO_ANSWER, check=True
        )
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
    _, found, rest = run.stdout.partition("linter.rules.enabled = [")
    listed = rest.partition("]")[0].split()
    return frozenset(word.strip("(),") for word in listed if word.startswith("(")) if found else None
