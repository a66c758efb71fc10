"""What keeps a file on which rules fail, or which takes too long, from harming the rest of a run."""

from collections.abc import Iterable, Iterator, Sequence
from time import monotonic, process_time
from typing import Any, TypeVar

from flake8_pyarch.checking.engine import crash, out_of_time
from flake8_pyarch.checking.finding import Finding
from flake8_pyarch.checking.registry import RuleEntry
from flake8_pyarch.settings import longest_match
from flake8_pyarch.source import Module

__all__ = ["MOST_SECONDS", "Guard"]

MOST_SECONDS = 10
"""How much processor time the rules may take on one file; no file that people write comes near it."""

_SUBJECTS_AT_ONCE = 100
"""How many subjects a rule is shown before the clock is looked at again."""

_Subject = TypeVar("_Subject")


class Guard:
    """Notes, during the check of one file, which rules do not have their full say on it, and why.

    Where the time is over, the rules that are left are left out.

    Arguments:
        module: the file.

    """

    def __init__(self, module: Module) -> None:
        self._module = module
        self._began = monotonic()
        self._worked_before = process_time()
        self._seconds: float | None = None
        self._crashes: list[tuple[str, Finding]] = []
        self._left_out: set[str] = set()

    @property
    def unheard(self) -> frozenset[str]:
        """The codes of the rules that did not have their full say."""
        return frozenset((*self._left_out, *(code for code, _ in self._crashes)))

    def note_failure(self, entry: RuleEntry, error: Exception, subject: Any = None) -> None:
        """Note that a rule failed, and what it was looking at: a node, or a reading of one."""
        place = getattr(subject, "node", getattr(subject, "call", subject))
        line, column = getattr(place, "lineno", 1), getattr(place, "col_offset", 0)
        self._crashes.append((entry.code, crash(entry, error, line, self._module.characters(line, column))))

    def has_time_for(self, entries: Iterable[RuleEntry]) -> bool:
        """Tell whether there is time for some rules, and note those for which there is none."""
        if self._seconds is None:
            if monotonic() - self._began <= MOST_SECONDS:
                return True
            worked = process_time() - self._worked_before
            if worked <= MOST_SECONDS:
                return True
            self._seconds = worked
        self._left_out.update(entry.code for entry in entries)
        return False

    def in_time(self, subjects: Sequence[_Subject], entry: RuleEntry) -> Iterable[_Subject]:
        """Return the subjects to show to a rule, as many of them as there is time for."""
        return subjects if len(subjects) <= _SUBJECTS_AT_ONCE else self._while_there_is_time(subjects, entry)

    def _while_there_is_time(self, subjects: Sequence[_Subject], entry: RuleEntry) -> Iterator[_Subject]:
        for start in range(0, len(subjects), _SUBJECTS_AT_ONCE):
            if not self.has_time_for([entry]):
                return
            yield from subjects[start : start + _SUBJECTS_AT_ONCE]

    def findings(self, ignored: Sequence[str] = ()) -> Iterator[Finding]:
        """Yield a finding for each rule that failed, and one for those that were left out.

        Arguments:
            ignored: codes and prefixes of rules that have nothing to say on the file anyway.

        """
        yield from (finding for code, finding in self._crashes if not longest_match(code, ignored))
        left_out = sorted(code for code in self._left_out if not longest_match(code, ignored))
        if self._seconds is not None and left_out:
            yield out_of_time(left_out, self._seconds)
