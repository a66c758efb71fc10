"""Readings: what a module holds of one kind, found by a function that is imported when it is first needed."""

from importlib import import_module
from typing import TYPE_CHECKING, Generic, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from flake8_pyarch.source.module import Module

__all__ = ["Reading"]

T = TypeVar("T")


class Reading(Generic[T]):
    """An attribute of `Module` that lists what a function yields for it, worked out once for each module.

    Arguments:
        function: the place of the function below `flake8_pyarch.source`: `log_calls.read_log_calls`.

    """

    def __init__(self, function: str) -> None:
        self._function = function
        self._name = ""
        self._read: Callable[[Module], Iterable[T]] | None = None

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type) -> "Reading[T]": ...
    @overload
    def __get__(self, instance: "Module", owner: type) -> list[T]: ...
    def __get__(self, instance: "Module | None", owner: type) -> "Reading[T] | list[T]":
        if instance is None:
            return self
        if self._read is None:
            place, _, name = self._function.rpartition(".")
            self._read = getattr(import_module(f"flake8_pyarch.source.{place}"), name)
        found = list(self._read(instance))
        instance.__dict__[self._name] = found
        return found
