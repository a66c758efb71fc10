"""Programs nobody would write, and whether we survive them.

They are put together from the syntax of the rules' own cases: a part of one takes the place of a part of another, so
that every program holds what some rule looks for, where it does not expect it. By hand, for as long as one likes:

    python -m tests.robustness.fuzz SECONDS
"""

import ast
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

from flake8_pyarch.checking import FileResult, Linter, Project, Reported
from flake8_pyarch.cli.fixes import fix_text
from flake8_pyarch.settings import Source
from flake8_pyarch.source.text import SourceText, UnparsableError
from tests.cases import read_fences
from tests.robustness.projects import SHOP, write

__all__ = ["Fuzzer", "problems_with"]

_CASES = Path(__file__).parents[1] / "rules"
_PLACES = ("shop/api/x.py", "shop/usecases/x.py", "shop/domain/__init__.py", "shop/config/settings.py", "main.py")
_MOST_SWAPS = 12


class Fuzzer:
    """Writes programs.

    Arguments:
        seed: the same seed gives the same programs.

    """

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - it keeps no secret
        self._trees = list(_trees())
        nodes = [node for tree in self._trees for node in ast.walk(tree)]
        self._expressions = [node for node in nodes if isinstance(node, ast.expr) and not isinstance(node, ast.Starred)]
        self._statements = [node for node in nodes if isinstance(node, ast.stmt)]

    def programs(self) -> Iterator[str]:
        """Yield programs that can be parsed, without end."""
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


def _trees() -> Iterator[ast.Module]:
    for path in sorted(_CASES.rglob("*.md")):
        for info, body in read_fences(path.read_text(encoding="utf-8")):
            if "path=" in info and ".py" in info:
                try:
                    tree = ast.parse(body)
                except SyntaxError:
                    continue
                if tree.body:
                    yield tree


def problems_with(text: str, root: Path, linter: Linter) -> list[str]:
    """Return what goes wrong when a program is checked, and fixed, in several places of a project.

    Arguments:
        text: the program.
        root: the project, with the skeleton of `SHOP`.
        linter: the linter.

    """
    problems = []
    for place in _PLACES:
        path = str(root / place)
        project = linter.project_of(path)
        result = project.check_text(path, SourceText(text.encode()))
        if any(each.finding.fix for each in result.reported):
            fixed = fix_text(path, text.encode(), project, unsafe=True, new_ones=_all)
            result = FileResult((*result.reported, *fixed.result.reported))
        found = (each.finding for each in result.reported)
        problems += [f"{place}:{each.line}: {each.message}" for each in found if each.code in {"PYA000", "PYA001"}]
    return problems


def _all(_path: str, _project: Project, result: FileResult) -> list[Reported]:
    return list(result.reported)


def _main(seconds: float) -> None:
    seed = int(time.time())
    sys.stdout.write(f"seed {seed}\n")
    end = time.monotonic() + seconds
    checked = 0
    with tempfile.TemporaryDirectory() as directory:
        root = Path(directory)
        write(root, SHOP)
        linter = Linter([Source("the fuzzer", {"preset": "strict"})])
        for text in Fuzzer(seed).programs():
            if time.monotonic() > end:
                break
            checked += 1
            started = time.monotonic()
            problems = problems_with(text, root, linter)
            took = time.monotonic() - started
            if problems or took > 1:
                sys.stdout.write("\n".join([f"--- {took:.1f} s", *problems, "---", text, ""]))
    sys.stdout.write(f"{checked} programs\n")


if __name__ == "__main__":
    _main(float(sys.argv[1]))
