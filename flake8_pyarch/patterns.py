"""Regular expressions that are compiled when they are first used: most runs use few of them."""

import re
from collections.abc import Callable
from functools import cache
from typing import AnyStr

__all__ = ["lazy_pattern"]


def lazy_pattern(pattern: AnyStr, flags: int = 0) -> Callable[[], re.Pattern[AnyStr]]:
    """Return a function that returns the compiled pattern.

    Arguments:
        pattern: the regular expression.
        flags: as `re.compile` takes them.

    """
    return cache(lambda: re.compile(pattern, flags))
