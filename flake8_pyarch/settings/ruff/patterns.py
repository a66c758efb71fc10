"""Which files Ruff looks at, and which rules it leaves out in some of them."""

import os
from collections.abc import Callable, Iterator, Sequence

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
    excluded = [*_stated(chain, "exclude", _EXCLUDED), *_added(chain, "extend-exclude")]
    included = [*_stated(chain, "include", ("*.py",)), *_added(chain, "extend-include")]
    stated = ((file, file.lint("exclude", list)) for file in chain)
    left_out = next((_covering(file, patterns) for file, patterns in stated if patterns is not None), [])

    def is_excluded(path: str) -> bool:
        if _covers(left_out, path) or not _covers(included, path):
            return True
        while not _covers(excluded, path):
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
    covers_path, covers_name = _from(file, pattern), path_matcher([pattern])
    return lambda path: (covers_name(os.path.basename(path)) or covers_path(path)) is not is_negated


def _stated(chain: Sequence[RuffFile], key: str, default: Sequence[str]) -> list[Matcher]:
    """Return what the nearest settings state under a key that replaces the default."""
    for file in chain:
        patterns = file.top(key, list)
        if patterns is not None:
            return _covering(file, patterns)
    return _covering(chain[0], default)


def _added(chain: Sequence[RuffFile], key: str) -> list[Matcher]:
    """Return what all the settings state under a key that adds up."""
    return [matcher for file in chain for matcher in _covering(file, file.top(key, list) or ())]


def _covering(file: RuffFile, patterns: Sequence[str]) -> list[Matcher]:
    return [_covering_one(file, pattern) for pattern in patterns]


def _covering_one(file: RuffFile, pattern: str) -> Matcher:
    covers_path, covers_name = _from(file, pattern), path_matcher([pattern])
    if "/" in pattern:
        return covers_path
    return lambda path: covers_path(path) or covers_name(os.path.basename(path))


def _from(file: RuffFile, pattern: str) -> Matcher:
    """Return what tells whether a pattern covers a path, starting where the file lies."""
    return path_matcher([os.path.normpath(os.path.join(escaped(file.directory), pattern))])


def _covers(matchers: Sequence[Matcher], path: str) -> bool:
    return any(covers(path) for covers in matchers)
