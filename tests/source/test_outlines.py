"""What other files may know of a module: its `__all__`, its imports, its classes."""

import os
import warnings
from pathlib import Path

import pytest

from flake8_pyarch.source import Module
from flake8_pyarch.source.foreign import definition_imported
from flake8_pyarch.source.naming import has_foreign_base
from tests.source.projects import Project


def project(root: Path, **files: str | bytes) -> Project:
    """Return a project with the package `shop`, which holds these modules."""
    made = Project(root, "src/shop/__init__.py")
    for name, text in files.items():
        path = root / "src" / "shop" / f"{name}.py"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return made


def package(root: Path, text: str, **files: str | bytes) -> Module:
    """Return the `__init__.py` of a package with these modules."""
    return project(root, **files).module("src/shop/__init__.py", text)


def exported(module: Module) -> set[str] | None:
    names = module.outline.exported_names(module.location, module.source_tree)
    return None if names is None else set(names)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("__all__ = ['a', 'b' 'c']", {"a", "bc"}),
        ("__all__: tuple[str, ...] = ('a',)", {"a"}),
        ("__all__ = ['a'] + (['b'] + ['c'])\n__all__ += ['d']", {"a", "b", "c", "d"}),
        ("__all__ = []\n__all__.extend(('a',))\n__all__.append('b')", {"a", "b"}),
        ("if x:\n    __all__ = ['a']\nelse:\n    __all__ = ['b']", {"a", "b"}),
        ("__all__ = ['a', *['b'], *('c',)]", {"a", "b", "c"}),
        ("__all__ = __all__ + ['a']", {"a"}),
        ("from . import other\n__all__ = [*other.__all__, 'a']", {"a", "o"}),
        ("import shop.other\n__all__ = shop.other.__all__", {"o"}),
        ("import shop.other as names\n__all__ = names.__all__ + ['a']", {"a", "o"}),
        ("from .other import __all__", {"o"}),
        ("from .other import __all__ as names\n__all__ = names", {"o"}),
        ("from .chain import __all__", {"c", "o"}),
        ("from .circle import __all__ as names\n__all__ = ['a', *names]", {"a", "r"}),
    ],
)
def test_exported_names(tmp_path: Path, text: str, names: set[str]) -> None:
    files = {
        "other": "__all__ = ['o']",
        "chain": "from .other import __all__ as more\n__all__ = ['c', *more]",
        "circle": "from .round import __all__ as names\n__all__ = ['r', *names]",
        "round": "from .circle import __all__ as names\n__all__ = names",
    }
    assert exported(package(tmp_path, text, **files)) == names


@pytest.mark.parametrize(
    "text",
    [
        "__all__ = names",
        "__all__ = ['a', name]",
        "from . import missing\n__all__ = missing.__all__",
        "from . import broken\n__all__ = broken.__all__",
        "from . import binary\n__all__ = binary.__all__",
        "from . import bare\n__all__ = bare.__all__",
        "from . import computed\n__all__ = [*computed.__all__, 'a']",
        "from .... import far\n__all__ = far.__all__",
        "import os\n__all__ = os.__all__",
        "__all__ = unknown.__all__",
        "__all__ = make().__all__",
    ],
)
def test_what_cannot_be_told_is_unknown(tmp_path: Path, text: str) -> None:
    files: dict[str, str | bytes] = {
        "broken": "def (",
        "binary": b"\x00\xff",
        "bare": "x = 1",
        "computed": "__all__ = dir()",
    }
    assert exported(package(tmp_path, text, **files)) is None


def test_another_file_is_read_once_and_in_silence(tmp_path: Path) -> None:
    made = project(tmp_path, other="__all__ = ['\\d']")
    location = made.location("src/shop/other.py")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        outline = made.tree.outline(location)
    (tmp_path / "src" / "shop" / "other.py").unlink()
    assert outline is not None
    assert made.tree.outline(location) is outline


def test_a_pipe_is_no_file_to_read(tmp_path: Path) -> None:
    project = Project(tmp_path)
    os.mkfifo(tmp_path / "pipe.py")
    module = project.module("main.py", "from pipe import read\n")
    target = module.target(module.static_imports[0])
    assert target is not None
    assert module.source_tree.outline(target) is None
    assert definition_imported(module.static_imports[0], module) is None


def test_another_file_may_be_in_any_encoding(tmp_path: Path) -> None:
    made = project(tmp_path, other="# coding: latin-1\n__all__ = ['ä']".encode("latin-1"))
    outline = made.tree.outline(made.location("src/shop/other.py"))
    assert outline is not None
    assert outline.listed_names == {"ä"}


@pytest.mark.parametrize(
    ("bases", "foreign"),
    [
        ("", False),
        ("object", False),
        ("Local", False),
        ("Plain", False),
        ("Again", False),
        ("shop.base.Plain", False),
        ("Circle", False),
        ("Exception", True),
        ("Model", True),
        ("LocalModel", True),
        ("Schema", True),
        ("Deep", True),
        ("Meta", True),
        ("Abstract", True),
        ("Starred", True),
        ("Broken", True),
        ("Missing", True),
        ("make()", True),
        ("Unknown", True),
    ],
)
def test_bases_are_followed_through_the_project(tmp_path: Path, bases: str, foreign: bool) -> None:  # noqa: FBT001
    files = {
        "base": "from pydantic import BaseModel\nfrom .more import *\nfrom .more import Plain as Again\n"
        "from .round import Turn\nimport abc\n"
        "class Root(object): ...\nclass Plain(Root): ...\nclass Schema(BaseModel): ...\nclass Circle(Turn): ...\n"
        "class Meta(metaclass=type): ...\nclass Abstract(abc.ABC): ...\n",
        "more": "class Plain: ...\nclass Starred: ...\n",
        "round": "from .base import Circle\nclass Turn(Circle): ...\n",
        "deep": "from .base import Schema\nclass Deep(Schema): ...\n",
        "broken": "class Broken(:",
    }
    text = (
        "import shop.base\nfrom pydantic import BaseModel as Model\n"
        "from .broken import Broken\nfrom .deep import Deep\n"
        "from .base import Abstract, Again, Circle, Meta, Missing, Plain, Schema, Starred\n"
        f"class Local: ...\nclass LocalModel(Model): ...\nclass Order({bases}): ...\n"
    )
    module = project(tmp_path, **files).module("src/shop/order.py", text)
    assert has_foreign_base(module.classes[-1], module) is foreign


def test_bases_that_do_not_count(tmp_path: Path) -> None:
    module = project(tmp_path).module("src/shop/order.py", "from abc import ABC\nclass Order(ABC): ...\n")
    assert has_foreign_base(module.classes[0], module)
    assert not has_foreign_base(module.classes[0], module, frozenset({"abc.ABC"}))
