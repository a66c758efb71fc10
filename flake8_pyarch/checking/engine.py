"""What the engine reports itself: a rule that fails, a file that cannot be parsed, a comment that silences nothing."""

from flake8_pyarch.checking.finding import Finding
from flake8_pyarch.checking.registry import RuleEntry
from flake8_pyarch.settings import ALWAYS_ON
from flake8_pyarch.source.text import UnparsableError

__all__ = ["SYNTAX_ERROR", "UNUSED_NOQA", "crash", "syntax_error"]

SYNTAX_ERROR = "PYA001"
UNUSED_NOQA = "PYA002"


def crash(rule: RuleEntry, error: Exception, line: int = 1, column: int = 0) -> Finding:
    """Return the finding that a rule failed.

    Arguments:
        rule: the rule.
        error: what it failed with.
        line: where what it looked at begins.
        column: the column, in bytes.

    """
    message = f"rule {rule.code} ({rule.name}) failed with {type(error).__name__}: please report this as a bug"
    return Finding(ALWAYS_ON, message, line, column, line, column)


def syntax_error(error: UnparsableError) -> Finding:
    """Return the finding that a file cannot be parsed."""
    message = f"the file cannot be parsed: {error.problem}"
    return Finding(SYNTAX_ERROR, message, error.line, error.column, error.line, error.column)
