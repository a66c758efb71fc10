"""Contracts between modules, with the meaning that import-linter gives them."""

from flake8_pyarch.contracts.breaches import Breach
from flake8_pyarch.contracts.checking import breaches_of, unmatched_ignores, without_ignored
from flake8_pyarch.contracts.direct import DirectCheck

__all__ = ["Breach", "DirectCheck", "breaches_of", "unmatched_ignores", "without_ignored"]
