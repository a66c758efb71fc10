"""Steps: recursion that does not grow Python's stack, for trees may be deeper than it."""

from collections.abc import Generator
from typing import Any, TypeVar

__all__ = ["DeadEndError", "Steps", "TooLongError", "run"]

T = TypeVar("T")
Steps = Generator[Any, Any, T]
"""A function that yields the calls it depends on, each of them such a generator, and gets their results."""

_MOST_STEPS = 200_000


class DeadEndError(Exception):
    """What is evaluated never hands on a value: it raises, or ends the process."""


class TooLongError(Exception):
    """There is too much to follow."""


def run(first: Steps[T]) -> T:
    """Return what a generator returns, with all the generators it yields.

    Raises:
        DeadEndError: it ends so, and so does everything round it.
        TooLongError: it takes more steps than anybody wants to wait for.

    """
    stack: list[Steps[Any]] = [first]
    result: Any = None
    error: DeadEndError | None = None
    for _ in range(_MOST_STEPS):
        try:
            if error is None:
                called = stack[-1].send(result)
            else:
                thrown, error = error, None
                called = stack[-1].throw(thrown)
            stack.append(called)
            result = None
        except StopIteration as end:
            stack.pop()
            result = end.value
        except DeadEndError as stopped:
            stack.pop()
            result, error = None, stopped.with_traceback(None)
        if not stack:
            if error is not None:
                raise error
            return result  # type: ignore[no-any-return]  # the last result is that of the first generator
    raise TooLongError
