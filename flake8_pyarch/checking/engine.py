"""What the engine reports itself: a rule that fails, a file that takes too long or is no Python, an idle comment."""

from collections.abc import Sequence

from flake8_pyarch.checking.finding import Finding
from flake8_pyarch.checking.registry import RuleEntry
from flake8_pyarch.settings import ALWAYS_ON
from flake8_pyarch.source.text import UnparsableError

__all__ = ["SYNTAX_ERROR", "UNUSED_NOQA", "crash", "out_of_time", "syntax_error"]

SYNTAX_ERROR = "PYA001"
UNUSED_NOQA = "PYA002"

_NAMED_RULES = 5


def crash(rule: RuleEntry, error: Exception, line: int = 1, column: int = 0) -> Finding:
    """Return the finding that a rule failed.

    Arguments:
        rule: the rule.
        error: what it failed with.
        line: where what it looked at begins.
        column: the column, in characters.

    """
    message = f"rule {rule.code} ({rule.name}) failed with {type(error).__name__}: please report this as a bug"
    return Finding(ALWAYS_ON, message, line, column, line, column)


def out_of_time(left_out: Sequence[str], seconds: float) -> Finding:
    """Return the finding that a file took too long for all rules to look at it.

    Arguments:
        left_out: the codes of the rules that did not look at it, or at all of it.
        seconds: the processor time that it took until then.

    """
    names = ", ".join(left_out[:_NAMED_RULES])
    more = f" and {len(left_out) - _NAMED_RULES} more" if len(left_out) > _NAMED_RULES else ""
    message = f"the check took {seconds:.0f} seconds and was ended without {names}{more}: split the file, or exclude it"
    return Finding(ALWAYS_ON, message, 1, 0, 1, 0)


def syntax_error(error: UnparsableError) -> Finding:
    """Return the finding that a file cannot be parsed."""
    message = f"the file cannot be parsed: {error.problem}"
    return Finding(SYNTAX_ERROR, message, error.line, error.column, error.line, error.column)
