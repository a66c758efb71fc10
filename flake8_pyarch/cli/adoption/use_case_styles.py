"""How a project writes its use cases."""

import ast
from collections import Counter
from dataclasses import dataclass, field

from flake8_pyarch.source import Module
from flake8_pyarch.source.classes import Function, receiver_of
from flake8_pyarch.source.naming import is_dunder
from flake8_pyarch.source.syntax import own_nodes
from flake8_pyarch.source.use_cases import UseCaseModel, is_none, is_property, is_setter, read_use_cases

__all__ = ["CALL", "SETTER_PROPERTY", "UseCaseStyles"]

SETTER_PROPERTY = "setter-property"
CALL = "call"

_MAJORITY = 0.8


@dataclass(slots=True)
class UseCaseStyles:
    """The use-case classes of a project, counted.

    Arguments:
        classes: how many there are, bases left out.
        styles: how they take inputs and show results.
        methods: the methods that run them.

    """

    classes: int = 0
    styles: Counter[str] = field(default_factory=Counter)
    methods: Counter[str] = field(default_factory=Counter)

    def count(self, module: Module) -> None:
        """Count the use cases of a module."""
        for use_case in read_use_cases(module):
            if use_case.is_base_or_helper:
                continue
            self.classes += 1
            method = _action(use_case)
            if method is not None:
                self.methods[method.name] += 1
                style = _style(use_case, method)
                if style is not None:
                    self.styles[style] += 1

    @property
    def style(self) -> str | None:
        """The style that nearly all have; None where they differ, or too few show one."""
        return self._winner(self.styles)

    @property
    def method(self) -> str | None:
        """The method that runs nearly all; None where they differ, or too few tell."""
        return self._winner(self.methods)

    def _winner(self, counts: Counter[str]) -> str | None:
        for name, count in counts.most_common(1):
            return name if count >= _MAJORITY * counts.total() and 2 * count >= self.classes else None
        return None


def _action(use_case: UseCaseModel) -> Function | None:
    """Return the method that runs a use case: `execute`, or else its only public one."""
    if use_case.execute is not None:
        return use_case.execute
    public = [
        method
        for name, method in use_case.methods.items()
        if not name.startswith("_") and not is_dunder(name) and not is_setter(method) and not is_property(method)
    ]
    return public[0] if len(public) == 1 else None


def _style(use_case: UseCaseModel, method: Function) -> str | None:
    arguments = method.args
    count = len([*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs])
    takes_arguments = count > (receiver_of(method) is not None) or arguments.vararg or arguments.kwarg
    if takes_arguments or _gives_back(method):
        return CALL
    return SETTER_PROPERTY if use_case.setters or use_case.properties else None


def _gives_back(method: Function) -> bool:
    returned = [node.value for node in own_nodes(method.body) if isinstance(node, ast.Return)]
    return any(value is not None and not is_none(value) for value in returned)
