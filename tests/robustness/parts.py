"""Parts of programs, to be put in the place of parts of others."""

import ast
import random
from collections.abc import Sequence
from copy import deepcopy

__all__ = ["Parts"]


class Parts:
    """The expressions and statements of some programs.

    Arguments:
        chance: what is random about which are taken.
        trees: the programs.

    """

    def __init__(self, chance: random.Random, trees: Sequence[ast.Module]) -> None:
        self._random = chance
        nodes = [node for tree in trees for node in ast.walk(tree)]
        self._expressions = [node for node in nodes if isinstance(node, ast.expr) and not isinstance(node, ast.Starred)]
        self._statements = [node for node in nodes if isinstance(node, ast.stmt)]

    def expression(self) -> ast.expr:
        """Return an expression of some program."""
        return deepcopy(self._random.choice(self._expressions))

    def statement(self) -> ast.stmt:
        """Return a statement of some program."""
        return deepcopy(self._random.choice(self._statements))

    def swap_into(self, tree: ast.Module) -> None:
        """Put a part of some program in the place of a part of `tree`."""
        node = self._random.choice([node for node in ast.walk(tree) if any(True for _ in ast.iter_child_nodes(node))])
        places = [name for name, value in ast.iter_fields(node) if isinstance(value, (ast.expr, list))]
        if not places:
            return
        name = self._random.choice(places)
        value = getattr(node, name)
        if isinstance(value, ast.expr):
            setattr(node, name, self.expression())
        elif value:
            place = self._random.randrange(len(value))
            if isinstance(value[place], ast.stmt):
                value[place] = self.statement()
            elif isinstance(value[place], ast.expr):
                value[place] = self.expression()
