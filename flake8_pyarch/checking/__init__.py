"""Rules, what they report, and how they are run over files."""

from flake8_pyarch.checking.finding import Edit, Finding, Fix
from flake8_pyarch.checking.linter import Linter, is_wanted
from flake8_pyarch.checking.registry import all_rules
from flake8_pyarch.checking.rule import Rule

__all__ = ["Edit", "Finding", "Fix", "Linter", "Rule", "all_rules", "is_wanted"]
