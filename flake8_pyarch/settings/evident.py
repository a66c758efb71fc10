"""Settings that are evidently right.

To import pydantic takes longer than to check a small project. So it is asked only where something is wrong, or has to
be converted: it knows how to say what.
"""

from collections.abc import Mapping
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, get_args, get_origin

from flake8_pyarch.settings.consistency import problems_of
from flake8_pyarch.settings.model import Settings
from flake8_pyarch.settings.table import REQUIRED, Table, keys_of

__all__ = ["evident_settings"]

T = TypeVar("T", bound=Table)


class _UnclearError(Exception):
    """Something does not have just the type it should have."""


def evident_settings(values: Mapping[str, Any]) -> Settings | None:
    """Return the settings that `values`, keyed as users write them, make out; None where that is not evident."""
    try:
        settings = _table(Settings, values)
    except _UnclearError:
        return None
    return None if problems_of(settings, values) else settings


def _table(kind: type[T], stated: object) -> T:
    known = {key.written: key for key in keys_of(kind)}
    _require(isinstance(stated, Mapping) and stated.keys() <= known.keys())
    values: dict[str, Any] = {}
    for written, key in known.items():
        if written in stated:  # type: ignore[operator]  # it is a mapping
            values[key.name] = _value(key.type, stated[written], key.constraints)  # type: ignore[index]
        else:
            _require(key.default is not REQUIRED)
    return kind(**values)


def _value(kind: Any, stated: Any, constraints: Mapping[str, Any]) -> Any:
    _require(constraints.keys() <= {"ge", "min_length"})
    if isinstance(kind, str):
        return _contracts(stated)
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is UnionType:
        (kind,) = (each for each in arguments if each is not NoneType)
        return _value(kind, stated, constraints)
    if origin is Literal:
        _require(isinstance(stated, str) and stated in arguments)
        return stated
    if origin is Mapping:
        _require(isinstance(stated, Mapping))
        key, value = arguments
        return {_value(key, each, {}): _value(value, its_value, {}) for each, its_value in stated.items()}
    if origin is tuple:
        _require(isinstance(stated, list) and len(stated) >= constraints.get("min_length", 0))
        kinds = [arguments[0]] * len(stated) if arguments[1:] == (...,) else [*arguments]
        _require(len(kinds) == len(stated))
        return tuple(_value(each, its_value, {}) for each, its_value in zip(kinds, stated, strict=True))
    if issubclass(kind, Table):
        return _table(kind, stated)
    _require(kind in {bool, int, str} and type(stated) is kind)
    _require(kind is not int or stated >= constraints.get("ge", stated))
    _require(kind is not str or len(stated) >= constraints.get("min_length", 0))
    return stated


def _contracts(stated: object) -> tuple[Any, ...]:
    from flake8_pyarch.settings.contracts import (  # noqa: PLC0415 - most projects have none
        CONTRACT_TYPES,
        with_plain_contracts,
    )

    plain = with_plain_contracts({"contracts": stated})["contracts"]
    _require(isinstance(plain, list) and all(isinstance(each, dict) for each in plain))
    kinds = [each.get("type") for each in plain]
    _require(all(isinstance(kind, str) and kind in CONTRACT_TYPES for kind in kinds))
    return tuple(_table(CONTRACT_TYPES[kind], each) for kind, each in zip(kinds, plain, strict=True))


def _require(holds: bool) -> None:  # noqa: FBT001 - it reads as a sentence
    if not holds:
        raise _UnclearError
