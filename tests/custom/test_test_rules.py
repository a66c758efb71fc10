"""`pyarch test-rules` and `pyarch rule`."""

import json
from pathlib import Path

import pytest

from tests.custom.projects import RULES, write
from tests.doors import pyarch

TESTED = RULES.replace(
    "---\n", "valid:\n  - log(1)\ninvalid:\n  - print(1)\n  - |\n    x = print(\n        'é')\n---\n"
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write(tmp_path, {"lint/rules.yml": TESTED, "lint/upper-test.yml": "id: no-upper\nvalid: [a.upper.b()]\n"})


def test_right_rules_pass(project: Path) -> None:
    run = pyarch(project, "test-rules")
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout == "PASS  PYX001 no-print  ...\nPASS  PYX002 no-upper  .\n2 rules passed\n"


def test_wrong_rules_fail(project: Path) -> None:
    tests = "id: no-upper\nvalid:\n  - |\n    x = 1\n    a.upper()\ninvalid:\n  - a.b.upper()\n  - a.upper()\n"
    (project / "lint" / "upper-test.yml").write_text(tests)
    (project / "lint" / "rules.yml").write_text(TESTED.replace("log($$$VALUES)", "log($$$VALUES"))
    run = pyarch(project, "test-rules")
    assert (run.returncode, run.stderr) == (1, "")
    assert run.stdout == (
        "FAIL  PYX001 no-print  .BB\n"
        "  broken: its fix leaves what is no Python\n"
        "    | print(1)\n"
        "  broken: its fix leaves what is no Python\n"
        "    | x = print(\n"
        "    |     'é')\n"
        "FAIL  PYX002 no-upper  NM.\n"
        "  noisy: valid code is reported\n"
        "    | x = 1\n"
        "    | a.upper()\n"
        "  missing: invalid code is not reported\n"
        "    | a.b.upper()\n"
        "2 of 2 rules failed\n"
    )


def test_named_files_alone_are_run(project: Path) -> None:
    (project / "other.yml").write_text("id: no-upper\ninvalid: [x.upper()]\n")
    run = pyarch(project, "test-rules", "other.yml")
    assert (run.returncode, run.stdout) == (0, "PASS  PYX002 no-upper  .\n1 rule passed\n")
    (project / "other.yml").write_text("id: no-upper\nrule: 3\nvalid: 4\n")
    run = pyarch(project, "test-rules", "other.yml")
    assert run.returncode == 2
    assert run.stderr.endswith("/other.yml: rule 'no-upper': 'valid' is 4, expected a list of texts\n")
    run = pyarch(project, "test-rules", "none.yml")
    assert (run.returncode, run.stderr) == (2, "pyarch: error: command line: 'none.yml' does not exist\n")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("id: no-uper\nvalid: [x]\n", "tests of 'no-uper', which is the 'id' of no rule; did you mean 'no-upper'?"),
        ("valid: [x]\n", "the document on line 1: the key 'id' is missing"),
        ("id: no-upper\nvalid: x\n", "rule 'no-upper': 'valid' is 'x', expected a list of texts"),
        ("id: no-upper\nvalid: [x]\ninvald: [y]\n", "rule 'no-upper': unknown key 'invald'; did you mean 'invalid'?"),
    ],
)
def test_bad_tests(project: Path, content: str, problem: str) -> None:
    path = project / "lint" / "upper-test.yml"
    path.write_text(content)
    run = pyarch(project, "test-rules")
    assert (run.returncode, run.stderr) == (2, f"pyarch: error: {path}: {problem}\n")


def test_there_must_be_rules(tmp_path: Path) -> None:
    write(tmp_path, {"pyproject.toml": "[tool.pyarch]\n"})
    run = pyarch(tmp_path, "test-rules")
    assert run.returncode == 2
    assert run.stderr.endswith(": there are no rules to test: 'custom-rules' is empty\n")


@pytest.mark.parametrize("name", ["PYX001", "pyx001", "no-print"])
def test_rule_is_explained(project: Path, name: str) -> None:
    run = pyarch(project, "rule", name)
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout == (
        "# no-print (PYX001)\n\n'print' writes $$$VALUES past the log\n\n*On by default. Sometimes fixable.*\n\n"
        "## Why is this bad?\n\nWhoever runs the service reads the log.\n\n"
        "## Example\n\n```python\nprint(1)\n```\n\n```python\nx = print(\n    'é')\n```\n\n"
        "## Use instead\n\n```python\nlog(1)\n```\n\n"
        "## Rule\n\n```yaml\nid: no-print\nlanguage: python\nseverity: warning\n"
        "message: '''print'' writes $$$VALUES past the log'\nnote: Whoever runs the service reads the log.\n"
        "rule:\n  pattern: print($$$VALUES)\nfix: log($$$VALUES)\n```\n"
    )


def test_our_own_rules_are_explained_whatever_the_settings(project: Path) -> None:
    (project / "lint" / "rules.yml").write_text("[")
    assert pyarch(project, "rule", "PYA101").stdout.startswith("# outward-import (PYA101)\n")
    assert pyarch(project, "rule", "PYX001").returncode == 2


def test_rule_as_json(project: Path) -> None:
    (project / "lint" / "rules.yml").write_text(TESTED + "url: https://example.org/upper\n")
    page = json.loads(pyarch(project, "rule", "PYX002", "--output-format", "json").stdout)
    assert page["name"] == "no-upper"
    assert page["url"] == "https://example.org/upper"
    listed = json.loads(pyarch(project, "rule", "--all", "--output-format", "json").stdout)
    assert [rule["code"] for rule in listed][-2:] == ["PYX001", "PYX002"]
    assert "did you mean 'PYX002'?" in pyarch(project, "rule", "PYX003").stderr
