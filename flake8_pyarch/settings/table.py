"""What the classes of settings have in common: their attributes are keys, each with a type, a default and a meaning.

They could be dataclasses, but making one with sixty attributes takes longer than checking a small file, and so does
importing `dataclasses`. Pydantic, which says what is wrong with settings and makes the JSON Schema, takes them for
such: see `validation.py`.
"""

from collections.abc import Mapping
from typing import Any, ClassVar, Self, dataclass_transform

__all__ = ["REQUIRED", "Key", "Table", "described", "key_of", "keys_of"]

REQUIRED: Any = object()
"""The default of a key that has none."""


class Key:
    """A key of a table of settings.

    Arguments:
        default: its value where it is not stated.
        description: what it means.
        constraints: what a value has to keep to besides its type: `ge`, `min_length`.

    """

    __slots__ = ("constraints", "default", "description", "name", "type", "written")

    name: str
    """The attribute."""
    written: str
    """The key as users write it."""
    type: Any

    def __init__(self, default: object, description: str, constraints: Mapping[str, Any]) -> None:
        self.default = default
        self.description = description
        self.constraints = constraints


def described(default: object, description: str, **constraints: object) -> Any:
    """Return a `Key` as the attribute of a class of settings, whose type it then gets."""
    return Key(default, description, constraints)


def key_of(attribute: str) -> str:
    """Return the key, as users write it, of a settings attribute: `use_case_style` is `use-case-style`."""
    return attribute.replace("_", "-")


@dataclass_transform(kw_only_default=True, frozen_default=True)
class Table:
    """A table of settings. To be derived from; what has an annotation there is a key."""

    has_hyphens: ClassVar = True
    """Whether keys are written with hyphens where the attributes have underscores."""

    _keys: ClassVar[Mapping[str, Key]] = {}

    def __init_subclass__(cls) -> None:
        keys = dict(cls._keys)
        for name, kind in cls.__annotations__.items():
            key = keys[name] = cls.__dict__.get(name) or Key(REQUIRED, "", {})
            key.name, key.type = name, kind
            key.written = key_of(name) if cls.has_hyphens else name
        cls._keys = keys

    def __init__(self, **stated: Any) -> None:
        vars(self).update({name: stated.get(name, key.default) for name, key in self._keys.items()})

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and vars(other) == vars(self)

    def __hash__(self) -> int:
        return hash(repr(self))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in vars(self).items())})"

    def but(self, **changes: Any) -> Self:
        """Return a copy with some other values."""
        return type(self)(**{**vars(self), **changes})

    @classmethod
    def __get_pydantic_core_schema__(cls, _: object, handler: Any) -> Any:
        from flake8_pyarch.settings.validation import schema_of  # noqa: PLC0415 - pydantic asks

        return schema_of(cls, handler)


def keys_of(kind: type[Table]) -> tuple[Key, ...]:
    """Return the keys of a class of settings, in order."""
    return tuple(kind._keys.values())  # noqa: SLF001 - a method would stand in the way of a key of that name
