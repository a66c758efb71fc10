"""With mypy older than 2.4 default values are checked, and what is missing is said once: `run_mypy` looks at that."""

from pathlib import Path

import pytest

from tests.mypy.cases import CASES
from tests.mypy.running import HAS_FINAL_PASS, run_mypy, write

pytestmark = pytest.mark.skipif(HAS_FINAL_PASS, reason="this mypy shows plugins all")

FILES = {
    path: text
    for case in CASES
    if not case.settings and not case.name.startswith("suppression")
    for path, text in case.files.items()
}
EXPECTED = [said for case in CASES for said in case.expected if said.partition(":")[0] in FILES]


def is_of_default_value(said: str) -> bool:
    path, line, column, _ = said.split(":", 3)
    before = FILES[path].split("\n")[int(line) - 1][: int(column) - 1]
    return before.endswith("= ") and "[pyarch-depends-override]" not in said


def test_default_values(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    cache = tmp_path / "cache"
    said = [line for line in run_mypy(tmp_path, cache) if "[pyarch-" in line]
    assert said == [line for line in EXPECTED if "[pyarch-" in line and is_of_default_value(line)]
    assert [line for line in run_mypy(tmp_path, cache) if "[pyarch-" in line] == said
