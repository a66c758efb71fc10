"""What is known of a class by those it derives from."""

from pathlib import Path

import pytest

from flake8_pyarch.source.classes import ClassModel
from tests.source.projects import Project


def _last_of_line(length: int, tmp_path: Path) -> ClassModel:
    lines = ["class C0: ...\n", *(f"class C{number}(C{number - 1}): ...\n" for number in range(1, length))]
    return Project(tmp_path, "shop/__init__.py").module("shop/x.py", "".join(lines)).classes[-1]


@pytest.mark.parametrize("length", [1, 2, 50])
def test_a_class_knows_those_it_derives_from(length: int, tmp_path: Path) -> None:
    model = _last_of_line(length, tmp_path)
    assert [each.name for each in model.lineage] == [f"C{number}" for number in reversed(range(length))]
    assert model.foreign_bases == []


def test_beyond_fifty_they_are_unknown(tmp_path: Path) -> None:
    model = _last_of_line(51, tmp_path)
    assert [each.name for each in model.lineage] == [f"C{number}" for number in reversed(range(1, 51))]
    assert [name for _, name in model.foreign_bases] == [None]


def test_classes_that_derive_in_a_circle_end(tmp_path: Path) -> None:
    text = "class A(B): ...\nclass B(A): ...\n"
    model = Project(tmp_path, "shop/__init__.py").module("shop/x.py", text).classes[0]
    assert [each.name for each in model.lineage] == ["A", "B"]
    assert model.foreign_bases == []
