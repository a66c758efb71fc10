"""Every case, whatever mypy has in its cache and however it runs."""

import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from pathlib import Path

import pytest

from tests.mypy.cases import CASES, Case
from tests.mypy.running import run_mypy, write

Said = Mapping[str, list[str]]
"""Package of a case → what mypy says of it, sorted."""


def cases_by_settings() -> list[list[Case]]:
    found: dict[str, list[Case]] = defaultdict(list)
    for case in CASES:
        found[case.settings].append(case)
    return [*found.values()]


class Projects:
    """The cases in a directory: those with the same settings are one project. All share a cache of mypy's."""

    def __init__(self, root: Path) -> None:
        self.by_root = {root / str(number): cases for number, cases in enumerate(cases_by_settings())}
        self.cache = root / "cache"

    @property
    def cases(self) -> list[Case]:
        return [*chain.from_iterable(self.by_root.values())]

    def keep_largest(self) -> None:
        """Go on with those cases alone that have the settings which most have."""
        largest = max(self.by_root, key=lambda root: len(self.by_root[root]))
        self.by_root = {largest: self.by_root[largest]}

    def write(self, files: Callable[[Case], Mapping[str, str]] = lambda case: case.files) -> None:
        for root, cases in self.by_root.items():
            for case in cases:
                write(root, {"pyproject.toml": f"[tool.pyarch]\n{case.settings}", **files(case)})

    def run(self, *arguments: str) -> Said:
        said: dict[str, list[str]] = defaultdict(list)
        for root in self.by_root:
            for line in run_mypy(root, self.cache, *arguments):
                said[line.partition("/")[0]].append(line)
        return said


Mode = Callable[[Projects], Said]
"""A way to run mypy over projects that it has a cache of."""


def again(projects: Projects) -> Said:
    return projects.run()


def touched(number: int) -> Mode:
    """Return a run after every fourth file of each case was changed, to the same effect: few cases have more."""

    def change(case: Case) -> Mapping[str, str]:
        return {path: f"{case.files[path]}\n\n# the end\n" for path in sorted(case.files)[number::4]}

    def run(projects: Projects) -> Said:
        projects.keep_largest()
        projects.write(change)
        return projects.run()

    return run


def anew(*arguments: str, plugins: str) -> Mode:
    """Return a run that makes no use of the cache: it was made with other arguments or plugins."""

    def run(projects: Projects) -> Said:
        for root in projects.by_root:
            write(root, {}, plugins)
        return projects.run(*arguments)

    return run


MODES = {
    "again": again,
    **{f"file {number} touched": touched(number) for number in range(4)},
    "parallel, before pydantic": anew("--num-workers", "2", plugins="mypy_pyarch, pydantic.mypy"),
    "classic parser, after pydantic": anew("--no-native-parser", plugins="pydantic.mypy, mypy_pyarch"),
}


@pytest.fixture(scope="module")
def cold(libraries: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Said]:
    """Return the directory of the projects, and what mypy says of them without a cache."""
    root = tmp_path_factory.mktemp("cold")
    projects = Projects(root)
    shutil.copytree(libraries, projects.cache)
    projects.write()
    return root, projects.run()


@pytest.fixture
def copied(cold: tuple[Path, Said], tmp_path_factory: pytest.TempPathFactory) -> Projects:
    """The projects, with the cache that mypy has of them."""
    return Projects(Path(shutil.copytree(cold[0], tmp_path_factory.mktemp("copied") / "cases")))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_cold(case: Case, cold: tuple[Path, Said]) -> None:
    assert cold[1].get(case.package, []) == case.expected


@pytest.mark.parametrize("mode", MODES)
def test_otherwise(mode: str, copied: Projects) -> None:
    assert MODES[mode](copied) == expected(copied.cases)


def test_ignoring_the_codes(copied: Projects) -> None:
    copied.write(lambda case: case.files if is_of_suppression(case) else case.with_ignores())
    assert copied.run() == expected(filter(is_of_suppression, CASES))


def is_of_suppression(case: Case) -> bool:
    return case.name.startswith("suppression")


def expected(cases: Iterable[Case]) -> Said:
    return {case.package: case.expected for case in cases if case.expected}
