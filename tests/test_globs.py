"""Globs of `files` and `ignores` mean what they mean to ast-grep."""

import pytest

from flake8_pyarch.globs import GlobError, path_matcher


@pytest.mark.parametrize(
    ("glob", "path", "is_covered"),
    [
        ("*.py", "a.py", True),
        ("*.py", "src/a.py", True),
        ("src/*.py", "src/a.py", True),
        ("src/*.py", "src/b/a.py", True),
        ("src/*.py", "lib/src/a.py", False),
        ("src/**/a.py", "src/a.py", True),
        ("src/**/a.py", "src/b/c/a.py", True),
        ("src/**/a.py", "src/ba.py", False),
        ("**/tests/**", "tests/a.py", True),
        ("**/tests/**", "src/tests/b/a.py", True),
        ("**/tests/**", "src/mytests/a.py", False),
        ("src/**", "src/a.py", True),
        ("src/**", "src", False),
        ("**", "src/a.py", True),
        ("a?.py", "ab.py", True),
        ("a?.py", "a.py", False),
        ("a[bc].py", "ac.py", True),
        ("a[!bc].py", "ac.py", False),
        ("a[^bc].py", "ad.py", True),
        ("a[0-9].py", "a7.py", True),
        ("a[]].py", "a].py", True),
        ("{api,usecases}/*.py", "usecases/a.py", True),
        ("{api,use{case,cases}}/*.py", "usecases/a.py", True),
        ("{api,usecases}/*.py", "domain/a.py", False),
        (r"a\*.py", "a*.py", True),
        (r"a\*.py", "ab.py", False),
        ("a.b.py", "axb.py", False),
        ("A.py", "a.py", False),
        ("größe/*.py", "größe/ä.py", True),
        ("?.py", "ä.py", False),
        ("??.py", "ä.py", True),
    ],
)
def test_glob(glob: str, path: str, *, is_covered: bool) -> None:
    assert path_matcher([glob])(path) is is_covered


def test_case_may_not_matter() -> None:
    assert path_matcher(["x", {"glob": "SRC/*.py", "caseInsensitive": True}])("src/A.PY")
    assert not path_matcher([])("src/a.py")


@pytest.mark.parametrize(
    ("glob", "problem"),
    [
        ("{a", "has a '{' without a '}'"),
        ("a}", "has a '}' without a '{'"),
        ("[a", "has a '[' without a ']'"),
        ("[z-a]", "has a '[…]' that cannot be understood: bad character range z-a"),
        ("a\\", "ends with a '\\'"),
    ],
)
def test_bad_glob(glob: str, problem: str) -> None:
    with pytest.raises(GlobError, match=r".*") as raised:
        path_matcher([glob])
    assert str(raised.value) == problem
