"""The rules of Ruff that are twins of ours, and what selects them."""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from flake8_pyarch.lexicon import words

__all__ = ["RuffRule", "ruff_rules", "strongest"]

_REDIRECTED = {"T2": "T20", "TRY200": "B904", "PGH002": "G010"}
"""Old selectors, which Ruff still takes, of rules that are twins of ours."""
_GROUPS = {"T": "T20"}
"""Selectors of several linters → the one that has twins of ours."""

_ALL, _CATEGORY, _GROUP, _LINTER, _RULE = 0, 1, 2, 3, 9
"""How specific a selector is; between a linter and a rule it gains by its length."""


class RuffRule(NamedTuple):
    """What there is to know of a rule of Ruff.

    Arguments:
        code: its code.
        linter: the prefix of all codes of its linter, `PL` for `PLE0604`; empty for pycodestyle, which has two.
        name: its name.
        category: its category.
        status: `stable`, `preview`, `deprecated` or `removed`.
        default: whether Ruff reports it where no setting selects any: `default`, `preview` in preview mode, or `-`.

    """

    code: str
    linter: str
    name: str
    category: str
    status: str
    default: str

    def is_default(self, *, is_preview: bool) -> bool:
        """Tell whether Ruff reports it where no setting selects any, as far as is known without asking Ruff."""
        return self.default == "default" or (self.default == "preview" and is_preview)

    def can_be_selected(self, *, is_preview: bool) -> bool:
        """Tell whether any selector selects it, in preview mode or out of it."""
        return self.status == "stable" or (self.status == "preview") is is_preview

    def specificity(self, selector: str, *, is_preview: bool) -> int | None:
        """Return how specific a selector of the rule is, None for one that does not select it."""
        selector = _REDIRECTED.get(selector, selector)
        if selector == self.code or (is_preview and selector == self.name):
            return _RULE
        if selector == "ALL":
            return _ALL
        if is_preview and selector == self.category:
            return _CATEGORY
        if _GROUPS.get(selector) == self.linter:
            return _GROUP
        if selector == self.linter:
            return _LINTER
        longer = len(selector) - len(self.linter)
        return _LINTER + longer if self.code.startswith(selector) and longer > 0 else None


@cache
def ruff_rules() -> dict[str, RuffRule]:
    """Return code → rule, for the twins of ours."""
    rules = {}
    for line in words("ruff_rules"):
        code, linter, name, category, status, default = line.split()
        rules[code] = RuffRule(code, linter.strip("-"), name, category, status, default)
    return rules


def strongest(
    selectors: Sequence[str], rule: RuffRule, *, is_preview: bool, needs_exact: bool
) -> tuple[int, str] | None:
    """Return the most specific of the selectors that select a rule, after how specific it is; None where none does.

    Arguments:
        selectors: the selectors.
        rule: the rule.
        is_preview: whether preview mode is on.
        needs_exact: whether a rule in preview is selected by its full code only.

    """
    is_shy = rule.status == "deprecated" or (rule.status == "preview" and needs_exact)
    found = [(rule.specificity(selector, is_preview=is_preview), selector) for selector in selectors]
    matching = [(how, selector) for how, selector in found if how is not None and (how == _RULE or not is_shy)]
    return max(matching, default=None)
