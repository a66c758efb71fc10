"""Questions about the paths through a method, and their answers."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from flake8_pyarch.source.classes import ClassModel, Function
from flake8_pyarch.source.paths.outcomes import Purpose, Read
from flake8_pyarch.source.paths.statements import Exit, Statements
from flake8_pyarch.source.paths.steps import TooLongError, run

if TYPE_CHECKING:
    from flake8_pyarch.source.module import Module

__all__ = ["exits_of", "unchecked_reads"]

_MOST_ATTRIBUTES = 500
"""How many attributes of one class are followed at once."""


def exits_of(method: Function, model: ClassModel, module: "Module") -> list[Exit]:
    """Return the ways out of a method other than by raising; none where that is too much to tell."""
    followed = Statements(module, model.lineage, ())
    if not followed.is_followed(method):
        return []
    try:
        return run(followed.follow(method, Purpose.HELD))
    except TooLongError:
        return []


def unchecked_reads(
    method: Function,
    model: ClassModel,
    module: "Module",
    attributes: Collection[str],
    returned: Purpose = Purpose.USED,
) -> list[Read]:
    """Return the reads of attributes that start as None, where nothing has made sure that they are not None any more.

    The methods, properties and functions of the file that the method calls are followed as well.

    Arguments:
        method: the method, which is called from outside.
        model: the class whose method it is, or which has inherited it.
        module: the file.
        attributes: the attributes that start as None.
        returned: the purpose of a read whose value the method returns.

    """
    if len(attributes) > _MOST_ATTRIBUTES:
        return []
    followed = Statements(module, model.lineage, attributes)
    if not followed.is_followed(method):
        return []
    try:
        run(followed.follow(method, returned))
    except TooLongError:
        return []
    return followed.reads
