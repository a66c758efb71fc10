"""Which files Ruff looks at, and which rules it leaves out in some of them."""

import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from flake8_pyarch.globs import escaped, path_matcher
from flake8_pyarch.settings.ruff.files import RuffFile, typed
from flake8_pyarch.settings.ruff.rules import ruff_rules

__all__ = ["Matcher", "exclusion", "ignored_in_files"]

_EXCLUDED = (
    *(".bzr", ".direnv", ".eggs", ".git", ".git-rewrite", ".hg", ".ipynb_checkpoints", ".mypy_cache", ".nox"),
    *(".pants.d", ".pyenv", ".pytest_cache", ".pytype", ".ruff_cache", ".svn", ".tox", ".venv", ".vscode"),
    *("__pypackages__", "_build", "buck-out", "dist", "node_modules", "site-packages", "venv"),
)

Matcher = Callable[[str], bool]
"""Tells whether it covers an absolute path."""


def exclusion(chain: Sequence[RuffFile]) -> Matcher:
    """Return a function that tells whether Ruff does not look at a file.

    Arguments:
        chain: the settings, the nearest first.

    """
    top = chain[0].directory
    excludes = path_matcher([*_stated(chain, RuffFile.top, "exclude", _EXCLUDED), *_added(chain, "extend-exclude")])
    includes = path_matcher([*_stated(chain, RuffFile.top, "include", ("*.py",)), *_added(chain, "extend-include")])
    leaves_out = path_matcher(_stated(chain, RuffFile.lint, "exclude", ()))

    def is_excluded(path: str) -> bool:
        if not includes(path) or leaves_out(path) or leaves_out(os.path.basename(path)):
            return True
        while not (excludes(path) or excludes(os.path.basename(path))):
            if path in {top, os.path.dirname(path)}:
                return False
            path = os.path.dirname(path)
        return True

    return is_excluded


def ignored_in_files(chain: Sequence[RuffFile], *, is_preview: bool) -> Iterator[tuple[Matcher, frozenset[str]]]:
    """Yield, for each pattern of files, what tells whether it covers one, and the codes that Ruff ignores there.

    Arguments:
        chain: the settings, the nearest first.
        is_preview: whether preview mode is on.

    """
    replacing = [(file, file.lint_or_top("per-file-ignores", dict)) for file in chain]
    adding = [(file, file.lint_or_top("extend-per-file-ignores", dict)) for file in chain]
    tables = [*[each for each in replacing if each[1] is not None][:1], *(each for each in adding if each[1])]
    for file, table in tables:
        for pattern in table:
            selectors = typed(table, pattern, list, file.path)
            codes = frozenset(
                code
                for code, rule in ruff_rules().items()
                if any(rule.specificity(selector, is_preview=is_preview) is not None for selector in selectors)
            )
            yield _of_files(file, pattern), codes


def _of_files(file: RuffFile, pattern: str) -> Matcher:
    is_negated = pattern.startswith("!")
    pattern = pattern.removeprefix("!")
    covers_path, covers_name = path_matcher([_from(file, pattern)]), path_matcher([pattern])
    return lambda path: (covers_name(os.path.basename(path)) or covers_path(path)) is not is_negated


def _stated(
    chain: Sequence[RuffFile], table: Callable[[RuffFile, str, type], Any], key: str, default: Sequence[str]
) -> list[str]:
    """Return the globs that the nearest settings state under a key that replaces the default."""
    for file in chain:
        patterns = table(file, key, list)
        if patterns is not None:
            return _globs(file, patterns)
    return list(default)


def _added(chain: Sequence[RuffFile], key: str) -> list[str]:
    """Return the globs that all the settings state under a key that adds up."""
    return [glob for file in chain for glob in _globs(file, file.top(key, list) or ())]


def _globs(file: RuffFile, patterns: Sequence[str]) -> list[str]:
    """Return the globs that patterns stand for: from where the file lies, and, without a slash, from anywhere."""
    return [_from(file, pattern) for pattern in patterns] + [pattern for pattern in patterns if "/" not in pattern]


def _from(file: RuffFile, pattern: str) -> str:
    """Return the glob of absolute paths that a pattern stands for, starting where the file lies."""
    return os.path.normpath(os.path.join(escaped(file.directory), pattern))
