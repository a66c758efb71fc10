"""What Ruff's settings come to for the files of a directory."""

import os
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from flake8_pyarch.globs import GlobError
from flake8_pyarch.settings.installed_ruff import default_codes
from flake8_pyarch.settings.ruff.errors import RuffError
from flake8_pyarch.settings.ruff.files import RuffFile, Selection, ruff_chain, ruff_table
from flake8_pyarch.settings.ruff.patterns import Matcher, exclusion, ignored_in_files
from flake8_pyarch.settings.ruff.rules import RuffRule, ruff_rules, strongest

__all__ = ["RuffSettings", "candidates", "forget_ruff", "ruff_settings"]

_NAMES = (".ruff.toml", "ruff.toml", "pyproject.toml")


class RuffSettings:
    """Ruff's settings for the files below a directory.

    Arguments:
        path: the absolute path of the file that holds them.

    """

    def __init__(self, path: str) -> None:
        self.path = path
        self.files: list[str] = []
        """The files they were read from, each extending the one after it."""
        self.problem: str | None = None
        """Why Ruff would refuse them."""
        self.selected: dict[str, str] = {}
        """The code of each twin that is on in files with nothing of their own → what selects it."""
        self._ignored: list[tuple[Matcher, frozenset[str]]] = []
        self._is_excluded: Matcher = lambda _: False
        try:
            self._resolve(ruff_chain(path, self.files))
        except (RuffError, GlobError) as error:
            self.problem = str(error)
            self.selected = {}

    def reported_in(self, path: str) -> Mapping[str, str]:
        """Return the code of each twin that Ruff reports in the file at the absolute `path` → what selects it."""
        if not self.selected or self._is_excluded(path):
            return {}
        ignored = {code for covers, codes in self._ignored if covers(path) for code in codes}
        return {code: reason for code, reason in self.selected.items() if code not in ignored}

    def _resolve(self, chain: Sequence[RuffFile]) -> None:
        is_preview = _first([file.lint("preview", bool) for file in chain])
        if is_preview is None:
            is_preview = _first([file.top("preview", bool) for file in chain])
        is_preview = bool(is_preview)
        needs_exact = bool(_first([file.lint_or_top("explicit-preview-rules", bool) for file in chain]))
        selections = [file.selection for file in reversed(chain)]
        for rule in ruff_rules().values():
            if rule.can_be_selected(is_preview=is_preview):
                reason = _reason(rule, selections, is_preview=is_preview, needs_exact=needs_exact)
                if reason is not None:
                    self.selected[rule.code] = reason
        self._ignored = list(ignored_in_files(chain, is_preview=is_preview))
        self._is_excluded = exclusion(chain)


def _first(values: Sequence[bool | None]) -> bool | None:
    """Return the first value that is stated."""
    return next((value for value in values if value is not None), None)


def _reason(rule: RuffRule, selections: Sequence[Selection], *, is_preview: bool, needs_exact: bool) -> str | None:
    """Return what selects a rule in the end, None for one that is not selected.

    Arguments:
        rule: the rule.
        selections: what the files select, each before the one that extends it.
        is_preview: whether preview mode is on.
        needs_exact: whether a rule in preview is selected by its full code only.

    """
    reason = "Ruff's default" if _is_default(rule, selections, is_preview=is_preview) else None
    carried: list[str] = []
    for selection in selections:
        select = [*(selection.select or ()), *selection.extend_select]
        wanted = strongest(select, rule, is_preview=is_preview, needs_exact=needs_exact)
        ignore = [*selection.ignore, *carried]
        unwanted = strongest(ignore, rule, is_preview=is_preview, needs_exact=needs_exact)
        if wanted is not None and (unwanted is None or wanted[0] > unwanted[0]):
            reason = f"'{wanted[1]}' in {selection.origin}"
        elif unwanted is not None or selection.select is not None:
            reason = None
        # What is ignored where nothing is selected is meant for the files that extend this one.
        carried = selection.ignore if selection.select == [] and not selection.extend_select else []
    return reason


def _is_default(rule: RuffRule, selections: Sequence[Selection], *, is_preview: bool) -> bool:
    if any(selection.select is not None for selection in selections):
        return False
    codes = default_codes(is_preview=is_preview)
    return rule.is_default(is_preview=is_preview) if codes is None else rule.code in codes


def ruff_settings(directory: str) -> RuffSettings | None:
    """Return Ruff's settings for the files in the directory at the absolute path, None where nobody uses Ruff."""
    path = next((path for path in candidates(directory) if _holds_settings(path)), None)
    return None if path is None else _settings_of(path)


def candidates(directory: str) -> Iterator[str]:
    """Yield the files that may hold Ruff's settings for a directory, there or not, the one that wins first."""
    while True:
        yield from (os.path.join(directory, name) for name in _NAMES)
        parent = os.path.dirname(directory)
        if parent == directory:
            return
        directory = parent


@cache
def _holds_settings(path: str) -> bool:
    if not os.path.isfile(path):
        return False
    try:
        return ruff_table(path) is not None
    except RuffError:
        return True


@cache
def _settings_of(path: str) -> RuffSettings:
    return RuffSettings(path)


def forget_ruff() -> None:
    """Forget what Ruff's settings said, for they may have changed since."""
    for cached in (_holds_settings, _settings_of, default_codes):
        cached.cache_clear()
