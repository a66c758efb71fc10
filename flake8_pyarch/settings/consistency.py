"""What settings of the right types can still have wrong."""

import os
from collections.abc import Mapping
from typing import Any

from flake8_pyarch.files import is_glob
from flake8_pyarch.patterns import is_ignore_pattern
from flake8_pyarch.settings.model import Settings
from flake8_pyarch.settings.selectors import is_selector, stated_selectors

__all__ = ["problems_of"]

_PATTERN_KEYS = ("exclude", "extend-exclude", "per-file-ignores")
_GLOB_KEYS = ("src", "custom-rules")


def problems_of(settings: Settings, values: Mapping[str, Any]) -> list[str]:
    """Return a sentence for everything that is wrong with settings.

    Arguments:
        settings: the settings.
        values: what they were made from, keyed as users write them.

    """
    problems = [*_bad_selectors(values), *_bad_layers(settings), *_bad_patterns(settings), *_bad_globs(settings)]
    return [*problems, *_bad_contracts(settings), *_bad_stack(values)]


def _bad_selectors(values: Mapping[str, Any]) -> list[str]:
    return [
        f"'{key}' holds {code!r}, expected a code or its beginning, such as 'PYA101', 'PYA1' or 'PYX'"
        for key, code in stated_selectors(values)
        if not is_selector(code)
    ]


def _bad_patterns(settings: Settings) -> list[str]:
    stated = [(key, entry) for key in _PATTERN_KEYS for entry in getattr(settings, key.replace("-", "_"))]
    defaults = {*Settings().exclude}
    return [
        f"'{key}' holds {pattern!r}, expected a pattern as in a .gitignore"
        for key, pattern in stated
        if pattern not in defaults and not is_ignore_pattern(pattern)
    ]


def _bad_globs(settings: Settings) -> list[str]:
    return [
        f"'{key}' holds {glob!r}, which searches all that is round the project: name a directory before the '**'"
        for key in _GLOB_KEYS
        for glob in getattr(settings, key.replace("-", "_"))
        if _searches_surroundings(os.path.normpath(glob).split(os.sep))
    ]


def _searches_surroundings(parts: list[str]) -> bool:
    if parts[0] not in {"", os.pardir} or "**" not in parts:
        return False
    return all(part in {"", os.pardir} or is_glob(part) for part in parts[: parts.index("**")])


def _bad_layers(settings: Settings) -> list[str]:
    return [
        f"'layers.{name}.packages' is empty: name at least one directory or pattern, or leave the key out"
        for name, layer in settings.layers.items()
        if layer.packages == ()
    ]


def _bad_contracts(settings: Settings) -> list[str]:
    if not settings.contracts:
        return []
    from flake8_pyarch.settings.contracts import contract_problems  # noqa: PLC0415 - most projects have none

    return [
        f"contract '{contract.name}': {problem}"
        for contract in settings.contracts
        for problem in contract_problems(contract)
    ]


def _bad_stack(values: Mapping[str, Any]) -> list[str]:
    if not values.get("stack"):
        return []
    from packaging.specifiers import InvalidSpecifier, SpecifierSet  # noqa: PLC0415 - few settings have a stack

    problems = []
    for package, versions in values["stack"].items():
        try:
            SpecifierSet(versions)
        except InvalidSpecifier:
            problems.append(f"'stack.{package}' is {versions!r}, expected a version specifier such as '>=1.2'")
    return problems
