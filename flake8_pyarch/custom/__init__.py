"""Custom rules: ast-grep rule files of the project's own, reported as PYX."""

from flake8_pyarch.custom.rule import CustomRule
from flake8_pyarch.custom.rule_set import RuleSet, read_rule_set
from flake8_pyarch.custom.snippets import SnippetTest, read_tests, tests_beside, verdict

__all__ = ["CustomRule", "RuleSet", "SnippetTest", "read_rule_set", "read_tests", "tests_beside", "verdict"]
