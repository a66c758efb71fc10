"""Paths: what is known wherever control flow can come to in a function, worked out by following it.

A path is followed with the values that names and attributes hold on it, and with which of them are not None: tests,
`assert`, `match`, loops, `try`, functions of the same file that are called. `None`, too much to tell, is an answer.
"""

from flake8_pyarch.source.paths.following import exits_of, unchecked_reads
from flake8_pyarch.source.paths.outcomes import Purpose, Read
from flake8_pyarch.source.paths.statements import Exit

__all__ = ["Exit", "Purpose", "Read", "exits_of", "unchecked_reads"]
