"""Every way a file names another module."""

import ast
from pathlib import Path

import pytest

from flake8_pyarch.source import ImportedName, Module
from flake8_pyarch.source.imports import is_inside_function, is_type_checking_only
from tests.source.projects import Project

SHOP = """
src/shop/__init__.py src/shop/domain/__init__.py src/shop/domain/order.py src/shop/api/__init__.py src/shop/api/v1.py
"""


def module(root: Path, text: str, path: str = "src/shop/domain/order.py") -> Module:
    return Project(root, SHOP).module(path, text)


def only(entries: list[ImportedName]) -> ImportedName:
    (entry,) = entries
    return entry


@pytest.mark.parametrize(
    ("text", "imported", "name", "bound"),
    [
        ("import a", "a", None, ("a", "a")),
        ("import a.b.c", "a.b.c", None, ("a", "a")),
        ("import a.b.c as d", "a.b.c", None, ("d", "a.b.c")),
        ("from a import b", "a", "b", ("b", "a.b")),
        ("from a.b import c as d", "a.b", "c", ("d", "a.b.c")),
        ("from a.b import *", "a.b", "*", (None, "a.b")),
        ("from . import b", "shop.domain", "b", ("b", "shop.domain.b")),
        ("from .x import b", "shop.domain.x", "b", ("b", "shop.domain.x.b")),
        ("from .. import api", "shop", "api", ("api", "shop.api")),
        ("from ..api.v1 import y as z", "shop.api.v1", "y", ("z", "shop.api.v1.y")),
        ("from ..api import *", "shop.api", "*", (None, "shop.api")),
    ],
)
def test_alias(tmp_path: Path, text: str, imported: str, name: str | None, bound: tuple[str | None, str]) -> None:
    entry = only(module(tmp_path, text).imports)
    assert (entry.module, entry.name, (entry.bound, entry.bound_name)) == (imported, name, bound)
    assert entry.qualified_name == (imported if name in {None, "*"} else f"{imported}.{name}")
    assert entry.relative == text.startswith("from .")
    assert not entry.dynamic


def test_one_entry_for_each_alias_wherever_it_stands(tmp_path: Path) -> None:
    text = (
        "import a, b.c\nfrom d import (e, f as g)\ndef h():\n    import i\n"
        "class J:\n    try:\n        from k import l\n    except ImportError: import m\n"
    )
    imports = module(tmp_path, text).imports
    assert [entry.qualified_name for entry in imports] == ["a", "b.c", "i", "m", "d.e", "d.f", "k.l"]
    assert [entry.package for entry in imports] == ["a", "b", "i", "m", "d", "d", "k"]


@pytest.mark.parametrize(
    ("path", "text", "imported"),
    [
        ("src/shop/domain/__init__.py", "from . import order", "shop.domain"),
        ("src/shop/domain/__init__.py", "from .order import Order", "shop.domain.order"),
        ("src/shop/__init__.py", "from .api import v1", "shop.api"),
        ("src/shop/domain/order.py", "from ... import clock", ""),
        ("src/shop/domain/order.py", "from ...clock import now", ""),
        ("src/shop/domain/order.py", "from ....clock import now", ""),
        ("src/main.py", "from .shop import api", ""),
        ("src/order-service/app/main.py", "from .api import v1", "order-service.app.api"),
        ("src/orders.v2/app/main.py", "from .api import v1", "app.api"),
    ],
)
def test_relative_import_starts_from_the_dotted_name(tmp_path: Path, path: str, text: str, imported: str) -> None:
    assert only(module(tmp_path, text, path).imports).module == imported


@pytest.mark.parametrize(
    ("path", "text", "target"),
    [
        ("src/shop/domain/order.py", "from ..api.v1 import router", "shop.api.v1"),
        ("src/shop/domain/order.py", "from ..api import v1", "shop.api.v1"),
        ("src/shop/domain/order.py", "from ..api import *", "shop.api"),
        ("src/shop/domain/order.py", "from ..api import missing", "shop.api"),
        ("src/shop/domain/order.py", "import shop.api.v1 as web", "shop.api.v1"),
        ("src/shop/domain/order.py", "from shop import api", "shop.api"),
        ("src/shop/domain/order.py", "from shop import *", "shop"),
        ("src/shop/domain/order.py", "import decimal", None),
        ("src/shop/domain/order.py", "from sqlalchemy import orm", None),
        ("src/domain/order.py", "from ..shop.api import v1", "shop.api.v1"),  # `src` is itself a package
        ("src/domain/order.py", "from .. import shop", "shop"),
        ("src/domain/order.py", "from .. import *", None),
        ("src/domain/order.py", "from ...shop import api", None),
        ("src/main.py", "from . import shop", "shop"),
        ("src/main.py", "from .shop.api.v1 import router", "shop.api.v1"),
    ],
)
def test_target(tmp_path: Path, path: str, text: str, target: str | None) -> None:
    its_module = module(tmp_path, text, path)
    found = its_module.target(only(its_module.imports))
    assert (found and found.name) == target


@pytest.mark.parametrize(
    ("call", "imported"),
    [
        ('importlib.import_module("shop.api")', "shop.api"),
        ('importlib.import_module("shop" ".api")', "shop.api"),
        ('importlib.import_module(name="shop.api")', "shop.api"),
        ('il.import_module("shop.api")', "shop.api"),
        ('import_module("shop.api")', "shop.api"),
        ('load("shop.api")', "shop.api"),
        ('__import__("shop.api")', "shop.api"),
        ('__import__("shop.api", globals(), locals(), [], 0)', "shop.api"),
        ('__import__("shop", fromlist=["api"])', "shop"),
        ('import_module("..api.v1", "shop.domain")', "shop.api.v1"),
        ('import_module("..api", package="shop.domain")', "shop.api"),
        ('import_module("..api", package=__package__)', "shop.api"),
        ('import_module(".lines", package=__name__)', "shop.domain.order.lines"),
        ('import_module("..api")', None),
        ('import_module("..api", package=package)', None),
        ('import_module("....api", package="shop.domain")', None),
        ('import_module("shop api")', None),
        ('import_module("shop/api.py")', None),
        ('import_module("shop..api")', None),
        ('import_module("")', None),
        ('import_module(f"shop.{name}")', None),
        ("import_module(name)", None),
        ("import_module(*names)", None),
        ("import_module()", None),
        ('__import__("api", globals(), locals(), [], 1)', None),
        ('__import__("api", level=level)', None),
        ('other.import_module("shop.api")', None),
        ('registry.__import__("shop.api")', None),
        ('open("shop.api")', None),
    ],
)
def test_dynamic_import(tmp_path: Path, call: str, imported: str | None) -> None:
    text = f"import importlib, importlib as il\nfrom importlib import import_module, import_module as load\n{call}\n"
    dynamic = [entry for entry in module(tmp_path, text).imports if entry.dynamic]
    assert [entry.module for entry in dynamic] == ([] if imported is None else [imported])
    for entry in dynamic:
        assert isinstance(entry.node, ast.Call)
        assert (entry.node.lineno, entry.bound, entry.name) == (3, None, None)


def test_name_that_is_not_import_module_any_more(tmp_path: Path) -> None:
    text = (
        "import importlib\ndef __import__(name): ...\n"
        'def f(importlib):\n    importlib.import_module("shop.api")\n    __import__("shop.api")\n'
    )
    assert not [entry for entry in module(tmp_path, text).imports if entry.dynamic]


def test_package_imports_are_grouped_by_statement_and_top_level_package(tmp_path: Path) -> None:
    text = (
        "import a.x, b, a.y\nfrom a import c, d\nfrom . import e\nfrom .a import f\n"
        'import importlib\n__import__("a.z"), __import__("a.z")\n'
    )
    groups = module(tmp_path, text).package_imports
    shown = [(group.node.lineno, group.package, [entry.qualified_name for entry in group.entries]) for group in groups]
    assert shown == [
        (1, "a", ["a.x", "a.y"]),
        (1, "b", ["b"]),
        (5, "importlib", ["importlib"]),
        (2, "a", ["a.c", "a.d"]),
        (6, "a", ["a.z"]),
        (6, "a", ["a.z"]),
    ]
    assert [type(group.node) for group in groups[-2:]] == [ast.Call, ast.Call]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("import http.client", "http.client"),
        ("import http.client.deeper", "http.client"),
        ("from http import client", "http.client"),
        ("from http import HTTPStatus, client", "http.client"),
        ("from http.client import HTTPConnection", "http.client"),
        ("import redis", "redis"),
        ("from redis import *", "redis"),
        ("import http", None),
        ("from http import HTTPStatus", None),
        ("import redis_like", None),
        ("import redis.testing", None),
        ("from redis import testing", None),
        ("from redis import testing, client", "redis"),
    ],
)
def test_package_import_named_by(tmp_path: Path, text: str, named: str | None) -> None:
    (group,) = module(tmp_path, text).package_imports
    assert group.named_by({"http.client", "redis"}, but_not=["redis.testing"]) == named


@pytest.mark.parametrize(
    ("text", "is_only"),
    [
        ("if TYPE_CHECKING:\n    import a", True),
        ("if typing.TYPE_CHECKING:\n    import a", True),
        ("if t.TYPE_CHECKING:\n    import a", True),
        ("if TC:\n    import a", True),
        ("if TYPE_CHECKING and VERSION:\n    import a", True),
        ("if TYPE_CHECKING:\n    try:\n        import a\n    except ImportError: ...", True),
        ("if not TYPE_CHECKING: ...\nelse:\n    import a", True),
        ("if VERSION: ...\nelif TYPE_CHECKING:\n    import a", True),
        ("class A:\n    if TYPE_CHECKING:\n        import a", True),
        ("if TYPE_CHECKING: ...\nelse:\n    import a", False),
        ("if not TYPE_CHECKING:\n    import a", False),
        ("if TYPE_CHECKING or VERSION:\n    import a", False),
        ("if not TYPE_CHECKING and VERSION:\n    import a", False),
        ("if VERSION:\n    import a", False),
        ("if check():\n    import a", False),
        ("import a", False),
    ],
)
def test_type_checking_only(tmp_path: Path, text: str, is_only: bool) -> None:  # noqa: FBT001
    text = f"import typing, typing as t\nfrom typing import TYPE_CHECKING, TYPE_CHECKING as TC\n{text}\n"
    for setting in ("count", "ignore"):
        its_module = Project(tmp_path, SHOP, type_checking_imports=setting).module("src/shop/domain/order.py", text)
        entry = next(entry for entry in its_module.imports if entry.module == "a")
        assert its_module.counts(entry) == (setting == "count" or not is_only)
        assert is_type_checking_only(its_module, entry.statement) == is_only


@pytest.mark.parametrize(
    ("text", "is_inside"),
    [
        ("def f():\n    import a", True),
        ("async def f():\n    if x:\n        import a", True),
        ("class C:\n    def f(self):\n        import a", True),
        ("class C:\n    import a", False),
        ("try:\n    import a\nexcept ImportError: ...", False),
        ("with x:\n    import a", False),
    ],
)
def test_inside_function(tmp_path: Path, text: str, is_inside: bool) -> None:  # noqa: FBT001
    its_module = module(tmp_path, text)
    assert is_inside_function(its_module, only(its_module.imports).statement) == is_inside


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("import json", "STANDARD_LIBRARY"),
        ("import sqlalchemy.orm", "THIRD_PARTY"),
        ("from shop import anything", "FIRST_PARTY"),
        ("from .sqlalchemy import orm", "FIRST_PARTY"),
        ("from ....nowhere import orm", "FIRST_PARTY"),
        ("from plain import module", "FIRST_PARTY"),  # a namespace package
        ("from plain import missing", "THIRD_PARTY"),
    ],
)
def test_origin_of_an_import(tmp_path: Path, text: str, origin: str) -> None:
    its_module = Project(tmp_path, f"{SHOP} src/plain/module.py").module("src/shop/domain/order.py", text)
    assert its_module.origin(only(its_module.imports)).name == origin


@pytest.mark.parametrize("text", ["", "\n", "# nothing\n", "match x:\n    case [*_]: ...\n"])
def test_file_without_imports(tmp_path: Path, text: str) -> None:
    its_module = module(tmp_path, text)
    assert its_module.imports == []
    assert its_module.package_imports == []
