"""A few of the programs that `fuzz.py` goes through; it goes on for as long as one likes when it is run by hand."""

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import pytest

from flake8_pyarch.checking import Linter
from flake8_pyarch.settings import Source
from tests.robustness import grammar, splicing
from tests.robustness.projects import SHOP, write
from tests.robustness.survival import problems_with

_PROGRAMS = 100
_LEAST_NEW = 0.9


@pytest.mark.filterwarnings("ignore::SyntaxWarning", "ignore::DeprecationWarning")
@pytest.mark.parametrize("programs", [splicing.programs, grammar.programs], ids=["spliced", "from the grammar"])
def test_no_program_breaks_a_rule_or_a_fix(programs: Callable[[int], Iterator[str]], tmp_path: Path) -> None:
    write(tmp_path, SHOP)
    linter = Linter([Source("the test", {"preset": "strict"})])
    texts = list(islice(programs(0), _PROGRAMS))
    assert len(set(texts)) > _LEAST_NEW * _PROGRAMS
    for text in texts:
        assert problems_with(text, tmp_path, linter) == [], text
