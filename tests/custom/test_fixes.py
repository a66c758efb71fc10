"""Fixes and messages of custom rules: what ast-grep makes of the same rule on the same text."""

import textwrap
from pathlib import Path

import pytest

from flake8_pyarch.checking.fixing import apply_fixes
from flake8_pyarch.source.text import SourceText
from tests.custom.projects import found, write
from tests.doors import pyarch


def fixed(tmp_path: Path, rule: str, text: str | bytes) -> str:
    """Return the text with every fix of a rule applied once."""
    content = f"id: x\nlanguage: python\nmessage: m\n{textwrap.dedent(rule)}"
    write(tmp_path, {"lint/x.yml": content, "m.py": text})
    findings = [each.finding for each in found(tmp_path, "m.py")]
    return apply_fixes(SourceText((tmp_path / "m.py").read_bytes()), findings).decode()


@pytest.mark.parametrize(
    ("rule", "before", "after"),
    [
        ("rule: {pattern: print($A)}\nfix: log($A)\n", "print('é', 1); print(é)\n", "print('é', 1); log(é)\n"),
        ("rule: {pattern: print($$$A)}\nfix: log($$$A)\n", "print(1, *a, b=2)\n", "log(1, *a, b=2)\n"),
        ("rule: {pattern: print($$$A)}\nfix: log($$$A)\n", "print()\n", "log()\n"),
        ("rule: {pattern: $X == None}\nfix: $X is None\n", "a.b == None\n", "a.b is None\n"),
        ("rule: {pattern: f($A)}\nfix: g($$A, '$5', $)\n", "f(1)\n", "g(1, '$5', $)\n"),
        ("rule: {pattern: 'del $A'}\nfix: ''\n", "del a\nb\n", "\nb\n"),
    ],
)
def test_template(tmp_path: Path, rule: str, before: str, after: str) -> None:
    assert fixed(tmp_path, rule, before) == after


def test_lines_move_with_what_they_belong_to(tmp_path: Path) -> None:
    rule = """\
        rule: {pattern: "if $TEST:\\n    $$$BODY"}
        fix: |-
          while $TEST:
                  $$$BODY
          else:
              $$$BODY
        """
    before = """\
        def f():
            if a:
                g(1,
                  2)
                h()
        """
    after = """\
        def f():
            while a:
                    g(1,
                      2)
                    h()
            else:
                g(1,
                  2)
                h()
        """
    assert fixed(tmp_path, rule, textwrap.dedent(before)) == textwrap.dedent(after)


@pytest.mark.parametrize(
    ("transform", "name"),
    [
        ("{convert: {source: $F, toCase: camelCase}}", "fooBarÉ"),
        ("{convert: {source: $F, toCase: upperCase}}", "FOO_BAR_É"),
        ("{substring: {source: $F, startChar: 1, endChar: -1}}", "oo_bar_"),
        ("{replace: {source: $F, replace: '_(b)', by: '-$1'}}", "foo-bar_é"),
        ("replace($F, replace=foo, by=x)", "x_bar_é"),
    ],
)
def test_transform(tmp_path: Path, transform: str, name: str) -> None:
    rule = f"rule: {{pattern: $F($$$A)}}\ntransform:\n  NEW: {transform}\nfix: new($NEW, $$$A)\n"
    assert fixed(tmp_path, rule, "foo_bar_é(1, 2)\n") == f"new({name}, 1, 2)\n"


ARGUMENT = """\
rule:
  kind: keyword_argument
  has: {field: name, regex: ^debug$}
fix:
  template: ""
  title: Leave 'debug' out
"""


@pytest.mark.parametrize(
    ("expansion", "before", "after"),
    [
        ("", "f(debug=1, a=2)\n", "f(, a=2)\n"),
        ("  expandEnd: {regex: '^,$'}\n", "f(debug=1, a=2)\n", "f( a=2)\n"),
        ("  expandEnd: {regex: '^,$'}\n", "f(a=2, debug=1)\n", "f(a=2, )\n"),
        ("  expandStart: {regex: '^,$'}\n", "f(a=2, debug=1)\n", "f(a=2)\n"),
        ("  expandEnd: {regex: ^a}\n", "f(debug=1, a=2)\n", "f(, a=2)\n"),
        ("  expandEnd: {regex: ^b, stopBy: end}\n", "f(debug=1, a=2, b=3, b=4)\n", "f(, b=4)\n"),
        ("  expandEnd: {regex: ^b, stopBy: {regex: ^a}}\n", "f(debug=1, a=2, b=3)\n", "f(, a=2, b=3)\n"),
        ("  expandEnd: {regex: ^a, stopBy: {regex: ^a}}\n", "f(debug=1, a=2, b=3)\n", "f(, b=3)\n"),
        ("  expandEnd: {matches: comma}\nutils: {comma: {regex: '^,$'}}\n", "f(debug=1, a=2)\n", "f( a=2)\n"),
    ],
)
def test_fix_reaches_siblings(tmp_path: Path, expansion: str, before: str, after: str) -> None:
    assert fixed(tmp_path, ARGUMENT + expansion, before) == after
    (reported,) = found(tmp_path, "m.py")
    assert reported.finding.fix is not None
    assert reported.finding.fix.message == "Leave 'debug' out"


def test_first_of_several_fixes_is_taken(tmp_path: Path) -> None:
    rule = "rule: {pattern: f()}\nfix: [{template: g(), title: Call g}, {template: h(), title: Call h}]\n"
    assert fixed(tmp_path, rule, "f()\n") == "g()\n"


def test_file_keeps_its_line_ends_and_encoding(tmp_path: Path) -> None:
    rule = "id: x\nlanguage: python\nrule: {pattern: f($$$A)}\nfix: |-\n  g(\n      $$$A)\n"
    before = "# coding: latin-1\r\nf('é',\r\n  2)\r\n".encode("latin-1")
    write(tmp_path, {"lint/x.yml": rule, "m.py": before})
    assert pyarch(tmp_path, "check", "--fix").stderr == ""
    assert (tmp_path / "m.py").read_bytes() == "# coding: latin-1\r\ng(\r\n    'é',\r\n      2)\r\n".encode("latin-1")


def test_fix_that_breaks_the_syntax_is_left_out(tmp_path: Path) -> None:
    rule = "id: x\nlanguage: python\nrule: {pattern: f()}\nfix: 'g('\n"
    write(tmp_path, {"lint/x.yml": rule, "m.py": "f()\n"})
    run = pyarch(tmp_path, "check", "--fix", "--output-format", "concise")
    assert run.returncode == 1
    assert "m.py:1:1: PYA000 the fix of rule PYX001 breaks the syntax here and was left out" in run.stdout
    assert (tmp_path / "m.py").read_text() == "f()\n"


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("call of $F with $$$A", "call of é.f with 'ä', b"),
        ("$NEW", "é.g"),
        ("costs $5 or $x", "costs $5 or $x"),
        ("two\n  lines", "two lines"),
        ("", "x"),
    ],
)
def test_message(tmp_path: Path, message: str, said: str) -> None:
    rule = f"id: x\nlanguage: python\nmessage: {message!r}\nrule: {{pattern: $F($$$A)}}\n".replace("'\\n", "\\n")
    transform = "transform: {NEW: {replace: {source: $F, replace: f, by: g}}}\n"
    content = rule.replace(repr(message), f'"{message}"'.replace("\n", "\\n")) + transform
    write(tmp_path, {"lint/x.yml": content, "m.py": "é.f('ä',\n    b)\n"})
    assert [each.finding.message for each in found(tmp_path, "m.py")] == [said]


def test_long_code_is_cut_off_in_a_message(tmp_path: Path) -> None:
    rule = "id: x\nlanguage: python\nmessage: <$A>\nrule: {pattern: f($A)}\n"
    write(tmp_path, {"lint/x.yml": rule, "m.py": f"f({'x' * 200})\nf({'y' * 201})\n"})
    assert [each.finding.message for each in found(tmp_path, "m.py")] == [f"<{'x' * 200}>", f"<{'y' * 199}…>"]
