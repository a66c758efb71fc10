"""A few of the packages that `tests.robustness.fuzz_mypy` writes; by hand it goes on for as long as one likes."""

from itertools import islice
from pathlib import Path

import pytest

from mypy_pyarch.internals import Build, Checker
from mypy_pyarch.statements import Statements
from mypy_pyarch.use_cases.checks import UseCaseChecks
from tests.robustness.fuzz_mypy import MypyFuzzer
from tests.robustness.mypy_programs import MypyPrograms

_PACKAGES = 20


def test_no_package_breaks_the_plugin(libraries: Path, tmp_path: Path) -> None:
    fuzzer = MypyFuzzer(tmp_path, libraries)
    packages = [*islice(MypyPrograms(0).packages(), _PACKAGES)]
    assert [*fuzzer.culprits(packages)] == []


def test_what_breaks_the_plugin_is_found(libraries: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check_module = UseCaseChecks.check_module

    def fail(checks: UseCaseChecks, build: Build, statements: Statements, checker: Checker) -> set[str]:
        if checker.path.endswith("harmful.py"):
            raise KeyError
        return check_module(checks, build, statements, checker)

    monkeypatch.setattr(UseCaseChecks, "check_module", fail)
    packages = [{f"PACKAGE/{name}.py": ""} for name in ("harmless", "harmful", "innocent")]
    found = [*MypyFuzzer(tmp_path, libraries).culprits(packages)]
    assert [(package, problem.kind) for package, problem in found] == [(packages[1], "note of a failure")]
