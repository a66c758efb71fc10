"""What each format prints of a small report, to the letter. What is in `golden/` was read by a person.

`PYARCH_GOLDEN=write` writes the files anew.
"""

import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from flake8_pyarch import __version__
from flake8_pyarch.output.counts import render_statistics
from flake8_pyarch.output.formats import FORMATS, render
from flake8_pyarch.output.report import Report
from tests.output.reports import SMALL, report

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture(autouse=True)
def in_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("/")
    monkeypatch.delenv("CI_PROJECT_DIR", raising=False)
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)


def compare(name: str, text: str) -> None:
    file = GOLDEN / f"{name}.txt"
    if os.environ.get("PYARCH_GOLDEN") == "write":
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


def without_pages(text: str) -> str:
    """Return a SARIF log without what the rules' pages say, which changes with them."""
    log: dict[str, Any] = json.loads(text)
    driver = log["runs"][0]["tool"]["driver"]
    assert driver["version"] == __version__
    driver["version"] = "…"
    for rule in driver["rules"]:
        rule |= {"fullDescription": "…", "help": "…", "shortDescription": "…"}
    return json.dumps(log, indent=2, ensure_ascii=False) + "\n"


@pytest.mark.parametrize("output_format", FORMATS)
def test_small_report(output_format: str) -> None:
    text = render(output_format, report(*SMALL))
    assert text == render(output_format, report(*SMALL))
    compare(output_format, without_pages(text) if output_format == "sarif" else text)


@pytest.mark.parametrize("output_format", ["concise", "full", "grouped"])
def test_unsafe_fixes(output_format: str) -> None:
    compare(f"{output_format}_unsafe_fixes", render(output_format, report(*SMALL, unsafe_fixes=True)))


@pytest.mark.parametrize("output_format", ["concise", "full", "grouped"])
def test_colours(output_format: str) -> None:
    text = render(output_format, report(*SMALL, in_colour=True))
    compare(f"{output_format}_in_colour", text.replace("\x1b", "␛"))


def test_fixes_that_were_applied() -> None:
    applied = {"b.py": Counter(PYA504=1, PYA401=12), "a.py": Counter(PYA401=1)}
    shown = report(*SMALL, applied=applied, shows_fixes=True)
    compare("applied", render("concise", shown))


@pytest.mark.parametrize(
    ("options", "entries", "expected"),
    [
        ({}, [], ["All checks passed!"]),
        ({"is_quiet": True}, [], []),
        ({}, SMALL[1:2], ["Found 1 error."]),
        ({}, SMALL[:1], ["Found 1 error.", "1 unsafe fix available with `--fix --unsafe-fixes`."]),
        ({}, SMALL[:1] * 2, ["Found 2 errors.", "2 unsafe fixes available with `--fix --unsafe-fixes`."]),
        ({"unsafe_fixes": True}, SMALL[:1], ["Found 1 error.", "[*] 1 fixable with `--fix`."]),
        ({}, SMALL[2:3], ["Found 1 error.", "[*] 1 fixable with `--fix`."]),
        (
            {},
            SMALL[:3],
            [
                "Found 3 errors.",
                "[*] 1 fixable with `--fix` (1 unsafe fix available with `--fix --unsafe-fixes`).",
            ],
        ),
        ({"is_quiet": True}, SMALL, []),
        ({"applied": {"a.py": Counter(PYA401=1)}}, [], ["Found 1 error (1 fixed, 0 remaining)."]),
        ({"applied": {"a.py": Counter(PYA401=2)}}, SMALL[1:2], ["Found 3 errors (2 fixed, 1 remaining)."]),
    ],
)
def test_summary(options: dict[str, Any], entries: list[Any], expected: list[str]) -> None:
    assert render("concise", report(*entries, **options)).splitlines()[len(entries) :] == expected


def test_statistics() -> None:
    compare("statistics", render_statistics(report(*SMALL, *SMALL[1:]), "concise"))
    compare("statistics_json", render_statistics(report(*SMALL, *SMALL[1:]), "json"))


def test_statistics_of_nothing() -> None:
    assert render_statistics(report(), "full") == ""
    assert json.loads(render_statistics(report(), "json")) == []


def test_statistics_of_a_rule_that_is_fixable_in_part() -> None:
    safe, other = SMALL[2], SMALL[2]
    without = Report([safe, other, *SMALL[1:2]], report().lines_of)
    assert "2\tPYA401\t[*] " in render_statistics(without, "concise")
    assert "\t[ ] outward-import\n" in render_statistics(without, "concise")
    assert "1\tPYA101\toutward-import\n" in render_statistics(report(SMALL[1]), "concise")
