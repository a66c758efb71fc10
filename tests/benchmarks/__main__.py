"""Prints how fast we are, as ratios to other tools on the same files.

python -m tests.benchmarks [--project DIRECTORY] [--times N] [--only WORD] [--sizes 100,1000,10000]
"""

import os
import platform
import shutil
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks.environments import Environments
from tests.benchmarks.measuring import instructions, measure, ratio_of
from tests.benchmarks.projects import write_project

_FLOOR = str(Path(__file__).parent / "floor.py")
_FILES = 480
_ON_OURS_ALONE = ("import-linter", "tach", "mypy")
"""Tools that need a package called `shop`, or contracts about it."""
_SMALL_TEXT = '''"""What a book is."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Book:
    """A book."""

    title: str
    pages: int

    @property
    def is_long(self) -> bool:
        """Whether it takes more than a weekend."""
        return self.pages > 300
'''


class _Comparison(NamedTuple):
    """Two commands.

    Arguments:
        name: what is compared.
        ours, theirs: the commands.
        wanted: the ratio we want to stay below.
        is_cold: whether our cache is emptied before each run.

    """

    name: str
    ours: list[str]
    theirs: list[str]
    wanted: float | None = None
    is_cold: bool = False


def _comparisons(tools: Environments) -> Iterator[_Comparison]:
    """Yield what is compared on a whole project."""
    check = [tools.program("plugin", "pyarch"), "check"]
    one, two = [*check, "--jobs=1"], [*check, "--jobs=2"]
    plain = [tools.program("plain", "flake8"), "--isolated"]
    plugin = [tools.program("plugin", "flake8"), "--isolated", "--jobs=1"]
    ruff = [tools.program("tools", "ruff"), "check"]
    pylint = [tools.program("tools", "pylint"), "--disable=all", "--enable=E,W0611", "-j1", "src"]
    imports = ["env", "PYTHONPATH=src", tools.program("tools", "lint-imports")]
    tach = [tools.program("tools", "tach"), "check"]
    floor = [tools.program("plugin", "python"), _FLOOR]
    yield _Comparison("pyarch, 1 job : read and parse", one, floor, 1.35, is_cold=True)
    yield _Comparison("pyarch, 2 jobs : pyarch, 1 job", two, one, 0.62, is_cold=True)
    yield _Comparison("pyarch, 2 jobs : ruff --select ALL", two, [*ruff, "--select=ALL", "--no-cache"], 2, is_cold=True)
    yield _Comparison("pyarch, 2 jobs : ruff", two, [*ruff, "--no-cache"], is_cold=True)
    yield _Comparison("pyarch, warm : ruff, warm", check, ruff, 1.8)
    yield _Comparison("pyarch, 1 job : flake8, 1 job", one, [*plain, "--jobs=1"], 0.167, is_cold=True)
    yield _Comparison("pyarch, 2 jobs : flake8, 2 jobs", two, [*plain, "--jobs=2"], 0.167, is_cold=True)
    yield _Comparison("flake8 with us : flake8", plugin, [*plain, "--jobs=1"], 1.08)
    for name in ("bugbear", "wemake"):
        theirs = [tools.program(name, "flake8"), "--isolated", "--jobs=1"]
        yield _Comparison(f"flake8 with us : flake8 with {name}", plugin, theirs)
    yield _Comparison("pyarch, 1 job : pylint, errors and unused imports", one, pylint, is_cold=True)
    yield _Comparison("pyarch, 1 job : import-linter, one contract", one, imports, is_cold=True)
    yield _Comparison("pyarch, 1 job : tach, four modules", one, tach, is_cold=True)
    small = "../small/book.py"
    yield _Comparison("pyarch, one small file : flake8", [*one, "--no-cache", small], [*plain, small], 0.6)
    yield _Comparison("flake8 with us, one small file : flake8", [*plugin, small], [*plain, small], 1.25)
    mypy = [tools.program("checked", "mypy"), "--ignore-missing-imports", "src/shop/usecases"]
    for state, cache in (("cold", "/dev/null"), ("warm", ".mypy_cache")):
        ours, theirs = (
            [*mypy, f"--config-file={name}.ini", f"--cache-dir={cache if cache == '/dev/null' else cache + name}"]
            for name in ("with_us", "without_us")
        )
        yield _Comparison(f"mypy with us, {state} : mypy, {state}", ours, theirs, 1.03)


def _print_comparisons(tools: Environments, project: Path, options: Namespace) -> None:
    (project.parent / "small").mkdir(exist_ok=True)
    (project.parent / "small/book.py").write_text(_SMALL_TEXT, encoding="utf-8")
    (project / "with_us.ini").write_text("[mypy]\nplugins = mypy_pyarch\n", encoding="utf-8")
    (project / "without_us.ini").write_text("[mypy]\n", encoding="utf-8")

    def without_caches() -> None:
        shutil.rmtree(project / ".pyarch_cache", ignore_errors=True)

    _print_row("compared", "time", "work", "ours, s", "theirs, s", "wanted")
    _print_row(*["---"] * 6)
    for each in _comparisons(tools):
        is_left_out = options.project is not None and any(name in each.name for name in _ON_OURS_ALONE)
        if options.only in each.name and not is_left_out:
            before: Callable[[], object] = without_caches if each.is_cold else lambda: None
            found = ratio_of(each.ours, each.theirs, project, times=options.times, before=before)
            taken = f"{found.ours.seconds:.2f}", f"{found.theirs.seconds:.2f}"
            wanted = "" if each.wanted is None else f"≤ {each.wanted:g}"
            _print_row(each.name, f"{found.seconds:.2f}", f"{found.processor:.2f}", *taken, wanted)


def _print_instructions(tools: Environments, project: Path) -> None:
    commands = [tools.program("plugin", "python"), "-m", "flake8"], [tools.program("plain", "python"), "-m", "flake8"]
    _print_row("compared", "instructions", "wanted")
    _print_row(*["---"] * 3)
    for name, words, wanted in (
        ("all files", ["--jobs=1", "."], "≤ 1.08"),
        ("one small file", ["../small/book.py"], "≤ 1.25"),
    ):
        ours, theirs = (instructions([*command, "--isolated", *words], project) for command in commands)
        if ours is not None and theirs is not None:
            _print_row(f"flake8 with us, {name} : flake8", f"{ours / theirs:.3f}", wanted)


def _print_growth(tools: Environments, directory: Path, packages: Path, sizes: list[int]) -> None:
    _print_row("files", "seconds", "times the one before", "MB")
    _print_row(*["---"] * 4)
    command = [tools.program("plugin", "pyarch"), "check", "--jobs=1", "--no-cache", "-q"]
    before = None
    for size in sizes:
        found = measure(command, write_project(directory / f"files_{size}", packages, size))
        growth = "" if before is None else f"{found.processor / before:.1f}"
        _print_row(f"{size:,}", f"{found.processor:.2f}", growth, f"{found.memory:.0f}")
        before = found.processor


def _print_row(*cells: str) -> None:
    sys.stdout.write(f"| {' | '.join(cells)} |\n")
    sys.stdout.flush()


def _print_machine() -> None:
    text = Path("/proc/cpuinfo").read_text(encoding="utf-8") if os.path.exists("/proc/cpuinfo") else ""
    names = [line.partition(": ")[2] for line in text.splitlines() if line.startswith("model name")]
    processor = names[0] if names else platform.processor()
    system = f"{platform.system()} {platform.release().partition('-')[0]}"
    sys.stdout.write(f"{os.cpu_count()} processors, {processor}; {system}; Python {platform.python_version()}\n\n")


def _main() -> None:
    parser = ArgumentParser("python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--project", type=Path, help="measure on this project instead of one that is made up")
    parser.add_argument("--times", type=int, default=5, help="how many pairs are measured")
    parser.add_argument("--only", default="", help="only comparisons whose names hold this")
    parser.add_argument("--sizes", default="100,1000,10000", help="of the projects that grow; may be empty")
    parser.add_argument("--directory", type=Path, default=Path(".benchmarks"), help="where everything is kept")
    parser.add_argument("--instructions", action="store_true", help="count instructions too, with Valgrind: slow")
    options = parser.parse_args()
    directory = options.directory.absolute()
    tools = Environments(directory)
    packages = tools.path("tools") / "lib"
    project = directory / "project"
    if options.project is None:
        write_project(project, packages, _FILES)
    else:
        shutil.rmtree(project, ignore_errors=True)
        shutil.copytree(options.project, project, symlinks=True, ignore=shutil.ignore_patterns(".git", "__pycache__"))
    _print_machine()
    _print_comparisons(tools, project, options)
    if options.instructions:
        sys.stdout.write("\n")
        _print_instructions(tools, project)
    if options.sizes:
        sys.stdout.write("\n")
        _print_growth(tools, directory, packages, [int(size) for size in options.sizes.split(",")])


if __name__ == "__main__":
    _main()
