"""What is executed when a file is imported."""

import ast
from pathlib import Path

import pytest

from flake8_pyarch.source.import_time import runs_when_imported
from tests.source.projects import Project


def runs(text: str, root: Path) -> bool:
    module = Project(root).module("books.py", text)
    [call] = [call for call in module.syntax.of(ast.Call) if isinstance(call.func, ast.Name) and call.func.id == "x"]
    return runs_when_imported(call, module)


@pytest.mark.parametrize(
    "text",
    [
        "x()",
        "a = [x()]",
        "if y:\n    x()",
        "try:\n    pass\nfinally:\n    x()",
        "class A:\n    a = x()",
        "class A:\n    class B(x()): ...",
        "def f(a=x()): ...",
        "@x()\ndef f(): ...",
        "lambda a=x(): a",
        "[x() for a in b]",
        "if __name__ == '__main__':\n    pass\nelse:\n    x()",
        "if __name__ != '__main__':\n    x()",
    ],
)
def test_at_import(text: str, tmp_path: Path) -> None:
    assert runs(text, tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "def f(): x()",
        "async def f():\n    return [x()]",
        "lambda: x()",
        "lambda: [x() for a in b]",
        "def f():\n    class A:\n        a = x()",
        "class A:\n    def f(self): x()",
        "def f():\n    def g(a=x()): ...",
        "if __name__ == '__main__':\n    x()",
        "if '__main__' == __name__:\n    for a in b: x()",
    ],
)
def test_later(text: str, tmp_path: Path) -> None:
    assert not runs(text, tmp_path)
