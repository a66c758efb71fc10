"""The work on a file grows with its length, whatever it is full of."""

import cProfile
from pathlib import Path

import pytest

from flake8_pyarch.checking import Linter
from flake8_pyarch.settings import Source
from flake8_pyarch.source import classes
from flake8_pyarch.source.logging import log_calls
from flake8_pyarch.source.text import SourceText
from tests.robustness.constructs import CONSTRUCTS
from tests.robustness.projects import SHOP, write

_SMALL, _LARGE = 20, 80
_MOST_GROWTH = 1.25 * _LARGE / _SMALL


@pytest.fixture(scope="module")
def linter(tmp_path_factory: pytest.TempPathFactory) -> tuple[Linter, Path]:
    root = tmp_path_factory.mktemp("growth")
    write(root, SHOP)
    return Linter([Source("the test", {"preset": "strict"})]), root


@pytest.mark.parametrize("name", CONSTRUCTS)
def test_work_grows_with_the_length(name: str, linter: tuple[Linter, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    # So that short chains show what long ones do.
    monkeypatch.setattr(classes, "_MOST_IN_LINEAGE", 5)
    monkeypatch.setattr(log_calls, "_MOST_PLACES", 5)
    small, large = (CONSTRUCTS[name](count) for count in (_SMALL, _LARGE))
    _calls(small, linter)
    assert _calls(large, linter) < _MOST_GROWTH * _calls(small, linter)


def _calls(text: str, linter: tuple[Linter, Path]) -> int:
    """Return how many calls of functions the check of a text takes."""
    path = str(linter[1] / "shop" / ("api" if "Depends(get" in text else "usecases") / "x.py")
    project = linter[0].project_of(path)
    with cProfile.Profile() as profile:
        result = project.check_text(path, SourceText(text.encode()))
    assert not [each for each in result.reported if each.finding.code in {"PYA000", "PYA001"}]
    return sum(entry.callcount for entry in profile.getstats())
