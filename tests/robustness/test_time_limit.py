"""A file that takes too long is left to itself, and that is reported, never taken for its result."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from flake8_pyarch.checking import Finding, guard
from flake8_pyarch.rules.layers.outward_import import OutwardImport
from flake8_pyarch.source import Module
from tests.doors import flake8
from tests.robustness.projects import SHOP, check, write

_PLACE = "shop/domain/order.py"
_SOURCE = """import os
from shop.persistence import models
from shop.api import routes

print(os.environ["HOST"])  # noqa: PYA605
"""
_FOUND = [f"{_PLACE}:2:30: PYA101", f"{_PLACE}:3:22: PYA101"]
_WHOLE = [*_FOUND, f"{_PLACE}:5:7: PYA701", f"{_PLACE}:5:28: PYA002"]
_CODES = "PYA002,PYA101,PYA605,PYA701"
_ENDED = f"{_PLACE}:1:1: PYA000 the check took 12 seconds and was ended without "

Run = Callable[..., list[str]]


class _Clock:
    """A clock that stands still while nobody tells it to go on."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.seconds_of_work = 0.0


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> _Clock:
    clock = _Clock()
    monkeypatch.setattr(guard, "monotonic", lambda: clock.seconds)
    monkeypatch.setattr(guard, "process_time", lambda: clock.seconds_of_work)
    return clock


@pytest.fixture
def slow(clock: _Clock, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Give what makes the first rule take some seconds for each import from the project."""

    def make(*, working: float, waiting: float = 0) -> None:
        def visit(rule: OutwardImport, subject: Any, module: Module) -> Iterator[Finding]:
            for finding in OutwardImport.visit_ImportedName(rule, subject, module):
                clock.seconds += working + waiting
                clock.seconds_of_work += working
                yield finding

        monkeypatch.setitem(OutwardImport.handlers, "ImportedName", visit)

    return make


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Give what runs `pyarch check` and returns the lines it prints."""
    write(tmp_path, SHOP | {_PLACE: _SOURCE})
    monkeypatch.chdir(tmp_path)

    def lines(*options: str, codes: str = _CODES) -> list[str]:
        code, out, err = check("--output-format=concise", f"--select={codes}", *options, capsys=capsys)
        assert code in {0, 1}
        return [line for line in (*out.splitlines(), *err.splitlines()) if not line.startswith(("Found", "[*]"))]

    return lines


def _places(lines: list[str]) -> list[str]:
    return [" ".join(line.split(" ")[:2]) for line in lines]


def test_both_doors_report_it_and_what_was_found(tmp_path: Path, run: Run, slow: Callable[..., None]) -> None:
    slow(working=6)
    lines = run("--no-cache")
    assert lines[0] == f"{_ENDED}PYA605, PYA701: split the file, or exclude it"
    assert _places(lines[1:]) == _FOUND
    found = flake8(tmp_path, f"--select={_CODES}", "shop")
    assert found.stderr == ""
    assert found.stdout.splitlines() == lines


def test_at_most_five_rules_are_named(run: Run, slow: Callable[..., None]) -> None:
    slow(working=6)
    selected = "PYA101,PYA301,PYA302,PYA303,PYA304,PYA305,PYA309,PYA701"
    names = "PYA301, PYA302, PYA303, PYA304, PYA305 and 2 more"
    assert run("--no-cache", codes=selected)[0] == f"{_ENDED}{names}: split the file, or exclude it"


def test_to_wait_is_no_work(run: Run, slow: Callable[..., None]) -> None:
    slow(working=4, waiting=20)
    assert _places(run("--no-cache")) == _WHOLE


def test_a_rule_that_is_slow_itself_is_ended(run: Run, slow: Callable[..., None]) -> None:
    slow(working=1)
    write(Path(), {_PLACE: "".join(f"from shop.api import routes{number}\n" for number in range(1000))})
    lines = run("--no-cache")
    assert lines[0] == (
        f"{_PLACE}:1:1: PYA000 the check took 100 seconds and was ended without PYA101, PYA605, PYA701: "
        "split the file, or exclude it"
    )
    assert _places(lines[1:]) == [f"{_PLACE}:{line}:22: PYA101" for line in range(1, 101)]


def test_it_is_not_remembered(run: Run, slow: Callable[..., None]) -> None:
    slow(working=6)
    ended = run()
    assert ended[0].startswith(_ENDED)
    assert run() == ended
    slow(working=0)
    assert _places(run()) == _WHOLE
    slow(working=6)
    assert _places(run()) == _WHOLE


def test_what_was_not_looked_for_is_not_taken_for_fixed(run: Run, slow: Callable[..., None]) -> None:
    run("--update-baseline", codes="PYA101,PYA701")
    accepted = Path(".pyarch-baseline.json").read_text(encoding="utf-8")
    assert [entry["code"] for entry in json.loads(accepted)["findings"]] == ["PYA101", "PYA101", "PYA701"]
    slow(working=6)
    lines = run("--no-cache", "--fix")
    assert lines == [f"{_ENDED}PYA605, PYA701: split the file, or exclude it"]
    assert Path(_PLACE).read_text(encoding="utf-8") == _SOURCE
    run("--no-cache", "--update-baseline")
    assert Path(".pyarch-baseline.json").read_text(encoding="utf-8") == accepted


def test_it_is_never_accepted(run: Run, slow: Callable[..., None]) -> None:
    slow(working=6)
    run("--no-cache", "--update-baseline")
    assert run("--no-cache") == [f"{_ENDED}PYA605, PYA701: split the file, or exclude it"]


@pytest.mark.parametrize("ignored", ['["PYA605", "PYA7"]', '["PYA000"]'])
def test_it_is_silent_where_the_rules_or_it_are_ignored(
    ignored: str, tmp_path: Path, run: Run, slow: Callable[..., None]
) -> None:
    slow(working=6)
    write(tmp_path, {"pyproject.toml": f'[tool.pyarch.per-file-ignores]\n"shop/domain/*.py" = {ignored}\n'})
    assert _places(run("--no-cache")) == _FOUND
