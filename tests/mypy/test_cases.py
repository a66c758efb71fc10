"""Every case, whatever mypy has in its cache and however it runs."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from mypy.plugin import Plugin

from tests.mypy.cases import CASES, Case
from tests.mypy.running import run_mypy, write

pytestmark = pytest.mark.skipif(
    not hasattr(Plugin, "get_additional_indirect_deps"), reason="mypy before 2.4 shows plugins less: test_old_mypy.py"
)


def cold(root: Path, _cases: list[Case]) -> list[str]:
    return run_mypy(root, root / "cache")


def warm(root: Path, cases: list[Case]) -> list[str]:
    cold(root, cases)
    return cold(root, cases)


def touched(number: int) -> Callable[[Path, list[Case]], list[str]]:
    """Return a way to run mypy after one file of each case was changed, to the same effect."""

    def run(root: Path, cases: list[Case]) -> list[str]:
        cold(root, cases)
        for case in cases:
            for path in sorted(case.files)[number : number + 1]:
                (root / path).write_text(f"{case.files[path]}\n\n# the end\n", encoding="utf-8")
        return cold(root, cases)

    return run


def parallel(root: Path, _cases: list[Case]) -> list[str]:
    return run_mypy(root, root / "cache", "--num-workers", "2")


def classic_parser(root: Path, _cases: list[Case]) -> list[str]:
    return run_mypy(root, root / "cache", "--no-native-parser")


def with_plugins(plugins: str) -> Callable[[Path, list[Case]], list[str]]:
    def run(root: Path, cases: list[Case]) -> list[str]:
        write(root, {}, plugins)
        return cold(root, cases)

    return run


MODES = {
    "cold": cold,
    "warm": warm,
    **{f"file {number} touched": touched(number) for number in range(max(len(case.files) for case in CASES))},
    "parallel": parallel,
    "classic parser": classic_parser,
    "after pydantic": with_plugins("pydantic.mypy, mypy_pyarch"),
    "before pydantic": with_plugins("mypy_pyarch, pydantic.mypy"),
}

Said = Mapping[str, list[str]]
"""Package of a case → what mypy says of it, sorted."""


def run_all(root: Path, mode: Callable[[Path, list[Case]], list[str]], *, ignoring: bool = False) -> Said:
    """Run mypy over all cases, once for each of the settings they have."""
    said: dict[str, list[str]] = defaultdict(list)
    by_settings: dict[str, list[Case]] = defaultdict(list)
    for case in CASES:
        by_settings[case.settings].append(case)
    for number, (settings, cases) in enumerate(by_settings.items()):
        project = root / str(number)
        write(project, {"pyproject.toml": f"[tool.pyarch]\n{settings}"})
        for case in cases:
            write(project, case.with_ignores() if ignoring else case.files)
        for line in mode(project, cases):
            said[line.partition("/")[0]].append(line)
    return said


@pytest.fixture(scope="module", params=MODES)
def said(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Said:
    return run_all(tmp_path_factory.mktemp("cases"), MODES[request.param])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case, said: Said) -> None:
    assert said.get(case.package, []) == case.expected


@pytest.fixture(scope="module")
def said_of_ignored(tmp_path_factory: pytest.TempPathFactory) -> Said:
    return run_all(tmp_path_factory.mktemp("ignored"), cold, ignoring=True)


@pytest.mark.parametrize(
    "case", [case for case in CASES if not case.name.startswith("suppression")], ids=lambda case: case.name
)
def test_ignoring_the_codes(case: Case, said_of_ignored: Said) -> None:
    assert said_of_ignored.get(case.package, []) == []
