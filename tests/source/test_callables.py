"""What a function gives back: a generator, something that can be called, something that cannot."""

from pathlib import Path

import pytest

from flake8_pyarch.source import Module
from flake8_pyarch.source.injection.callables import (
    evidently_returns_callable,
    evidently_returns_no_callable,
    is_annotated_with_no_callable,
    is_generator,
)
from tests.source.projects import Project

HEAD = """
import functools
import typing as t
from abc import ABC
from collections.abc import Callable, Iterator
from typing import Annotated, Any, Generic, Optional, Protocol, TypeVar, Union
from contextlib import contextmanager
from fastapi.security import HTTPBearer
from pydantic import BaseModel
from sqlalchemy.orm import Session, sessionmaker
from shop.store import Book, BookChecker, BorrowBookUseCase, SqlBookRepository, unknown

T = TypeVar("T")
make = sessionmaker()
class Plain(ABC): ...
class Model(BaseModel, Generic[T]): ...
class Called(Plain):
    def __call__(self): ...
class CalledChild(Called): ...
class Foreign(Book): ...
class Check(Protocol):
    def __call__(self): ...
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path, "src/shop/__init__.py src/shop/store.py")


def function_of(text: str, project: Project) -> Module:
    return project.module("src/shop/books.py", f"{HEAD}\n{text}")


def evident(text: str, project: Project) -> bool:
    module = function_of(text, project)
    return evidently_returns_no_callable(module.functions[-1], module)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("yield", True),
        ("yield from x", True),
        ("x = yield", True),
        ("return 1", False),
        ("return (i for i in x)", False),
        ("return lambda: (yield)", False),
        ("class A:\n        x = 1", False),
    ],
)
def test_generators(body: str, expected: bool, project: Project) -> None:  # noqa: FBT001 - a parameter
    module = function_of(f"def f():\n    {body}", project)
    assert is_generator(module.functions[-1]) is expected


def test_the_generator_of_an_inner_function_is_not_its_own(project: Project) -> None:
    module = function_of("def f():\n    def g(): yield\n    return g", project)
    assert [is_generator(function) for function in module.functions[-2:]] == [False, True]


@pytest.mark.parametrize(
    "text",
    [
        "async def f() -> Callable[[], str]: ...",
        "def f():\n    yield lambda: 1",
        "def f(): ...",
        "def f():\n    return",
        "def f():\n    if x: return 1\n    return 'a'",
        "def f():\n    return f'{x}'",
        "def f():\n    return [unknown]",
        "def f():\n    return {unknown: 1}",
        "def f():\n    return x is None",
        "def f():\n    return dict(a=1)",
        "def f():\n    return Plain()",
        "def f():\n    return make()",
        "def f():\n    return Session()",
        "def f():\n    return SqlBookRepository()",
        "def f():\n    s = Session()\n    return s",
        "def f() -> str: ...",
        "def f() -> 'str': ...",
        "def f() -> None: ...",
        "def f() -> str | None: ...",
        "def f() -> Optional[int]: ...",
        "def f() -> Union[int, list[str]]: ...",
        "def f() -> Annotated[int, Callable]: ...",
        "def f() -> t.Dict[str, Callable]: ...",
        "def f() -> Iterator[Callable]: ...",
        "def f() -> Plain: ...",
        "def f() -> Model[int]: ...",
        "def f() -> Session: ...",
        "def f() -> SqlBookRepository: ...",
        "@functools.lru_cache(maxsize=1)\ndef f() -> str: ...",
        "@contextmanager\ndef f(): yield",
    ],
)
def test_certainly_nothing_to_call(text: str, project: Project) -> None:
    assert evident(text, project)


@pytest.mark.parametrize(
    "text",
    [
        "def f():\n    return unknown",
        "def f():\n    return unknown()",
        "def f():\n    return lambda: 1",
        "def f():\n    return functools.partial(x)",
        "def f():\n    return Called()",
        "def f():\n    return BorrowBookUseCase()",
        "def f():\n    if x: return 1\n    return unknown",
        "def f():\n    s = 1\n    s = unknown\n    return s",
        "def f(s):\n    return s",
        "def f():\n    for s in x: s = 1\n    return s",
        "def f():\n    return await x",
        "def f() -> Callable: ...",
        "def f() -> t.Callable[[], str]: ...",
        "def f() -> Any: ...",
        "def f() -> object: ...",
        "def f() -> type[str]: ...",
        "def f() -> T: ...",
        "def f() -> Called: ...",
        "def f() -> CalledChild | None: ...",
        "def f() -> Check: ...",
        "def f() -> Foreign: ...",
        "def f() -> Book: ...",
        "def f() -> 'Called': ...",
        "def f() -> 'Callable[[], str]': ...",
        "def f() -> 'no type': ...",
        "def f() -> HTTPBearer: ...",
        "def f() -> undefined: ...",
        "def f() -> x(): ...",
        "@unknown\ndef f() -> str: ...",
        "@unknown.some()\nasync def f(): ...",
    ],
)
def test_perhaps_something_to_call(text: str, project: Project) -> None:
    assert not evident(text, project)


@pytest.mark.parametrize(
    ("annotation", "expected"),
    [
        ("str", True),
        ("Book", True),
        ("Book | None", True),
        ("'Book'", True),
        ("'list[Book]'", True),
        ("Foreign", True),
        ("BorrowBookUseCase", True),
        ("BookChecker", False),
        ("'BookChecker'", False),
        ("'Callable[[], str]'", False),
        ("Callable[[], str]", False),
        ("Called", False),
        ("Any", False),
        ("undefined", False),
    ],
)
def test_an_unknown_class_is_taken_for_a_plain_one(annotation: str, expected: bool, project: Project) -> None:  # noqa: FBT001
    module = function_of(f"def f() -> {annotation}: ...", project)
    assert is_annotated_with_no_callable(module.functions[-1], module) is expected


def test_an_annotation_says_nothing_below_a_decorator(project: Project) -> None:
    module = function_of("@unknown\ndef f() -> str: ...", project)
    assert not is_annotated_with_no_callable(module.functions[-1], module)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("def f():\n    def g(): ...\n    return g", True),
        ("def f():\n    return lambda: 1", True),
        ("def f():\n    return functools.partial(x)", True),
        ("def f() -> Callable[[], str]: ...", True),
        ("def f() -> BookChecker: ...", True),
        ("def f():\n    if x: return 1\n    def g(): ...\n    return g", True),
        ("def f():\n    return unknown", False),
        ("def f() -> Book:\n    return unknown()", False),
        ("async def f():\n    return lambda: 1", False),
        ("def f():\n    yield lambda: 1", False),
        ("def f(): ...", False),
    ],
)
def test_certainly_something_to_call(text: str, expected: bool, project: Project) -> None:  # noqa: FBT001 - a parameter
    module = function_of(text, project)
    outer = next(function for function in module.functions if function.name == "f")
    assert evidently_returns_callable(outer, module) is expected
