"""The words a name is made of."""

from functools import cache

from flake8_pyarch.patterns import lazy_pattern

__all__ = ["split_words"]

_WORD = lazy_pattern(r"[A-Z]+(?![^\W\d_A-Z])|[A-Z]?[^\W\d_A-Z]+|\d+")


@cache
def split_words(name: str) -> tuple[str, ...]:
    """Return the words of a name in lower case, split at capitals, digits and whatever is no letter.

    `accessToken`, `ACCESS_TOKEN` and `Access-Token` are all `access`, `token`.
    """
    return tuple(word.lower() for word in _WORD().findall(name))
