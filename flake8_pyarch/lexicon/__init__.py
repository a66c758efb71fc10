"""Words and names the rules know, kept as data.

A `.txt` file holds one entry a line, a `.toml` file tables of entries; `#` begins a comment in both. Settings extend
or replace what stands here, so an entry is worth its place only if most projects would want it.
"""

import os
from functools import cache
from typing import Any

__all__ = ["table", "words"]

_FOLDER = os.path.dirname(__file__)


@cache
def words(name: str) -> tuple[str, ...]:
    """Return the entries of `<name>.txt`, in file order."""
    lines = _text(f"{name}.txt").splitlines()
    return tuple(entry for line in lines if (entry := line.partition("#")[0].strip()))


@cache
def table(name: str) -> dict[str, Any]:
    """Return the content of `<name>.toml`."""
    import tomllib  # noqa: PLC0415 - a run whose rules ask for no table does not pay for the parser

    return tomllib.loads(_text(f"{name}.toml"))


def _text(name: str) -> str:
    # The module `pathlib` takes longer to import than the files take to read.
    with open(os.path.join(_FOLDER, name), encoding="utf-8") as file:
        return file.read()
