"""Every case of every rule, through every door."""

import ast
import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import pytest

from flake8_pyarch.checking import Finding, Linter, all_rules
from flake8_pyarch.settings import Source
from tests.cases import Case, Expected, read_cases

RULES = {rule.name.replace("-", "_"): rule for rule in all_rules()}
CASES = [case for path in sorted(Path(__file__).parent.glob("rules/*/*.md")) for case in read_cases(path)]

each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


def code_of(case: Case) -> str:
    return RULES[case.source.stem].code


def check(root: Path, case: Case) -> dict[str, list[Finding]]:
    linter = Linter([Source("the case", {"select": [code_of(case)]})])
    found = {}
    for name in sorted(case.files):
        if name.endswith(".py"):
            path = root / name
            text = path.read_text(encoding="utf-8")
            found[name] = linter.check(str(path), ast.parse(text), text.splitlines(keepends=True))
    return found


def matches(expected: Expected, path: str, finding: Finding) -> bool:
    end = finding.end_column + 1 if finding.end_line == finding.line else None
    return (expected.path, expected.line, expected.column, expected.code, expected.end) == (
        path,
        finding.line,
        finding.column + 1,
        finding.code,
        end,
    )


@each_case
def test_in_process(case: Case, tmp_path: Path) -> None:
    case.write(tmp_path)
    found = [(path, finding) for path, findings in check(tmp_path, case).items() for finding in findings]
    shown = [
        (path, f.line, f.column + 1, f.end_column + 1 if f.end_line == f.line else None, f.code) for path, f in found
    ]
    assert shown == [(e.path, e.line, e.column, e.end, e.code) for e in case.expected]
    if case.messages:
        assert [f"{path}:{f.line}:{f.column + 1} {f.code} {f.message}" for path, f in found] == case.messages


Reported = Mapping[str, list[tuple[str, int, int, str]]]


def run_flake8(root: Path) -> Reported:
    """Run Flake8 once over all the cases, for its start costs more than a case."""
    codes = ",".join(rule.code for rule in all_rules() if rule.in_flake8)
    line_format = '{"path": "%(path)s", "row": %(row)d, "col": %(col)d, "code": "%(code)s"}'
    run = subprocess.run(
        [sys.executable, "-m", "flake8", "--isolated", "--select", codes, "--format", line_format, "."],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.stderr == ""
    reported: dict[str, list[tuple[str, int, int, str]]] = defaultdict(list)
    for line in run.stdout.splitlines():
        entry = json.loads(line)
        number, _, path = entry["path"].removeprefix("./").partition("/")
        reported[number].append((path, entry["row"], entry["col"], entry["code"]))
    return reported


@pytest.fixture(scope="module")
def flake8_reports(tmp_path_factory: pytest.TempPathFactory) -> Reported:
    root = tmp_path_factory.mktemp("flake8")
    for number, case in enumerate(CASES):
        case.write(root / f"case{number}")
    return run_flake8(root)


@pytest.fixture(scope="module")
def flake8_reports_with_noqa(tmp_path_factory: pytest.TempPathFactory) -> Reported:
    root = tmp_path_factory.mktemp("noqa")
    for number, case in enumerate(CASES):
        case.write_with_noqa(root / f"case{number}")
    return run_flake8(root)


def of_case(case: Case, reported: Reported) -> list[tuple[str, int, int, str]]:
    entries = reported.get(f"case{CASES.index(case)}", [])
    return sorted(entry for entry in entries if entry[3] == code_of(case))


@each_case
def test_in_flake8(case: Case, flake8_reports: Reported) -> None:
    expected = sorted((e.path, e.line, e.column, e.code) for e in case.expected)
    assert of_case(case, flake8_reports) == (expected if RULES[case.source.stem].in_flake8 else [])


@each_case
def test_noqa_silences(case: Case, flake8_reports_with_noqa: Reported) -> None:
    assert of_case(case, flake8_reports_with_noqa) == []
