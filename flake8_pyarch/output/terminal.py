"""What a stream can show."""

from typing import TextIO

from flake8_pyarch.environment import variable

__all__ = ["shows_colours"]


def shows_colours(stream: TextIO) -> bool:
    """Tell whether text for a stream may hold colours: `NO_COLOR`, `FORCE_COLOR`, then whether it is a terminal."""
    if variable("NO_COLOR"):
        return False
    if variable("FORCE_COLOR") not in {None, "", "0"}:
        return True
    return stream.isatty() and variable("TERM") != "dumb"
