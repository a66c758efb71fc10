"""Which rules cannot match in a file: told from its text, for to search a text is cheaper than to search a tree."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from flake8_pyarch.patterns import lazy_pattern

__all__ = ["text_filter"]

_VARIABLE = lazy_pattern(r"\${1,3}[A-Z_][A-Z0-9_]*|\$\$\$")
_WORD = lazy_pattern(r"[^\W\d]\w*")
_LITERAL_STRICTNESS = frozenset({"cst", "smart"})
"""Those under which all words of a pattern must stand in the code it matches."""

TextFilter = Callable[[str], bool]


def text_filter(rule: Mapping[str, Any]) -> TextFilter:
    """Return a function that tells whether a rule may match in a file with some text; False only where it cannot.

    Arguments:
        rule: the rule, as its file has it.

    """
    words = sorted(_words(rule.get("pattern")), key=len, reverse=True)
    parts = [text_filter(part) for part in _required_parts(rule)]
    choices = [text_filter(part) for part in rule.get("any", ())]
    return lambda text: (
        all(word in text for word in words)
        and all(part(text) for part in parts)
        and (not choices or any(choice(text) for choice in choices))
    )


def _required_parts(rule: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield the rules that something in the file must match too if this one does."""
    yield from rule.get("all", ())
    for key in ("has", "inside", "precedes", "follows"):
        if key in rule:
            yield rule[key]


def _words(pattern: str | Mapping[str, str] | None) -> set[str]:
    """Return the words that the code must have which a pattern matches, as far as they are known."""
    if isinstance(pattern, Mapping):
        is_whole = "selector" not in pattern and pattern.get("strictness", "smart") in _LITERAL_STRICTNESS
        pattern = pattern["context"] if is_whole else None
    rest = _VARIABLE().sub(" ", pattern or "")
    return set() if "$" in rest else set(_WORD().findall(rest))
