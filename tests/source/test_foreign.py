"""Where an imported name leads to."""

import ast
from pathlib import Path

import pytest

from flake8_pyarch.source.foreign import definition_behind
from tests.source.projects import Project

FILES = (
    "src/shop/__init__.py src/shop/api/__init__.py src/shop/api/providers.py "
    "src/shop/api/broken.py src/shop/api/deep.py"
)
TEXTS = {
    "src/shop/api/providers.py": "def get(): ...\nclass Book: ...\ndef twice(): ...\ndef twice(): ...\nvalue = 1\n",
    "src/shop/api/__init__.py": "from .providers import get as exported\nfrom shop.api import loop\nimport os\n",
    "src/shop/api/broken.py": "def get(: ...",
    "src/shop/api/deep.py": f"def get(): ...\nx = {'-' * 50_000}1",
    "src/shop/api/ä.py": "def get(): ...",
}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = Project(tmp_path, FILES)
    for path, text in TEXTS.items():
        (tmp_path / path).write_text(text, encoding="utf-8")
    return project


def behind(text: str, project: Project) -> tuple[str, str] | None:
    module = project.module("src/shop/books.py", text)
    statement = module.tree.body[-1]
    assert isinstance(statement, ast.Expr)
    found = definition_behind(statement.value, module)
    return None if found is None else (found[0].name, found[1].name)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("def get(): ...\nget", ("get", "shop.books")),
        ("class Book: ...\nBook", ("Book", "shop.books")),
        ("from shop.api.providers import get\nget", ("get", "shop.api.providers")),
        ("from shop.api.providers import Book as B\nB", ("Book", "shop.api.providers")),
        ("from .api.providers import get\nget", ("get", "shop.api.providers")),
        ("from shop.api import providers\nproviders.get", ("get", "shop.api.providers")),
        ("import shop.api.providers as p\np.get", ("get", "shop.api.providers")),
        ("from shop.api import exported\nexported", ("get", "shop.api.providers")),
        ("from shop import api\napi.exported", ("get", "shop.api.providers")),
        ("from shop.api.ä import get\nget", ("get", "shop.api.ä")),
    ],
)
def test_found(text: str, expected: tuple[str, str], project: Project) -> None:
    assert behind(text, project) == expected


@pytest.mark.parametrize(
    "text",
    [
        "get",
        "1",
        "x.get",
        "from fastapi import Depends\nDepends",
        "from shop.api.providers import twice\ntwice",
        "from shop.api.providers import value\nvalue",
        "from shop.api.providers import missing\nmissing",
        "from shop.api import os\nos",
        "from shop.api import loop\nloop",
        "from shop.api.broken import get\nget",
        "from shop.api.deep import get\nget",
        "from shop.missing import get\nget",
        "import shop.api.providers\nshop.api.providers.get",
        "import shop\nshop",
        "from shop.api.providers import get\ndef get(): ...\nget",
    ],
)
def test_not_found(text: str, project: Project) -> None:
    assert behind(text, project) is None


def test_a_changed_file_is_read_again_for_another_file(project: Project) -> None:
    text = "from shop.api.providers import late\nlate"
    assert behind(text, project) is None
    project.tree.opened.clear()
    (project.root / "src/shop/api/providers.py").write_text("def late(): ...", encoding="utf-8")
    assert behind(text, project) == ("late", "shop.api.providers")
