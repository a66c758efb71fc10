"""Programs of which parts come from the grammar of Python, whatever it allows, odd spaces and comments included.

What the grammar gives by itself is short, and holds nothing that a rule looks for. So it is put into the programs of
the rules' own cases, under the names that stand there.
"""

import ast
import re
from collections.abc import Iterator
from itertools import accumulate
from keyword import iskeyword, issoftkeyword
from random import Random
from textwrap import indent

import hypothesis
import libcst
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import one_of
from hypothesmith import from_grammar, from_node

from flake8_pyarch.source.text import SourceText, UnparsableError
from tests.robustness.splicing import case_texts

__all__ = ["programs"]

_PARTS_AT_ONCE = 40
_HOSTS_PER_PART = 4
_MOST_PLACES = 6
_NAME = re.compile(r"[^\W\d]\w*(?![\w'\"])")
_NODES = (libcst.FunctionDef, libcst.ClassDef, libcst.Expr)
_GRAMMAR = one_of(from_grammar(), from_grammar(), *(from_node(kind) for kind in _NODES))


def programs(seed: int) -> Iterator[str]:
    """Yield programs that can be parsed, without end; the same seed gives the same programs."""
    random = Random(seed)  # noqa: S311 - it keeps no secret
    hosts = list(case_texts())
    while True:
        for part in _parts(random.getrandbits(32)):
            for _ in range(_HOSTS_PER_PART):
                yield _mixed(part, random.choice(hosts), random)


def _parts(seed: int) -> list[str]:
    """Return programs from the grammar alone."""
    found: dict[str, None] = {}

    @hypothesis.seed(seed)
    @settings(
        max_examples=_PARTS_AT_ONCE,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(_GRAMMAR)
    def note(part: str) -> None:
        found[part] = None

    note()
    return list(found)


def _mixed(part: str, text: str, random: Random) -> str:
    """Return a text with a part, under other names, in several places."""
    renamed = _renamed(part, text, random)
    for _ in range(random.randint(1, _MOST_PLACES)):
        planted = _planted(renamed if _is_python(renamed) else part, text, random)
        text = planted if _is_python(planted) else text
    return text


def _renamed(part: str, host: str, random: Random) -> str:
    """Return a part with names of its host in the place of its own, the same for the same."""
    names = sorted({node.id for node in ast.walk(ast.parse(host)) if isinstance(node, ast.Name)}) or ["x"]
    new: dict[str, str] = {}

    def replaced(found: re.Match[str]) -> str:
        name = found[0]
        return name if iskeyword(name) or issoftkeyword(name) else new.setdefault(name, random.choice(names))

    return _NAME.sub(replaced, part)


def _planted(part: str, host: str, random: Random) -> str:
    """Return a host where a part, or an expression in it, stands in the place of a statement or an expression."""
    kind = random.choice((ast.stmt, ast.expr))
    places = [node for node in ast.walk(ast.parse(host)) if isinstance(node, kind)]
    expressions = [node for node in ast.walk(ast.parse(part)) if isinstance(node, ast.expr)]
    if not places or (kind is ast.expr and not expressions):
        return host
    place = random.choice(places)
    start, end = _range(place, host)
    data = host.encode()
    if kind is ast.expr:
        first, last = _range(random.choice(expressions), part)
        new = b"(" + part.encode()[first:last] + b")"
    else:
        new = indent(part, " " * place.col_offset).encode()[place.col_offset :]
    return (data[:start] + new + data[end:]).decode()


def _range(node: ast.expr | ast.stmt, text: str) -> tuple[int, int]:
    """Return where in the bytes of a text a node begins and ends."""
    starts = [0, *accumulate(map(len, SourceText(text.encode()).data.splitlines(keepends=True)))]
    return starts[node.lineno - 1] + node.col_offset, starts[(node.end_lineno or 0) - 1] + (node.end_col_offset or 0)


def _is_python(text: str) -> bool:
    try:
        SourceText(text.encode()).parse()
    except (UnicodeEncodeError, UnparsableError):
        return False
    return True
