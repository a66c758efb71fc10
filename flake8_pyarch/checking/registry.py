"""Which rules there are: every `Rule` in a module of `flake8_pyarch.rules`."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from flake8_pyarch.checking.rule import Rule

__all__ = ["all_rules", "rule_name"]


@cache
def all_rules() -> tuple[Rule, ...]:
    """Return an instance of every rule, in order of code."""
    rules = import_module("flake8_pyarch.rules")
    found: list[Rule] = []
    for family in iter_modules(rules.__path__, f"{rules.__name__}."):
        folder = import_module(family.name)
        for entry in iter_modules(folder.__path__, f"{folder.__name__}."):
            module = import_module(entry.name)
            found += [
                value()
                for value in vars(module).values()
                if isinstance(value, type) and issubclass(value, Rule) and value.__module__ == entry.name
            ]
    return tuple(sorted(found, key=lambda rule: rule.code))


def rule_name(code: str) -> str:
    """Return the name of the rule with this code; of a custom rule, which has none here, the code itself."""
    return next((rule.name for rule in all_rules() if rule.code == code), code)
