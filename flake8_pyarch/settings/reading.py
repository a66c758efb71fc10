"""Where settings come from: `pyproject.toml` or `pyarch.toml`, then Flake8, then the command line."""

import os
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple, get_origin

from flake8_pyarch.files import read_file
from flake8_pyarch.settings.errors import ConfigurationError, unreadable
from flake8_pyarch.settings.evident import evident_settings
from flake8_pyarch.settings.model import DEFAULT_STACK, Settings
from flake8_pyarch.settings.presets import PRESETS
from flake8_pyarch.settings.table import keys_of

__all__ = [
    "ROOT_MARKERS",
    "SETTINGS_FILES",
    "Source",
    "described_keys",
    "forget_settings",
    "origins_of",
    "project_root",
    "read_settings_file",
    "resolve",
    "settings_file",
    "value_from_text",
]

SETTINGS_FILES = ("pyarch.toml", "pyproject.toml")
ROOT_MARKERS = ("pyproject.toml", "setup.cfg", "setup.py", "requirements.txt", ".git")
_KEYS = {key.name: key for key in keys_of(Settings)}


class Source(NamedTuple):
    """Settings as one place states them.

    Arguments:
        origin: how to name the place to a user: a file's path, or an option.
        values: key, as users write it, → value.

    """

    origin: str
    values: Mapping[str, Any]


@cache
def settings_file(directory: str) -> str | None:
    """Return the path of the settings file that rules `directory`: the nearest with settings for us, or None."""
    for name in SETTINGS_FILES:
        path = os.path.join(directory, name)
        if os.path.isfile(path) and (name == "pyarch.toml" or _table_of(path) is not None):
            return path
    parent = os.path.dirname(directory)
    return None if parent == directory else settings_file(parent)


@cache
def project_root(directory: str) -> str:
    """Return the directory of the project that `directory` belongs to.

    That is where its settings stand; without any, the nearest directory upwards that looks like the top of a project;
    without any, `directory` itself.
    """
    found = settings_file(directory)
    if found:
        return os.path.dirname(found)
    above = directory
    while True:
        if any(_marks_root(os.path.join(above, marker)) for marker in ROOT_MARKERS):
            return above
        parent = os.path.dirname(above)
        if parent == above:
            return directory
        above = parent


def _marks_root(path: str) -> bool:
    """Tell whether there is a marker; a `setup.py` may as well be a module that sets something up."""
    if not path.endswith("setup.py"):
        return os.path.exists(path)
    try:
        text = read_file(path)
    except OSError:
        return False
    return b"setuptools" in text or b"distutils" in text


def forget_settings() -> None:
    """Forget what settings files said, for they may have changed since."""
    from flake8_pyarch.settings.ruff import forget_ruff  # noqa: PLC0415 - seldom needed

    for cached in (settings_file, project_root, _table_of):
        cached.cache_clear()
    forget_ruff()


def read_settings_file(path: str) -> Source:
    """Return what `path` states for us.

    Raises:
        ConfigurationError: the file cannot be read or is no TOML.

    """
    return Source(path, _table_of(path) or {})


@cache
def _table_of(path: str) -> Mapping[str, Any] | None:
    try:
        text = read_file(path)
        if b"pyarch" not in text and not path.endswith("pyarch.toml"):
            return None
        document = _parsed(text.decode())
    except (OSError, RecursionError, ValueError) as error:
        raise unreadable(path, error) from error
    if path.endswith("pyarch.toml"):
        return document
    tool = document.get("tool")
    table = tool.get("pyarch") if isinstance(tool, dict) else None
    if table is not None and not isinstance(table, dict):
        problem = f"'tool.pyarch' is {table!r}, expected a table"
        raise ConfigurationError(path, problem)
    return table


def _parsed(text: str) -> dict[str, Any]:
    import tomllib  # noqa: PLC0415 - a run without settings does not pay for the parser

    return tomllib.loads(text)


def value_from_text(origin: str, key: str, text: str) -> object:
    """Return the value that the text of an option means: a comma-separated list, a TOML table or array, or itself.

    Raises:
        ConfigurationError: the text should be TOML and is not.

    """
    kind = _KEYS[key.replace("-", "_")].type
    names = tuple[str, ...]
    if kind == names or kind == names | None:
        return [word for part in text.split(",") for word in part.split()]
    if get_origin(kind) not in {Mapping, tuple} and not isinstance(kind, str):
        return text
    try:
        return _parsed(f"value = {text}")["value"]
    except (RecursionError, ValueError) as error:
        problem = f"'{key}' is {text!r}, expected a TOML value: {error}"
        raise ConfigurationError(origin, problem) from error


def resolve(sources: Sequence[Source]) -> Settings:
    """Return the settings that `sources` make out together, a later one winning over an earlier.

    An `extend-` key adds to its base, and adds up over the sources.

    Raises:
        ConfigurationError: a source states something that is not allowed.

    """
    stated = [source for source in sources if source.values]
    if not stated:
        return Settings()
    merged: dict[str, Any] = {}
    for source in stated:
        settings = evident_settings(source.values) or _validated(source)
        for key in source.values:
            name = key.replace("-", "_")
            value = getattr(settings, name)
            merged[name] = (*merged.get(name, ()), *value) if name.startswith("extend_") else value
    merged["stack"] = {**DEFAULT_STACK, **merged.get("stack", {})}
    preset = PRESETS[merged.get("preset", Settings().preset)]
    settings = Settings(**{**preset.settings, **merged})
    return settings.but(**_with_extensions(settings))


def _validated(source: Source) -> Settings:
    from flake8_pyarch.settings.validation import validate  # noqa: PLC0415 - imports pydantic

    return validate(source.origin, source.values)


def origins_of(sources: Sequence[Source]) -> dict[str, str]:
    """Return attribute → the place that decides it, for those that are not at their default."""
    stated = {key.replace("-", "_"): source.origin for source in sources for key in source.values}
    names = [source.values["preset"] for source in sources if "preset" in source.values]
    preset = names[-1] if names else Settings().preset
    return dict.fromkeys(PRESETS[preset].settings, f"preset {preset}") | stated


def _with_extensions(settings: Settings) -> dict[str, Any]:
    extended: dict[str, Any] = {}
    for name in _KEYS:
        base = name.removeprefix("extend_")
        if base != name and base in _KEYS and base != "select":
            extended[base] = (*getattr(settings, base), *getattr(settings, name))
    return extended


def described_keys() -> list[tuple[str, str]]:
    """Return every key, as users write it, and what it means, in the order of the model."""
    return [(key.written, key.description) for key in keys_of(Settings)]
