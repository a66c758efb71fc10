"""Our own code, as far as what we remember depends on it."""

import os
from collections.abc import Iterator

import flake8_pyarch

__all__ = ["own_files"]


def own_files() -> Iterator[str]:
    """Yield the paths of our code where it is being developed, for its version then says little; else of one file."""
    top = os.path.dirname(flake8_pyarch.__file__)
    if os.path.basename(os.path.dirname(top)) in {"site-packages", "dist-packages"}:
        yield flake8_pyarch.__file__
        return
    for directory, _, names in os.walk(top):
        yield from (os.path.join(directory, name) for name in names if name.endswith((".py", ".txt", ".toml")))
