"""Rules, what they report, and how they are run over files."""

from flake8_pyarch.checking.facts import ProjectFacts
from flake8_pyarch.checking.finding import About, Edit, Finding, Fix
from flake8_pyarch.checking.identity import Identity
from flake8_pyarch.checking.linter import Linter, is_wanted
from flake8_pyarch.checking.project import Project
from flake8_pyarch.checking.project_rule import ProjectFinding, ProjectRule
from flake8_pyarch.checking.registry import RuleEntry, all_rules, rule_entries
from flake8_pyarch.checking.results import FileResult, Reported
from flake8_pyarch.checking.rule import Rule

__all__ = [
    "About",
    "Edit",
    "FileResult",
    "Finding",
    "Fix",
    "Identity",
    "Linter",
    "Project",
    "ProjectFacts",
    "ProjectFinding",
    "ProjectRule",
    "Reported",
    "Rule",
    "RuleEntry",
    "all_rules",
    "is_wanted",
    "rule_entries",
]
