"""The presets: named starting points for the settings and for the selection of rules."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

__all__ = ["PRESETS", "Preset"]


class Preset(NamedTuple):
    """A starting point.

    Arguments:
        settings: attributes of `Settings` that differ from their defaults.
        only: the codes or prefixes to report, or None for all that are on by default.
        without: codes that are on by default but not under this preset.
        with_off_rules: whether the rules that are off by default are on.

    """

    settings: Mapping[str, Any] = MappingProxyType({})
    only: tuple[str, ...] | None = None
    without: frozenset[str] = frozenset()
    with_off_rules: bool = False


PRESETS: Mapping[str, Preset] = {
    "seed": Preset(),
    "clean": Preset(
        settings={"use_case_style": "any", "exception_suffixes": ("Error", "Exception")},
        without=frozenset({"PYA301", "PYA302", "PYA303", "PYA320"}),
    ),
    "layers": Preset(only=("PYA1",)),
    "minimal": Preset(only=tuple(f"PYA{n}" for n in (101, 102, 103, 401, 504, 505, 601, 603, 701, 703))),
    "strict": Preset(with_off_rules=True),
}
