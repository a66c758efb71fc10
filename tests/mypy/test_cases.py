"""Every case, whatever mypy has in its cache and however it runs."""

import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest

from tests.mypy.cases import CASES, Case
from tests.mypy.running import needs_final_pass, run_mypy, write

pytestmark = needs_final_pass

Said = Mapping[str, list[str]]
"""Package of a case → what mypy says of it, sorted."""


def by_package(lines: Iterable[str]) -> Said:
    said: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        said[line.partition("/")[0]].append(line)
    return said


def cases_by_settings() -> list[list[Case]]:
    found: dict[str, list[Case]] = defaultdict(list)
    for case in CASES:
        found[case.settings].append(case)
    return [*found.values()]


class Project:
    """The cases with the same settings, as one project, with a cache of its own."""

    def __init__(self, root: Path, cases: list[Case]) -> None:
        self.root = root
        self.cases = cases

    def write(self, *, ignoring: bool = False) -> None:
        write(self.root, {"pyproject.toml": f"[tool.pyarch]\n{self.cases[0].settings}"})
        for case in self.cases:
            write(self.root, case.with_ignores() if ignoring else case.files)

    def run(self, *arguments: str) -> list[str]:
        return run_mypy(self.root, self.root / ".cache", *arguments)

    def copy(self, root: Path) -> "Project":
        shutil.copytree(self.root, root)
        return Project(root, self.cases)


def again(project: Project) -> list[str]:
    return project.run()


def touched(number: int) -> Callable[[Project], list[str]]:
    """Return a run after one file of each case was changed, to the same effect."""

    def run(project: Project) -> list[str]:
        for case in project.cases:
            for path in sorted(case.files)[number : number + 1]:
                write(project.root, {path: f"{case.files[path]}\n\n# the end\n"})
        return project.run()

    return run


def parallel(project: Project) -> list[str]:
    shutil.rmtree(project.root / ".cache")
    return project.run("--num-workers", "2")


def classic_parser(project: Project) -> list[str]:
    return project.run("--no-native-parser")


def with_plugins(plugins: str) -> Callable[[Project], list[str]]:
    def run(project: Project) -> list[str]:
        write(project.root, {}, plugins)
        return project.run()

    return run


MODES = {
    "again": again,
    **{f"file {number} touched": touched(number) for number in range(max(len(case.files) for case in CASES))},
    "parallel": parallel,
    "classic parser": classic_parser,
    "after pydantic": with_plugins("pydantic.mypy, mypy_pyarch"),
    "before pydantic": with_plugins("mypy_pyarch, pydantic.mypy"),
}
"""Ways to run mypy over a project that it has a cache of; some make it throw that away."""


@pytest.fixture(scope="module")
def cold(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Project], Said]:
    """Return the projects, and what mypy says of them without a cache."""
    projects = [Project(tmp_path_factory.mktemp("cases"), cases) for cases in cases_by_settings()]
    said = []
    for project in projects:
        project.write()
        said += project.run()
    return projects, by_package(said)


@pytest.fixture(scope="module", params=MODES)
def said(
    request: pytest.FixtureRequest, cold: tuple[list[Project], Said], tmp_path_factory: pytest.TempPathFactory
) -> Said:
    mode = MODES[request.param]
    root = tmp_path_factory.mktemp("mode")
    copies = [project.copy(root / str(number)) for number, project in enumerate(cold[0])]
    return by_package(line for copy in copies for line in mode(copy))


each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


@each_case
def test_cold(case: Case, cold: tuple[list[Project], Said]) -> None:
    assert cold[1].get(case.package, []) == case.expected


@each_case
def test_otherwise(case: Case, said: Said) -> None:
    assert said.get(case.package, []) == case.expected


@pytest.fixture(scope="module")
def said_of_ignored(cold: tuple[list[Project], Said], tmp_path_factory: pytest.TempPathFactory) -> Said:
    root = tmp_path_factory.mktemp("ignored")
    copies = [project.copy(root / str(number)) for number, project in enumerate(cold[0])]
    for copy in copies:
        copy.write(ignoring=True)
    return by_package(line for copy in copies for line in copy.run())


@pytest.mark.parametrize(
    "case", [case for case in CASES if not case.name.startswith("suppression")], ids=lambda case: case.name
)
def test_ignoring_the_codes(case: Case, said_of_ignored: Said) -> None:
    assert said_of_ignored.get(case.package, []) == []
