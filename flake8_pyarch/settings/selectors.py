"""Selection of rules by codes and prefixes, with Ruff's precedence."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from flake8_pyarch.patterns import lazy_pattern
from flake8_pyarch.settings.model import Settings
from flake8_pyarch.settings.presets import PRESETS

__all__ = [
    "ALWAYS_ON",
    "CODE_PREFIXES",
    "FAMILY_LENGTH",
    "is_selected",
    "is_selector",
    "longest_match",
    "stated_selectors",
]

CODE_PREFIXES = ("PYA", "PYX")
"""What the codes of our rules begin with, and those of a project's own."""

ALWAYS_ON = "PYA000"
"""The code of a crashed rule: only its own full name turns it off."""

FAMILY_LENGTH = len("PYA1")
"""A longer prefix names particular rules, so it also selects those that are off by default."""

_KEYS = ("select", "extend-select", "ignore", "extend-ignore")
_SELECTOR = lazy_pattern(r"PY[AX][0-9]{0,3}", re.ASCII)


def is_selector(text: str) -> bool:
    """Tell whether `text` has the form of a code of ours or of the beginning of one."""
    return bool(_SELECTOR().fullmatch(text))


def stated_selectors(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each code, or beginning of one, in settings as users write them, after the key that holds it."""
    yield from ((key, code) for key in _KEYS for code in values.get(key) or ())
    for glob, codes in (values.get("per-file-ignores") or {}).items():
        yield from ((f"per-file-ignores.{glob}", code) for code in codes)


def longest_match(code: str, prefixes: Iterable[str]) -> int:
    """Return the length of the longest of `prefixes` that `code` begins with, 0 for none."""
    return max((len(prefix) for prefix in prefixes if code.startswith(prefix)), default=0)


def is_selected(code: str, settings: Settings, *, on_by_default: bool) -> bool:
    """Tell whether the settings want the rule with `code` to report.

    The longest prefix decides, and `ignore` wins a tie, as in Ruff. A rule that is off is selected only by a prefix
    longer than its family's (`PYA11`, `PYA112`). A preset chooses among our rules; those of the project's own stay.
    """
    ignored = longest_match(code, (*settings.ignore, *settings.extend_ignore))
    if code == ALWAYS_ON:
        return ignored < len(code)
    preset = PRESETS[settings.preset]
    is_custom = code.startswith("PYX")
    on = (preset.with_off_rules and not is_custom) or (on_by_default and code not in preset.without)
    selectors = settings.select
    if selectors is None and not is_custom:
        selectors = preset.only
    wanted = (*(CODE_PREFIXES if selectors is None else selectors), *settings.extend_select)
    return longest_match(code, (prefix for prefix in wanted if on or len(prefix) > FAMILY_LENGTH)) > ignored
