"""Programs put together from the syntax of the rules' own cases.

A part of one takes the place of a part of another, so that every program holds what some rule looks for, where it does
not expect it.
"""

import ast
import random
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

from flake8_pyarch.source.text import SourceText, UnparsableError
from tests.cases import read_fences

__all__ = ["case_texts", "programs"]

_CASES = Path(__file__).parents[1] / "rules"
_MOST_SWAPS = 12


def programs(seed: int) -> Iterator[str]:
    """Yield programs that can be parsed, without end; the same seed gives the same programs."""
    return _Splicer(seed).programs()


class _Splicer:
    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - it keeps no secret
        self._trees = list(map(ast.parse, case_texts()))
        nodes = [node for tree in self._trees for node in ast.walk(tree)]
        self._expressions = [node for node in nodes if isinstance(node, ast.expr) and not isinstance(node, ast.Starred)]
        self._statements = [node for node in nodes if isinstance(node, ast.stmt)]

    def programs(self) -> Iterator[str]:
        while True:
            tree = deepcopy(self._random.choice(self._trees))
            for _ in range(self._random.randint(1, _MOST_SWAPS)):
                self._swap(tree)
            try:
                text = ast.unparse(ast.fix_missing_locations(tree))
                SourceText(text.encode()).parse()
            except (AttributeError, RecursionError, UnicodeEncodeError, UnparsableError, ValueError):
                continue
            yield self._disturbed(text)

    def _swap(self, tree: ast.Module) -> None:
        """Put a part of some program in the place of a part of this one."""
        node = self._random.choice([node for node in ast.walk(tree) if any(True for _ in ast.iter_child_nodes(node))])
        places = [name for name, value in ast.iter_fields(node) if isinstance(value, (ast.expr, list))]
        if not places:
            return
        name = self._random.choice(places)
        value = getattr(node, name)
        if isinstance(value, ast.expr):
            setattr(node, name, deepcopy(self._random.choice(self._expressions)))
        elif value:
            place = self._random.randrange(len(value))
            if isinstance(value[place], ast.stmt):
                value[place] = deepcopy(self._random.choice(self._statements))
            elif isinstance(value[place], ast.expr):
                value[place] = deepcopy(self._random.choice(self._expressions))

    def _disturbed(self, text: str) -> str:
        """Give a text other line endings, or letters that take several bytes, now and then."""
        return self._random.choice(
            [
                text,
                text.replace("\n", "\r\n"),
                text.replace("self", "sélf"),
                "\f\n" + text,
                text.replace("\n\n", "\n\n# noqa: PYA101\n"),
            ]
        )


def case_texts() -> Iterator[str]:
    """Yield the programs of the rules' cases."""
    for path in sorted(_CASES.rglob("*.md")):
        for info, body in read_fences(path.read_text(encoding="utf-8")):
            if "path=" in info and ".py" in info:
                try:
                    tree = ast.parse(body)
                except SyntaxError:
                    continue
                if tree.body:
                    yield body
