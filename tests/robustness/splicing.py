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
from tests.robustness.parts import Parts

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
        self._parts = Parts(self._random, self._trees)

    def programs(self) -> Iterator[str]:
        while True:
            tree = deepcopy(self._random.choice(self._trees))
            for _ in range(self._random.randint(1, _MOST_SWAPS)):
                self._parts.swap_into(tree)
            try:
                text = ast.unparse(ast.fix_missing_locations(tree))
                SourceText(text.encode()).parse()
            except (AttributeError, RecursionError, UnicodeEncodeError, UnparsableError, ValueError):
                continue
            yield self._disturbed(text)

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
