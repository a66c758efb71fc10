"""Which rules there are: every `Rule` in a module of `flake8_pyarch.rules`.

To import them all takes longer than to check a small file. So `rules/table.py` holds what decides whether a rule is
needed; `make docs` writes it, a test holds it to the folder, and a rule is imported when a file has something for it.
"""

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from flake8_pyarch.settings import Layer

if TYPE_CHECKING:
    from flake8_pyarch.checking.rule import Rule
    from flake8_pyarch.custom import RuleSet
    from flake8_pyarch.source import Module

__all__ = ["RULES", "RuleEntry", "all_rules", "custom_rules", "rule_entries", "rule_name", "rules_in_folder"]

RULES = "flake8_pyarch.rules"


class RuleEntry:
    """What is known of a rule before it is imported: the attributes of `Rule` that decide whether it is needed.

    Arguments:
        place: the module below `flake8_pyarch.rules`: `layers.outward_import`.
        rule: the class's name.
        subjects: what its handlers ask for.
        gates: the attributes that are not at the default of `Rule`; sets as tuples.

    """

    in_excluded = False
    """Whether it looks at migrations and the like too."""
    is_gated_by_path = False
    """Whether its gates ask for the path of the file."""
    digest = ""
    """What tells it from a rule that had the same code before."""

    def __init__(self, place: str, rule: str, code: str, subjects: tuple[str, ...], gates: dict[str, Any]) -> None:
        self.place = place
        self.code = code
        self.name = place.rpartition(".")[2].replace("_", "-")
        self.subjects = subjects
        self.gates = gates
        self.on_by_default: bool = gates.get("on_by_default", True)
        self.in_flake8: bool = gates.get("in_flake8", True)
        self.is_about_project: bool = gates.get("is_about_project", False)
        self.in_manifest: bool = gates.get("in_manifest", False)
        self.needs_contracts: bool = gates.get("needs_contracts", False)
        layers = gates.get("layers")
        self._class = rule
        self._rule: Rule | None = None
        self._layers = None if layers is None else frozenset(map(Layer, layers))
        self._packages = frozenset(gates.get("packages", ()))
        self._in_tests = gates.get("in_tests", False)
        self._in_composition = gates.get("in_composition", True)
        self._service_code_only = gates.get("service_code_only", False)

    @property
    def rule(self) -> "Rule":
        """The rule itself, imported when it is first asked for."""
        if self._rule is None:
            self._rule = getattr(import_module(f"{RULES}.{self.place}"), self._class)()
        return self._rule

    def applies_to(self, module: "Module") -> bool:
        """Tell whether the rule's gates let a module pass."""
        if module.is_test and not self._in_tests:
            return False
        if self._layers is not None and module.layer not in self._layers:
            return False
        if self._service_code_only and not module.is_service_code:
            return False
        if not self._in_composition and module.is_composition:
            return False
        return not self._packages or not self._packages.isdisjoint(module.imported_packages)


@cache
def rule_entries() -> tuple[RuleEntry, ...]:
    """Return an entry for every rule, in order of code."""
    from flake8_pyarch.rules.table import TABLE  # noqa: PLC0415 - the rules import this package

    return tuple(RuleEntry(*row) for row in TABLE)


def custom_rules(root: str, globs: tuple[str, ...]) -> "RuleSet | None":
    """Return the custom rules of the project at `root`, None for a project without.

    Raises:
        ConfigurationError: a rule file cannot be used.

    """
    if not globs:
        return None
    from flake8_pyarch.custom import read_rule_set  # noqa: PLC0415 - most projects have none

    return read_rule_set(root, globs)


def all_rules() -> tuple["Rule", ...]:
    """Return every rule, in order of code."""
    return tuple(entry.rule for entry in rule_entries())


def rule_name(code: str) -> str:
    """Return the name of the rule with this code; of a custom rule, which has none here, the code itself."""
    return next((entry.name for entry in rule_entries() if entry.code == code), code)


def rules_in_folder() -> Iterator["Rule"]:
    """Yield the rules that the folder really holds, each imported: what the table is made from."""
    from pkgutil import iter_modules  # noqa: PLC0415 - only for who makes or tests the table

    from flake8_pyarch.checking.rule import Rule  # noqa: PLC0415

    for family in iter_modules(import_module(RULES).__path__, f"{RULES}."):
        if family.ispkg:
            for entry in iter_modules(import_module(family.name).__path__, f"{family.name}."):
                for value in vars(import_module(entry.name)).values():
                    if isinstance(value, type) and issubclass(value, Rule) and value.__module__ == entry.name:
                        yield value()
