"""Custom rules report as ours do, in Flake8 and in `pyarch check` alike."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

from flake8_pyarch.checking import Linter
from tests.custom.projects import RULES, found, write
from tests.doors import flake8, pyarch

MODULE = 'é = "ä𝄞"; print("ö", é.upper())\n\n\ndef f():\n    print(\n        é)\n'
PLACES = [
    "1:11: PYX001 'print' writes \"ö\", é.upper() past the log",
    "1:22: PYX002 no-upper",
    "5:5: PYX001 'print' writes é past the log",
]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write(tmp_path, {"lint/rules.yml": RULES, "shop/m.py": MODULE})


def lines(text: str) -> list[str]:
    return [line.replace("[*] ", "").removeprefix("shop/m.py:") for line in text.splitlines() if " PYX" in line]


def test_both_doors_report_the_same(project: Path) -> None:
    run = pyarch(project, "check", "--no-cache", "--select", "PYX")
    assert (run.returncode, run.stderr, lines(run.stdout)) == (1, "", PLACES)
    for arguments in ([], ["--select", "PYX"], ["--select", "PYX0,E"]):
        run = flake8(project, *arguments, "shop/m.py")
        assert (run.stderr, lines(run.stdout)) == ("", PLACES)


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + MODULE.encode(),
        MODULE.replace("\n", "\r\n").encode(),
        MODULE.replace("\n", "\r").encode(),
        ("\x0c" + MODULE).encode(),
    ],
    ids=["byte order mark", "CRLF", "CR", "form feed"],
)
def test_places_whatever_the_file_is_like(project: Path, content: bytes) -> None:
    (project / "shop" / "m.py").write_bytes(content)
    shift = int(content.startswith(b"\x0c"))
    places = [
        (f.line, f.column, f.end_line, f.end_column) for f in (each.finding for each in found(project, "shop/m.py"))
    ]
    assert places == [(1, 10 + shift, 1, 31 + shift), (1, 21 + shift, 1, 30 + shift), (5, 4, 6, 10)]


def test_encodings(project: Path) -> None:
    (project / "shop" / "m.py").write_bytes("# coding: cp1251\nимя = 1; print(имя)\n".encode("cp1251"))
    assert lines(flake8(project, "shop/m.py").stdout) == ["2:10: PYX001 'print' writes имя past the log"]


def test_selection(project: Path) -> None:
    def codes(settings: str) -> list[str]:
        text = f'[tool.pyarch]\ncustom-rules = ["lint/*.yml"]\n{settings}\n'
        (project / "pyproject.toml").write_text(text)
        return [each.finding.code for each in found(project, "shop/m.py")]

    assert codes('preset = "layers"') == ["PYX001", "PYX002", "PYX001"]
    assert codes('select = ["PYX002"]') == ["PYX002"]
    assert codes('select = ["PYA"]') == []
    assert codes('ignore = ["PYX001"]') == ["PYX002"]
    assert codes('ignore = ["PYX"]') == []
    assert codes('per-file-ignores = {"shop/*" = ["PYX001"]}') == ["PYX002"]
    assert codes('extend-exclude = ["shop"]') == []


def test_severity_off_turns_a_rule_off(project: Path) -> None:
    (project / "lint" / "rules.yml").write_text(RULES.replace("warning", "off"))

    def codes(*arguments: str) -> set[str]:
        run = flake8(project, *arguments, "shop/m.py")
        return {line.split()[1] for line in lines(run.stdout)}

    assert codes() == {"PYX002"}
    assert codes("--select", "PYX") == {"PYX002"}
    assert codes("--select", "PYX001") == {"PYX001"}
    (project / "pyproject.toml").write_text('[tool.pyarch]\ncustom-rules = ["lint/*.yml"]\npreset = "strict"\n')
    assert codes() == {"PYX002"}


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("", ["m.py", "migrations/m.py", "shop/m.py", "tests/m.py"]),
        ("files: ['tests/**', 'migrations/*']\n", ["migrations/m.py", "tests/m.py"]),
        ("ignores: ['**/tests/**']\n", ["m.py", "migrations/m.py", "shop/m.py"]),
        ("files: ['*.py']\nignores: ['shop/*', m.py]\n", ["migrations/m.py", "tests/m.py"]),
    ],
)
def test_files_and_ignores_alone_decide(tmp_path: Path, keys: str, expected: list[str]) -> None:
    names = ["m.py", "migrations/m.py", "shop/m.py", "tests/m.py"]
    rule = f"id: x\nlanguage: py\nrule: {{pattern: f()}}\n{keys}"
    write(tmp_path, {"lint/x.yml": rule} | dict.fromkeys(names, "f()\n"))
    assert [name for name in names if found(tmp_path, name)] == expected


def test_comments_silence(project: Path) -> None:
    text = "print(1)  # noqa: PYX001\nprint(2)  # noqa\nprint(3)  # noqa: PYX002\nprint(\n    4)  # noqa: PYX001\n"
    (project / "shop" / "m.py").write_text(text)
    run = pyarch(project, "check", "--no-cache", "--select", "PYX,PYA002")
    shown = [line.split()[:2] for line in run.stdout.splitlines() if "PY" in line]
    assert shown == [
        ["shop/m.py:3:1:", "PYX001"],
        ["shop/m.py:3:11:", "PYA002"],
        ["shop/m.py:4:1:", "PYX001"],
        ["shop/m.py:5:9:", "PYA002"],
    ]
    assert [line.split()[0] for line in lines(flake8(project, "shop/m.py").stdout)] == ["3:1:", "4:1:"]
    pyarch(project, "check", "--no-cache", "--select", "PYX", "--add-noqa")
    assert lines(flake8(project, "shop/m.py").stdout) == []
    (project / "shop" / "m.py").write_text("# ruff: noqa: PYX001\nprint(1)\n")
    assert lines(flake8(project, "shop/m.py").stdout) == []


def test_baseline(project: Path) -> None:
    assert pyarch(project, "check", "--select", "PYX", "--update-baseline").returncode == 0
    moved = MODULE.replace("print(\n        é)", "print(é)").replace("\n\n\n", "\n\n\nx = 1\n")
    (project / "shop" / "m.py").write_text(moved)
    assert pyarch(project, "check", "--select", "PYX").returncode == 0
    (project / "shop" / "m.py").write_text(moved + "print(2)\n")
    assert lines(pyarch(project, "check", "--select", "PYX").stdout) == ["7:1: PYX001 'print' writes 2 past the log"]


def test_results_depend_on_the_rules(project: Path) -> None:
    def reported() -> list[str]:
        return lines(pyarch(project, "check", "--select", "PYX").stdout)

    assert reported() == reported() == PLACES
    (project / "lint" / "rules.yml").write_text(RULES.replace("past the log", "around"))
    assert reported()[2] == "5:5: PYX001 'print' writes é around"
    (project / "lint" / "more.yml").write_text("id: f\nlanguage: python\nrule: {pattern: 'def f(): $$$A'}\n")
    assert reported()[2] == "4:1: PYX001 f"


def test_formats_say_what_the_rule_says(project: Path) -> None:
    def output(name: str) -> str:
        return pyarch(project, "check", "--select", "PYX", "--output-format", name).stdout

    first, second, _ = json.loads(output("json"))
    assert (first["code"], first["name"], first["severity"], first["url"]) == ("PYX001", "no-print", "warning", None)
    assert first["fix"]["edits"][0]["content"] == 'log("ö", é.upper())'
    assert (second["name"], second["severity"], second["fix"]) == ("no-upper", "error", None)
    run = json.loads(output("sarif"))["runs"][0]
    rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    assert rules["PYX001"]["help"]["text"] == "Whoever runs the service reads the log."
    assert [result["level"] for result in run["results"]] == ["warning", "error", "warning"]
    assert [line.partition(" ")[0] for line in output("github").splitlines()] == ["::warning", "::error", "::warning"]
    assert [issue["severity"] for issue in json.loads(output("gitlab"))] == ["minor", "major", "minor"]
    statistics = pyarch(project, "check", "--select", "PYX", "--statistics").stdout
    assert statistics.startswith("2\tPYX001\t[*] no-print\n1\tPYX002\t[ ] no-upper\n")


def test_rule_that_crashes_leaves_the_others(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    linter = Linter()
    custom = linter.project_of(str(project)).custom_rules
    assert custom is not None
    monkeypatch.setattr(custom.rules[0], "matches", lambda _: 1 / 0)
    path = project / "shop" / "m.py"
    findings = linter.check(str(path), ast.parse(MODULE), MODULE.splitlines(keepends=True))
    shown = [(each.code, each.message) for each in findings if each.code in {"PYA000", "PYX002"}]
    crash = "rule PYX001 (no-print) failed with ZeroDivisionError: please report this as a bug"
    assert shown == [("PYA000", crash), ("PYX002", "no-upper")]


def test_nothing_is_imported_without_rules(tmp_path: Path) -> None:
    write(tmp_path, {"m.py": "print(1)\n", "pyproject.toml": "[tool.pyarch]\n"})
    script = (
        "import sys; from flake8_pyarch.cli import main; main(['check', '--no-cache']); "
        "print([name for name in ('ast_grep_py', 'yaml', 'flake8_pyarch.custom') if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert run.stdout.endswith("[]\n")


def test_deep_code_does_no_harm(project: Path) -> None:
    (project / "shop" / "m.py").write_text("x = " + "(" * 150 + "1" + ")" * 150 + "\ny = 1" + " + 1" * 3000 + "\n")
    assert found(project, "shop/m.py") == []
