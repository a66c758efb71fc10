"""Every case of every rule, through every door."""

import ast
import json
import subprocess
import sys
import sysconfig
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path

import pytest

from flake8_pyarch.checking import Finding, all_rules
from flake8_pyarch.cli.noqa import with_noqa
from flake8_pyarch.source.text import SourceText
from tests.cases import Case, read_cases
from tests.fixes import fixed, project_of
from tests.whole import findings_of

RULES = {rule.name.replace("-", "_"): rule for rule in all_rules()}
CASES = [case for path in sorted(Path(__file__).parent.glob("rules/*/*.md")) for case in read_cases(path)]
NUMBERS = {case.name: number for number, case in enumerate(CASES)}
WITH_TWINS = [case for case in CASES if RULES[case.source.stem].twins and case.expected]
WITH_FIXES = [case for case in CASES if RULES[case.source.stem].is_fixable and case.expected]

each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)

Place = tuple[str, int, int, str]
"""A path, a line, a column, a code."""
Reports = Mapping[str, list[Place]]


def code_of(case: Case) -> str:
    return RULES[case.source.stem].code


@each_case
def test_in_process(case: Case, tmp_path: Path) -> None:
    case.write(tmp_path)
    reports = findings_of(RULES[case.source.stem], tmp_path, case.files)
    found = [(path, finding) for path, findings in reports.items() for finding in findings]
    shown = [
        (path, f.line, f.column + 1, f.end_column + 1 if f.end_line == f.line else None, f.code) for path, f in found
    ]
    assert shown == [(e.path, e.line, e.column, e.end, e.code) for e in case.expected]
    if case.messages:
        assert [line for path, finding in found for line in lines(path, finding)] == case.messages


def lines(path: str, finding: Finding) -> Iterator[str]:
    yield f"{path}:{finding.line}:{finding.column + 1} {finding.code} {finding.message}"
    if finding.fix is not None:
        yield f"  {'safe' if finding.fix.is_safe else 'unsafe'} fix: {finding.fix.message}"


# The command lines run once over all the cases, for their start costs more than a case.


@pytest.fixture(scope="module")
def projects(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("cases"), Case.write)


@pytest.fixture(scope="module")
def projects_with_noqa(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("noqa"), Case.write_with_noqa)


def written(root: Path, write: Callable[[Case, Path], None]) -> Path:
    for number, case in enumerate(CASES):
        write(case, root / f"case{number}")
    return root


def run_flake8(root: Path) -> Reports:
    codes = ",".join(rule.code for rule in all_rules() if rule.in_flake8)
    line_format = '{"path": "%(path)s", "row": %(row)d, "column": %(col)d, "code": "%(code)s"}'
    output = run(root, "flake8", "--isolated", "--select", codes, "--format", line_format, ".")
    found = (json.loads(line) for line in output.splitlines())
    return by_case((entry["path"], entry["row"], entry["column"], entry["code"]) for entry in found)


def run_pyarch(root: Path, *options: str) -> Reports:
    codes = ",".join(rule.code for rule in all_rules())
    output = run(
        *(root, "flake8_pyarch", "check", "--no-cache", "--quiet", "--allow-unmatched", "--select", codes),
        *("--output-format", "json-lines", *options),
    )
    return by_case(places(output, root))


def places(output: str, root: Path) -> Iterator[Place]:
    for entry in map(json.loads, output.splitlines()):
        location = entry["location"]
        yield entry["filename"].removeprefix(f"{root}/"), location["row"], location["column"], entry["code"]


def run(root: Path, module: str, *arguments: str) -> str:
    command = [sys.executable, "-m", module, *arguments]
    run = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert run.stderr == ""
    assert run.returncode in {0, 1}
    return run.stdout


def by_case(found: Iterable[Place]) -> Reports:
    reports: dict[str, list[Place]] = defaultdict(list)
    for path, line, column, code in found:
        number, _, below = path.removeprefix("./").partition("/")
        reports[number].append((below, line, column, code))
    return reports


def of_case(case: Case, reports: Reports) -> list[Place]:
    entries = reports.get(f"case{NUMBERS[case.name]}", [])
    return sorted(entry for entry in entries if entry[3] == code_of(case))


def only(codes: Collection[str], reports: Reports) -> Reports:
    found = {name: sorted(entry for entry in entries if entry[3] in codes) for name, entries in reports.items()}
    return {name: entries for name, entries in found.items() if entries}


def expected_of(case: Case) -> list[Place]:
    return sorted((e.path, e.line, e.column, e.code) for e in case.expected)


def expected_of_flake8(case: Case) -> list[Place]:
    """Return what Flake8 reports: of files it does not look at, at the top of the project's application package."""
    rule = RULES[case.source.stem]
    if not rule.in_flake8:
        return []
    if not rule.in_manifest:
        return expected_of(case)
    package = min((name for name in case.files if name.endswith("/__init__.py")), key=len, default=None)
    return [(package, 1, 1, code) for *_, code in expected_of(case)] if package else []


@pytest.fixture(scope="module")
def by_flake8(projects: Path) -> Reports:
    return run_flake8(projects)


@pytest.fixture(scope="module")
def by_flake8_with_noqa(projects_with_noqa: Path) -> Reports:
    return run_flake8(projects_with_noqa)


@pytest.fixture(scope="module")
def by_pyarch(projects: Path) -> Reports:
    return run_pyarch(projects)


@pytest.fixture(scope="module")
def by_pyarch_with_noqa(projects_with_noqa: Path) -> Reports:
    return run_pyarch(projects_with_noqa)


@each_case
def test_through_the_doors(case: Case, by_flake8: Reports, by_pyarch: Reports) -> None:
    assert of_case(case, by_flake8) == expected_of_flake8(case)
    assert of_case(case, by_pyarch) == expected_of(case)


@each_case
def test_noqa_silences(case: Case, by_flake8_with_noqa: Reports, by_pyarch_with_noqa: Reports) -> None:
    assert of_case(case, by_flake8_with_noqa) == []
    assert of_case(case, by_pyarch_with_noqa) == []


def test_both_doors_report_the_same(by_flake8: Reports, by_pyarch: Reports) -> None:
    """Of all rules, on the cases of all rules."""
    in_both = {rule.code for rule in all_rules() if rule.in_flake8 and not rule.is_about_project}
    assert only(in_both, by_flake8) == only(in_both, by_pyarch)


def test_every_noqa_of_the_cases_is_needed(by_pyarch_with_noqa: Reports) -> None:
    assert [entry for entries in by_pyarch_with_noqa.values() for entry in entries if entry[3] == "PYA002"] == []


@pytest.fixture(scope="module")
def by_ruff(projects: Path) -> Reports:
    options = ("check", "--isolated", "--no-cache", "--preview", "--output-format", "json-lines")
    output = run(projects, "ruff", *options, "--select", "ALL", "--ignore", "D203,D213", ".")
    return by_case(places(output, projects))


@pytest.mark.parametrize("case", WITH_TWINS, ids=lambda case: case.name)
def test_twins_are_what_ruff_reports(case: Case, by_ruff: Reports, tmp_path: Path) -> None:
    """On the same line, or where Ruff reports another line of a statement, anywhere in the statement."""
    case.write(tmp_path)
    twins = RULES[case.source.stem].twins
    reported = [entry for entry in by_ruff.get(f"case{NUMBERS[case.name]}", []) if entry[3] in twins]
    for path, findings in findings_of(RULES[case.source.stem], tmp_path, case.files).items():
        starts = starts_of_statements((tmp_path / path).read_text(encoding="utf-8"))
        by_line: dict[int, set[str]] = defaultdict(set)
        by_statement: dict[int, set[str]] = defaultdict(set)
        for its_path, line, _, code in reported:
            if its_path == path:
                by_line[line].add(code)
                by_statement[starts[line]].add(code)
        for finding in findings:
            assert set(finding.twins) in (by_line[finding.line], by_statement[starts[finding.line]]), finding


OF_OTHER_MATTERS = ("ANN", "CPY", "D", "E401", "F401", "F822", "PLR6301", "Q")
"""Rules of Ruff that report many of these places, but something else there: no docstring, no annotation, no use."""


@pytest.mark.parametrize("name", sorted(RULES))
def test_what_ruff_reports_as_well_is_a_twin(name: str, by_ruff: Reports) -> None:
    """No rule of Ruff reports a third of the places where a rule of ours does, and is not named among its twins."""
    rule = RULES[name]
    total = 0
    seen: Counter[str] = Counter()
    for case in CASES:
        if case.source.stem == name:
            found = defaultdict(set)
            for path, line, column, code in by_ruff.get(f"case{NUMBERS[case.name]}", []):
                found[path, line, column].add(code)
            total += len(case.expected)
            seen.update(code for path, line, column, _ in expected_of(case) for code in found[path, line, column])
    assert [
        code
        for code, count in seen.items()
        if count > max(2, total / 3) and code not in rule.twins and not code.startswith(OF_OTHER_MATTERS)
    ] == KNOWN_OVERLAPS.get(rule.code, [])


KNOWN_OVERLAPS = {
    # Who lets B008 look at FastAPI's defaults reads its report as one about any call; it has a setting to leave them.
    "PYA409": ["B008"],
}


def starts_of_statements(text: str) -> dict[int, int]:
    """Return line → the line where the innermost statement begins that the line belongs to."""
    starts = dict.fromkeys(range(text.count("\n") + 2), 0)
    decorated: dict[int, int] = {}
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.stmt, ast.ExceptHandler)) and node.end_lineno is not None:
            first = min([node.lineno, *(each.lineno for each in getattr(node, "decorator_list", ()))])
            starts |= dict.fromkeys(range(first, node.end_lineno + 1), first)
            decorated[node.lineno] = min(first, decorated.get(node.lineno, first))
    return starts | decorated


@pytest.mark.parametrize("case", CASES[::6], ids=lambda case: case.name)
def test_added_comments_silence(case: Case, tmp_path: Path) -> None:
    """What `--add-noqa` writes: afterwards nothing is reported, and nothing but comments has changed."""
    case.write_bare(tmp_path)
    project = project_of(tmp_path, *(rule.code for rule in all_rules()))
    for name in sorted(name for name in case.files if name.endswith(".py")):
        path, text = str(tmp_path / name), SourceText((tmp_path / name).read_bytes())
        result = project.check_text(path, text)
        after = SourceText(with_noqa(text, result.reported))
        assert project.check_text(path, after).reported == ()
        assert ast.dump(after.parse()) == ast.dump(text.parse())


@pytest.mark.parametrize("case", WITH_FIXES, ids=lambda case: case.name)
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_fixes(case: Case, newline: str, tmp_path: Path) -> None:
    case.write_bare(tmp_path)
    assert case.fixed.keys() <= case.files.keys()
    project = project_of(tmp_path, code_of(case))
    for name in sorted(name for name in case.files if name.endswith(".py")):
        path = str(tmp_path / name)
        before = (tmp_path / name).read_text(encoding="utf-8")
        after = case.fixed.get(name, before)
        before, after = (text.replace("\n", newline) for text in (before, after))
        assert fixed(project, path, before.encode()).decode() == after
        assert fixed(project, path, before.removesuffix(newline).encode()).decode() == after.removesuffix(newline)


def test_fixes_of_public_code() -> None:
    """A part of the standard library, whatever its encodings and its layout."""
    library = Path(sysconfig.get_path("stdlib"))
    files = [path for path in sorted(library.rglob("*.py")) if "site-packages" not in path.parts]
    codes = [rule.code for rule in all_rules() if rule.is_fixable and rule.handlers]
    project = project_of(library, *codes)
    count = 0
    for path in files[::12]:
        content = path.read_bytes()
        if any(each.finding.fix for each in project.check_text(str(path), SourceText(content)).reported):
            count += fixed(project, str(path), content) != content
    assert count > 2


def test_every_fixable_rule_shows_a_fix() -> None:
    shown = {code_of(case) for case in CASES if case.fixed}
    assert shown == {rule.code for rule in all_rules() if rule.is_fixable and rule.handlers}
