"""What a stream can show."""

import os
from typing import TextIO

__all__ = ["shows_colours"]


def shows_colours(stream: TextIO) -> bool:
    """Tell whether text for a stream may hold colours: `NO_COLOR`, `FORCE_COLOR`, then whether it is a terminal."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in {"", "0"}:
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"
