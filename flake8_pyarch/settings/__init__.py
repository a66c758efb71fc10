"""The settings of a project: what they are, where they are read from, and what they select."""

from flake8_pyarch.settings.errors import ConfigurationError, MissingPathError, did_you_mean, reason_of, unreadable
from flake8_pyarch.settings.layers import LAYERS, OUTER_LAYERS, Layer
from flake8_pyarch.settings.model import Settings
from flake8_pyarch.settings.reading import (
    ROOT_MARKERS,
    SETTINGS_FILES,
    Source,
    described_keys,
    forget_settings,
    origins_of,
    project_root,
    read_settings_file,
    resolve,
    settings_file,
    value_from_text,
)
from flake8_pyarch.settings.selectors import (
    ALWAYS_ON,
    CODE_PREFIXES,
    FAMILY_LENGTH,
    is_selected,
    longest_match,
    stated_selectors,
)
from flake8_pyarch.settings.table import keys_of

__all__ = [
    "ALWAYS_ON",
    "CODE_PREFIXES",
    "FAMILY_LENGTH",
    "LAYERS",
    "OUTER_LAYERS",
    "ROOT_MARKERS",
    "SETTINGS_FILES",
    "ConfigurationError",
    "Layer",
    "MissingPathError",
    "Settings",
    "Source",
    "described_keys",
    "did_you_mean",
    "forget_settings",
    "is_selected",
    "keys_of",
    "longest_match",
    "origins_of",
    "project_root",
    "read_settings_file",
    "reason_of",
    "resolve",
    "settings_file",
    "stated_selectors",
    "unreadable",
    "value_from_text",
]
