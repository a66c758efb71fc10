"""A few of the programs that `fuzz.py` writes; it goes on for as long as one likes when it is run by hand."""

from itertools import islice
from pathlib import Path

from flake8_pyarch.checking import Linter
from flake8_pyarch.settings import Source
from tests.robustness.fuzz import Fuzzer, problems_with
from tests.robustness.projects import SHOP, write

_PROGRAMS = 100


def test_no_program_breaks_a_rule_or_a_fix(tmp_path: Path) -> None:
    write(tmp_path, SHOP)
    linter = Linter([Source("the test", {"preset": "strict"})])
    for text in islice(Fuzzer(0).programs(), _PROGRAMS):
        assert problems_with(text, tmp_path, linter) == [], text
