"""`pyarch rule` and `pyarch config`."""

import json
from pathlib import Path

import jsonschema
import pytest

from flake8_pyarch.checking import all_rules
from tests.cli.command import pyarch, write


@pytest.mark.parametrize("word", ["PYA508", "pya508", "cause-dropped"])
def test_a_rule_by_code_or_name(word: str, shop: Path) -> None:
    run = pyarch("rule", word, cwd=shop)
    assert (run.code, run.err) == (0, "")
    assert run.lines[0] == "# cause-dropped (PYA508)"
    for heading in ("Why is this bad?", "Example", "Use instead", "Fix safety"):
        assert f"## {heading}" in run.lines


def test_a_rule_as_json(shop: Path) -> None:
    run = pyarch("rule", "PYA508", "--output-format", "json", cwd=shop)
    rule = json.loads(run.out)
    assert (rule["code"], rule["name"], rule["fixable"], rule["twins"]) == ("PYA508", "cause-dropped", True, ["B904"])
    assert rule["explanation"] == pyarch("rule", "PYA508", "--output-format", "markdown", cwd=shop).out


def test_all_rules(shop: Path) -> None:
    run = pyarch("rule", "--all", "--output-format", "json", cwd=shop)
    assert [rule["code"] for rule in json.loads(run.out)] == [rule.code for rule in all_rules()]
    text = pyarch("rule", "--all", cwd=shop)
    assert [line for line in text.lines if line.startswith("# ")] == [
        f"# {rule.name} ({rule.code})" for rule in all_rules()
    ]


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (["PYA5O8"], "'PYA5O8' is no rule; did you mean 'PYA508'?"),
        (["cause-droped"], "'cause-droped' is no rule; did you mean 'cause-dropped'?"),
        (["zzz"], "'zzz' is no rule; `pyarch rule --all` lists them"),
        ([], "name one rule, or ask for --all"),
        (["PYA508", "--all"], "name one rule, or ask for --all"),
        (["--al"], "unknown option '--al'; did you mean '--all'?"),
        (["PYA508", "--output-format", "xml"], "argument --output-format: 'xml' is not one of text, json, markdown"),
    ],
)
def test_misuse_of_rule(words: list[str], problem: str, shop: Path) -> None:
    run = pyarch("rule", *words, cwd=shop)
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith(f"pyarch: error: command line: {problem}")
    assert run.err.count("\n") == 1


def test_config(shop: Path) -> None:
    write(shop, {"pyproject.toml": '[tool.pyarch]\npreset = "clean"\nextend-ignore = ["PYA5"]\n'})
    run = pyarch("config", "src/shop", "--select", "PYA1", cwd=shop)
    assert (run.code, run.err) == (0, "")
    assert run.lines[:2] == [f"project: {shop}", f"settings: {shop}/pyproject.toml"]
    for line in (
        f'preset = "clean"  # {shop}/pyproject.toml',
        'use-case-style = "any"  # preset clean',
        'select = ["PYA1"]  # command line, --select',
        "ruff-aware = true  # default",
    ):
        assert line in run.lines
    assert run.lines[-1].startswith("rules: PYA000 ") or any(line.startswith("rules: PYA000 ") for line in run.lines)


def test_config_schema(shop: Path) -> None:
    run = pyarch("config", "--schema", cwd=shop)
    assert (run.code, run.err) == (0, "")
    schema = json.loads(run.out)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    assert validator.is_valid({"select": ["PYA1"], "layers": {"domain": {"packages": ["model"]}}})
    assert not validator.is_valid({"selekt": ["PYA1"]})
    assert not validator.is_valid({"preset": "sed"})


def test_config_of_what_is_not_there(shop: Path) -> None:
    run = pyarch("config", "nothere", cwd=shop)
    assert run == (2, "", "pyarch: error: command line: 'nothere' does not exist\n")
