"""Packages nobody would write, and whether mypy survives them with the plugin, and says the same but for our findings.

By hand, for as long as one likes, from a seed or another one each time:

    python -m tests.robustness.fuzz_mypy SECONDS [SEED [ARGUMENTS OF MYPY]]
"""

import gc
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import chdir, contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pytest
from mypy import api
from mypy.plugin import Plugin

import mypy_pyarch
from tests.files import write_files
from tests.mypy.running import TOLD, write
from tests.robustness.mypy_programs import MypyPrograms

__all__ = ["MypyFuzzer", "Problem"]

Package = Mapping[str, str]
"""The modules of a package, path → text; `PACKAGE` in both is what it is called."""

_LIBRARIES = "import attrs, fastapi, fastapi.security, pydantic, unittest.mock\n"
_OURS = re.compile(r'\[pyarch-[a-z-]+\]$|: note: "[^"]*" is defined (?:on line \d+|in "[^"]*"|here)$')
_UNUSED = re.compile(r"\[unused-ignore\]$")
"""Not said with the plugin where it is one of our findings that is ignored."""

_ONCE = ": note: See https://mypy.readthedocs.io/"
"""Said once in a run, wherever that begins."""

_CYCLE = "(possible cyclic definition)"
"""What mypy says of some broken programs depends on how often it goes round, and names in metadata add a round."""

_BATCH = 60


class _BrokenRunError(Exception):
    """mypy did not come to an end, because of an error of its own or one that it does not go on after."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong with some packages."""

    kind: str
    details: tuple[str, ...]


class MypyFuzzer:
    """Runs mypy over packages in this process.

    Arguments:
        root: an empty directory.
        libraries: a cache of mypy's that holds the libraries.
        arguments: what mypy is run with, and the cache was made with.

    """

    def __init__(self, root: Path, libraries: Path, *arguments: str) -> None:
        self._root = root
        self._libraries = libraries
        self._arguments = arguments

    def problems_with(self, packages: Sequence[Package]) -> Problem | None:
        """Return the first thing that goes wrong when mypy is run over some packages, None if nothing does.

        Packages that mypy alone does not survive are left out of account.
        """
        try:
            without = self._run(packages, "without", is_ours=False)
        except _BrokenRunError:
            return next(filter(None, map(self.problems_with, _halves(packages))), None)
        try:
            cold = self._run(packages, "with")
            warm = self._run(None, "with", is_new=False)
            touched = self._run(
                [{path: f"{text}\n" for path, text in one.items()} for one in packages[::2]], "with", is_new=False
            )
            again = self._run(packages, "again")
        except _BrokenRunError as error:
            return Problem("broken run", tuple(map(str, error.args)))
        broken = [line for line in cold if "mypy_pyarch" in line or "INTERNAL ERROR" in line]
        if broken:
            return Problem("note of a failure", tuple(broken))
        others = [line for line in cold if not _OURS.search(line)]
        without = [line for line in without if line in others or not _UNUSED.search(line)]
        for kind, before, after in (
            ("changed what mypy says", without, others),
            ("other findings when nothing has changed", cold, warm),
            ("other findings when some files are touched", cold, touched),
            ("other findings the next time", cold, again),
        ):
            if before != after:
                return Problem(kind, tuple(_difference(before, after)))
        return None

    def culprits(self, packages: Sequence[Package]) -> Iterator[tuple[Package, Problem]]:
        """Yield the packages with which something goes wrong, each with what that is."""
        problem = self.problems_with(packages)
        if problem is None:
            return
        found = [each for half in _halves(packages) for each in self.culprits(half)]
        yield from found or [(packages[0] if len(packages) == 1 else {}, problem)]

    def _run(
        self, packages: Sequence[Package] | None, cache: str, *, is_ours: bool = True, is_new: bool = True
    ) -> list[str]:
        """Write packages, run mypy, and return what it says, sorted."""
        project, caches = self._root / "project", self._root / cache
        if is_new:
            shutil.rmtree(project, ignore_errors=True)
            shutil.rmtree(caches, ignore_errors=True)
            shutil.copytree(self._libraries, caches)
            write(project, {})
        for number, package in enumerate(packages or ()):
            name = f"p{number * (1 if is_new else 2):03}"
            write_files(
                project,
                {path.replace("PACKAGE", name): text.replace("PACKAGE", name) for path, text in package.items()},
            )
        with chdir(project), _plugin(mypy_pyarch.plugin if is_ours else _no_plugin), _recursion_limit():
            output, errors, status = api.run(["--cache-dir", str(caches), *self._arguments, "."])
        gc.collect()  # mypy leaves everything in the oldest generation, which nobody would look at for hours
        if status not in {0, 1} or errors not in {"", TOLD}:
            raise _BrokenRunError(status, output[-500:], errors[-3000:])
        return sorted(line for line in output.splitlines() if _ONCE not in line and _CYCLE not in line)


def _halves(packages: Sequence[Package]) -> list[Sequence[Package]]:
    middle = len(packages) // 2
    return [packages[:middle], packages[middle:]] if middle else []


def _no_plugin(_version: str) -> type[Plugin]:
    return Plugin


@contextmanager
def _plugin(entry: Callable[[str], type[Plugin]]) -> Iterator[None]:
    """Let mypy find another plugin in ours, so that its cache of the libraries is of use without ours as well."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mypy_pyarch, "plugin", entry)
        yield


@contextmanager
def _recursion_limit() -> Iterator[None]:
    """Mypy raises the recursion limit of the process it runs in."""
    limit = sys.getrecursionlimit()
    try:
        yield
    finally:
        sys.setrecursionlimit(limit)


def _difference(before: Iterable[str], after: Iterable[str]) -> Iterator[str]:
    before, after = set(before), set(after)
    yield from (f"- {line}" for line in sorted(before - after))
    yield from (f"+ {line}" for line in sorted(after - before))


def _main(seconds: float, seed: int, *arguments: str) -> None:
    sys.stdout.write(f"seed {seed}\n")
    end = time.monotonic() + seconds
    checked = 0
    with tempfile.TemporaryDirectory() as directory:
        root = Path(directory)
        write(root / "libraries", {"uses.py": _LIBRARIES})
        with chdir(root / "libraries"):
            api.run(["--cache-dir", "cache", *arguments, "."])
        fuzzer = MypyFuzzer(root, root / "libraries" / "cache", *arguments)
        packages = MypyPrograms(seed).packages()
        while time.monotonic() < end:
            batch = [*islice(packages, _BATCH)]
            checked += len(batch)
            for package, problem in fuzzer.culprits(batch):
                texts = [f"--- {path}\n{text}" for path, text in package.items()]
                sys.stdout.write("\n".join([f"=== {problem.kind}", *problem.details, *texts, ""]))
                sys.stdout.flush()
    sys.stdout.write(f"{checked} packages\n")


if __name__ == "__main__":
    _main(float(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else int(time.time()), *sys.argv[3:])
