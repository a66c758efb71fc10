"""A rule's page, made from its docstring."""

import re

from flake8_pyarch.checking import Rule
from flake8_pyarch.patterns import lazy_pattern

__all__ = ["reason", "rule_page", "summary"]

_FENCE_WITH_PATH = lazy_pattern(r"^```python path=(\S+)$", re.MULTILINE)


def summary(rule: Rule) -> str:
    """Return what a rule reports, in one sentence."""
    return rule.documentation.partition("\n")[0]


def reason(rule: Rule) -> str:
    """Return why what a rule reports is bad."""
    _, _, rest = rule.documentation.partition("## Why is this bad?\n")
    return rest.partition("\n## ")[0].strip()


def rule_page(rule: Rule) -> str:
    """Return the page of a rule, as Markdown."""
    lead, _, rest = rule.documentation.partition("\n")
    facts = ["On by default." if rule.on_by_default else "Off by default."]
    if rule.is_fixable:
        facts.append("Sometimes fixable.")
    if not rule.in_flake8:
        facts.append("Reported by `pyarch check` only.")
    if rule.twins:
        twins = ", ".join(f"[{code}](https://docs.astral.sh/ruff/rules/{code})" for code in rule.twins)
        facts.append(f"In Ruff, wholly or in part: {twins}.")
    body = _FENCE_WITH_PATH().sub(r'```python title="\1"', rest.strip("\n"))
    return f"# {rule.name} ({rule.code})\n\n{lead}\n\n*{' '.join(facts)}*\n\n{body}\n"
