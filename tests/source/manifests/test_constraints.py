"""Constraints of Poetry, against Poetry itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.version import Version
from poetry.core.constraints.version import Version as PoetryVersion
from poetry.core.constraints.version import parse_constraint

from flake8_pyarch.source.manifests.constraints import lowest_admitted, poetry_constraint, specifiers

NUMBERS = st.lists(st.integers(0, 20), min_size=1, max_size=4).map(lambda release: ".".join(map(str, release)))
PARTS = st.one_of(
    st.tuples(st.sampled_from(["^", "~", ">=", "<=", "<", ">", "==", "", "=", "^ ", ">= "]), NUMBERS).map("".join),
    st.lists(st.integers(0, 20), min_size=1, max_size=2).map(lambda release: ".".join(map(str, release)) + ".*"),
    st.just("*"),
)
CONSTRAINTS = st.lists(st.lists(PARTS, min_size=1, max_size=2).map(", ".join), min_size=1, max_size=2).map(" || ".join)


@given(CONSTRAINTS, NUMBERS)
def test_admits_what_poetry_admits(constraint: str, version: str) -> None:
    admitted = poetry_constraint(constraint)
    assert admitted is not None
    allowed = parse_constraint(constraint).allows(PoetryVersion.parse(version))
    assert any(each.contains(version) for each in admitted) == allowed


@given(CONSTRAINTS, NUMBERS)
def test_nothing_below_the_lowest_is_admitted(constraint: str, version: str) -> None:
    admitted = poetry_constraint(constraint)
    lowest = None if admitted is None else lowest_admitted(admitted)
    if lowest is not None and parse_constraint(constraint).allows(PoetryVersion.parse(version)):
        # `>1.2` admits 1.2.0.1 too, which nobody releases.
        assert Version(version) >= lowest or len(Version(version).release) > 3


@given(st.text(alphabet="^~=<>!|,*. 0123456789vabrc-+post") | st.text())
def test_never_crashes(text: str) -> None:
    for admitted in (poetry_constraint(text), specifiers(text)):
        if admitted is not None:
            lowest_admitted(admitted)


@pytest.mark.parametrize(
    ("constraint", "lowest"),
    [
        ("^2.8.2", "2.8.2"),
        ("~2.8", "2.8"),
        ("2.*", "2"),
        ("2.8.2", "2.8.2"),
        (">=2.8.2,<3", "2.8.2"),
        (">=2.8.2 <3", "2.8.2"),
        ("^1.10 || ^2.0", "1.10"),
        ("^1.10|^2.0", "1.10"),
        (">3.11", "3.11.1"),
        (">0.115.12", "0.115.13"),
        ("<3", "0"),
        ("!=2.9", "0"),
        ("*", "0"),
        ("^2.8.2b1", "2.8.2"),
        ("^1!2.0", "1!2.0"),
    ],
)
def test_lowest_admitted(constraint: str, lowest: str) -> None:
    admitted = poetry_constraint(constraint)
    assert admitted is not None
    assert str(lowest_admitted(admitted)) == lowest


@pytest.mark.parametrize("constraint", ["", "latest", "2.x", "^2.8.*", "^2 || ", "1.0 - 2.0", "@dev"])
def test_what_cannot_be_read(constraint: str) -> None:
    assert poetry_constraint(constraint) is None


@pytest.mark.parametrize("specifier", ["===custom", ">=2.8,!=2.8"])
def test_lowest_cannot_be_read(specifier: str) -> None:
    admitted = specifiers(specifier)
    assert admitted is not None
    assert lowest_admitted(admitted) is None
