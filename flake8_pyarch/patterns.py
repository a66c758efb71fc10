"""Regular expressions that are compiled when they are first used, for most runs use few of them; and Git's patterns."""

import re
from collections.abc import Callable
from functools import cache
from typing import AnyStr

__all__ = ["is_ignore_pattern", "lazy_pattern"]


def lazy_pattern(pattern: AnyStr, flags: int = 0) -> Callable[[], re.Pattern[AnyStr]]:
    """Return a function that returns the compiled pattern.

    Arguments:
        pattern: the regular expression.
        flags: as `re.compile` takes them.

    """
    return cache(lambda: re.compile(pattern, flags))


def is_ignore_pattern(pattern: str) -> bool:
    """Tell whether a line of a `.gitignore`, or an entry of a setting in its syntax, is a pattern Git understands."""
    from pathspec import GitIgnoreSpec  # noqa: PLC0415 - only projects with patterns need it

    try:
        GitIgnoreSpec.from_lines([pattern])
    except ValueError:
        return False
    return True
