"""Rule files: which rules there are, how they are numbered, and what is said of bad ones."""

import os
from pathlib import Path

import pytest

from flake8_pyarch.custom import read_rule_set
from flake8_pyarch.settings import ConfigurationError
from tests.custom.projects import write
from tests.doors import flake8, pyarch

GOOD = "id: {name}\nlanguage: python\nrule:\n  pattern: f()\n"


def rule(name: str, code: str = "") -> str:
    return GOOD.format(name=name) + (f"metadata:\n  code: {code}\n" if code else "")


def test_codes_follow_path_and_place(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "lint/b.yml": "---\n".join([rule("third"), rule("stated", "PYX002"), rule("fourth")]),
        "lint/a.yml": "---\n".join([rule("first"), "id: first\nvalid: [x]\n", rule("high", "PYX900")]),
        "lint/c-test.yml": "id: fourth\nvalid:\n  - x\n",
    }
    rules = read_rule_set(str(write(tmp_path, files)), ["lint/*.yml"]).entries
    expected = {"PYX001": "first", "PYX002": "stated", "PYX003": "third", "PYX004": "fourth", "PYX900": "high"}
    assert {entry.code: entry.name for entry in rules} == expected
    assert [entry.code for entry in rules] == sorted(expected)


def test_what_decides_which_rules_there_are(tmp_path: Path) -> None:
    write(tmp_path, {"lint/a.yml": rule("a"), "lint/deep/er/b.yml": rule("b"), "c.yml": rule("c")})
    found = read_rule_set(str(tmp_path), ["lint/**/*.yml", "c.yml", "d.yml", "nowhere/*.yml"])
    assert [entry.name for entry in found.entries] == ["c", "a", "b"]
    inputs = {os.path.relpath(path, tmp_path) for path in found.inputs}
    assert inputs >= {"lint", "lint/deep", "lint/deep/er", "lint/a.yml", "lint/deep/er/b.yml", "c.yml", "d.yml", "."}
    assert found.unmatched == ("d.yml", "nowhere/*.yml")


BAD = [
    ("patern: f()", "unknown key 'patern' in 'rule'; did you mean 'pattern'?"),
    ("patern: f()\n  kinds: call", "unknown key 'patern' in 'rule'; did you mean 'pattern'?; unknown key 'kinds' in"),
    ("pattern: 3", "'rule.pattern' is 3, expected a text, or a table with a 'context'"),
    ("pattern: {selector: call}", "the key 'context' is missing in 'rule.pattern'"),
    ("pattern: {context: f(), strictness: smartt}", "'rule.pattern.strictness' is 'smartt', expected 'cst', 'smart', "),
    ("kind: cal", "'rule': Kind `cal` is invalid."),
    ("pattern: 'a b'", "'rule': Multiple AST nodes are detected. Please check the pattern source `a b`."),
    ("kind: call\n  regex: (", "'rule': regex parse error: ( ^ error: unclosed group"),
    (
        "kind: call\n  inside: {kind: module, stopBy: ende}",
        "'rule.inside.stopBy' is 'ende', expected 'neighbor', 'end'",
    ),
    ("any:\n    - {kind: call}\n    - {kin: call}", "unknown key 'kin' in 'rule.any[1]'; did you mean 'kind'?"),
    ("all: {kind: call}", "'rule.all' is a table, expected a list of rules"),
    ("kind: call\n  nthChild: yes please", "'rule': Illegal character y encountered"),
    (
        "matches: helper\nutils: {helpers: {kind: call}}",
        "'matches' names 'helper', which is not in 'utils'; did you",
    ),
    ("regex: secret", "'rule' would look at every node: give it a 'pattern' or a 'kind'"),
    ("pattern: $A", "'rule' would look at every node: give it a 'pattern' or a 'kind'"),
    ("pattern:", "'rule.pattern' is empty, expected a text, or a table with a 'context'"),
    ("pattern: f()\nseverity: fatal", "'severity' is 'fatal', expected 'hint', 'info', 'warning', 'error' or 'off'"),
    ("pattern: f()\nfix: g($X)", "'fix' uses $X, which the rule does not capture"),
    (
        "pattern: f($NAME)\nmessage: call $NAMES",
        "'message' uses $NAMES, which the rule does not capture; did you mean 'NAME'",
    ),
    ("pattern: f()\nfix: {template: g(), expandEnd: {regex: '['}}", "'fix.expandEnd': regex parse error: [ ^ error: "),
    (
        "pattern: f()\nfix: {template: g(), expandEnd: {pattern: f($A)}}",
        "'fix.expandEnd' captures metavariables, which",
    ),
    ("pattern: f()\nconstraints: {X: {kind: string}}", "'constraints': Undefined meta var `X` used in `constraints`."),
    ("pattern: f()\nutils: {u: {kind: strin}}", "'utils': Kind `strin` is invalid."),
    (
        "pattern: f($X)\ntransform: {Y: {replace: {source: X, replace: a, by: b}}}",
        "'transform.Y.replace.source' is 'X', ",
    ),
    (
        "pattern: f($X)\ntransform: {Y: {convert: {source: $X, toCase: snake}}}",
        "'transform.Y.convert.toCase' is 'snake'",
    ),
    ("pattern: f($X)\ntransform: {Y: {rewrite: {source: $X}}}", "unknown key 'rewrite' in 'transform.Y'"),
    (
        "pattern: f($X)\ntransform: {Y: 'rewrite($X, rewriters=[a])'}",
        "'transform.Y' is a 'rewrite', which ast-grep-py ",
    ),
    ("pattern: f()\nfix: []", "'fix' is an empty list"),
    ("pattern: f()\nrewriters: []", "'rewriters' are not supported: ast-grep-py cannot run them"),
    ("pattern: f()\nfiles: ['src/{a']", "'files[0]' has a '{' without a '}'"),
    ("pattern: f()\nfiles: src", "'files' is 'src', expected a list of globs"),
    ("pattern: f()\nmetadata: {code: PYX1}", "'metadata.code' is 'PYX1', expected PYX and three digits, such as "),
    ("pattern: f()\nmesage: x", "unknown key 'mesage'; did you mean 'message'?"),
    ("kind: call\n  has: {kind: string, regex: true}", "'rule.has.regex' is true, expected a text"),
]


@pytest.mark.parametrize(("text", "problem"), BAD, ids=[problem[:40] for _, problem in BAD])
def test_bad_rule_is_named_with_its_key(tmp_path: Path, text: str, problem: str) -> None:
    content = f"{rule('good')}---\nid: bad\nlanguage: python\nrule:\n  {text}\n"
    write(tmp_path, {"lint/rules.yml": content})
    with pytest.raises(ConfigurationError) as raised:
        read_rule_set(str(tmp_path), ["lint/*.yml"])
    assert str(raised.value).startswith(f"{tmp_path / 'lint' / 'rules.yml'}: rule 'bad': {problem}")
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("- 1\n", "the document on line 1 is no rule: expected a table with 'id', 'language' and 'rule'"),
        ("rule: {kind: call}\n", "the document on line 1: the key 'id' is missing; the key 'language' is missing"),
        ("id: a\nrule: {kind: call}\n", "rule 'a': the key 'language' is missing"),
        ("id: a\nlanguage: Rust\nrule: {kind: call}\n", "rule 'a': 'language' is 'Rust', expected 'python'"),
        (rule("a") + "---\n" + rule("a"), "rule 'a': its 'id' is also that of a rule in "),
        (
            rule("a", "PYX007") + "---\n" + rule("b", "PYX007"),
            "rule 'b': 'metadata.code' PYX007 is also that of rule 'a'",
        ),
        ("id: a\nlanguage: [", "cannot be read: line "),
    ],
)
def test_bad_file_is_named(tmp_path: Path, content: str, problem: str) -> None:
    write(tmp_path, {"lint/rules.yml": content})
    with pytest.raises(ConfigurationError) as raised:
        read_rule_set(str(tmp_path), ["lint/*.yml"])
    assert str(raised.value).startswith(f"{tmp_path / 'lint' / 'rules.yml'}: {problem}")


def test_both_doors_refuse_a_bad_rule(tmp_path: Path) -> None:
    write(tmp_path, {"lint/rules.yml": rule("a").replace("pattern", "patern"), "m.py": "f()\n"})
    problem = f"{tmp_path / 'lint' / 'rules.yml'}: rule 'a': unknown key 'patern' in 'rule'; did you mean 'pattern'?"
    run = pyarch(tmp_path, "check")
    assert (run.returncode, run.stdout, run.stderr) == (2, "", f"pyarch: error: {problem}\n")
    run = flake8(tmp_path, "m.py")
    assert run.returncode == 1
    assert run.stdout == f"There was a critical error during execution of Flake8:\n{problem}\n"


def test_settings_that_name_no_rule(tmp_path: Path) -> None:
    settings = '[tool.pyarch]\ncustom-rules = ["lint/*.yml"]\nignore = ["PYX002"]\n'
    write(tmp_path, {"lint/rules.yml": rule("a"), "pyproject.toml": settings})
    run = pyarch(tmp_path, "check")
    problem = f"{tmp_path / 'pyproject.toml'}: 'ignore' holds 'PYX002', which no rule has; did you mean 'PYX001'?"
    assert (run.returncode, run.stderr) == (2, f"pyarch: error: {problem}\n")
    write(tmp_path, {"pyproject.toml": '[tool.pyarch]\ncustom-rules = ["rules/*.yml"]\n', "m.py": ""})
    run = pyarch(tmp_path, "check")
    assert run.returncode == 2
    assert "'custom-rules' holds 'rules/*.yml', which no file matches" in run.stderr
    assert pyarch(tmp_path, "check", "--allow-unmatched").returncode == 0
