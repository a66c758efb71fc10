"""Which literal texts get which names."""

from pathlib import Path

import pytest

from tests.source.projects import Project


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a = 'x'", "a x ASSIGNMENT direct"),
        ("a: str = 'x'", "a x ASSIGNMENT direct"),
        ("a = b = 'x'", "a,b x ASSIGNMENT direct"),
        ("a.b = c['d'] = 'x'", "b,d x ASSIGNMENT direct"),
        ("a, (b, *c) = 'x', ('y', 'z')", "a x ASSIGNMENT; b y ASSIGNMENT"),
        ("a = b'x'", "a x ASSIGNMENT direct"),
        ("a = SecretStr('x')", "a x ASSIGNMENT"),
        ("a = pydantic.SecretStr(secret_value='x')", "secret_value x KEYWORD direct"),
        ("a = 'x'.encode()", "a x ASSIGNMENT"),
        ("a = f() or 'x'", "a x ASSIGNMENT"),
        ("a = 'x' if b else 'y'", "a x ASSIGNMENT; a y ASSIGNMENT"),
        ("a: str = Field('x', description='y')", "a x ASSIGNMENT; description y KEYWORD direct"),
        ("a = Field(default=SecretStr('x'))", "a x ASSIGNMENT; default x KEYWORD"),
        ("a = Field(default_factory=lambda: 'x')", "a x ASSIGNMENT"),
        ("(a := 'x')", "a x WALRUS direct"),
        ("f(a='x', **b)", "a x KEYWORD direct"),
        ("{'a': 'x', b: 'y', **c, 'd': 1, 2: 'z'}", "a x ENTRY direct"),
        ("def f(a, b='x', /, *c, d='y', e, **g): pass", "b x PARAMETER direct; d y PARAMETER direct"),
        ("lambda a='x': a", "a x LAMBDA direct"),
        ("os.getenv('A', 'x')", "A x VARIABLE direct"),
        ("os.environ.get('A', default='x')", "default x KEYWORD direct; A x VARIABLE direct"),
        ("os.getenv(a, 'x')\nos.getenv()\nos.getenv('A')", ""),
        ("a = ''\nb = 1\nc = f'x'\nd = 'x' + 'y'\ne += 'x'\ng = ['x']\nh[0] = 'x'\nf()[i] = 'x'\nj: str", ""),
        ("class A(metaclass='x'): pass\nassert a == 'x'\n'x'", ""),
    ],
)
def test_bound_texts(tmp_path: Path, text: str, expected: str) -> None:
    module = Project(tmp_path).module("shop.py", f"import os\n{text}\n")
    found = sorted(
        module.bound_texts, key=lambda bound: (bound.literal.lineno, bound.literal.col_offset, bound.by.value)
    )
    shown = [
        f"{','.join(bound.names)} {bound.text} {bound.by.name}{' direct' if bound.is_direct else ''}" for bound in found
    ]
    assert "; ".join(shown) == expected


def test_no_literal_is_shown(tmp_path: Path) -> None:
    text = "a['k'] = 'x'\nb = c['k'] = 'x'\nf(d='x')\n{'k': 'x'}\ndef g(e='x'): pass\n"
    module = Project(tmp_path).module("shop.py", text)
    assert sorted(bound.shown for bound in module.bound_texts) == [
        "'b'",
        "a dictionary entry",
        "a dictionary entry",
        "argument 'd'",
        "parameter 'e'",
    ]
