"""What is an exception class, whose it is, what a handler catches, and which texts are put together on the spot."""

import ast
from pathlib import Path

import pytest

from flake8_pyarch.source import Module
from flake8_pyarch.source.exceptions.classes import (
    assembled_texts,
    catches_everything,
    caught_types,
    is_custom_exception,
    is_exception_class,
)
from tests.source.projects import Project

FILES = "src/shop/__init__.py src/shop/errors.py"
PATH = "src/shop/orders.py"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path, FILES)


def exception_classes(module: Module) -> set[str]:
    return {model.name for model in module.classes if is_exception_class(model)}


@pytest.mark.parametrize(
    "text",
    [
        "class X(Exception): ...",
        "class X(BaseException): ...",
        "class X(LookupError, Generic[T]): ...",
        "class X(UserWarning): ...",
        "class X(KeyboardInterrupt): ...",
        "import builtins\nclass X(builtins.Exception): ...",
        "from builtins import Exception as Root\nclass X(Root): ...",
        "Root = Exception\nclass X(Root): ...",
        "from json import JSONDecodeError\nclass X(JSONDecodeError): ...",
        "from fastapi import HTTPException as Http\nclass X(Http): ...",
        "from shop import errors\nclass X(errors.ShopError): ...",
        "from shop.errors import *\nclass X(ShopError): ...",
        "class X(ShopError[int]): ...",
        "class Base(Exception): ...\nclass X(Base): ...",
        "class X(Base): ...\nclass Base(ValueError): ...",
        "class Base(Exception): ...\nAlias = Base\nclass X(Alias): ...",
        "class Outer:\n    class Problem(Exception): ...\nclass X(Outer.Problem): ...",
        "from pydantic import BaseModel\nclass X(BaseModel, Exception): ...",
        "def f():\n    class Base(Exception): ...\n    class X(Base): ...",
        "if 1:\n    class AnError(KeyError): ...\nelse:\n    class AnError(KeyError): ...\nclass X(AnError): ...",
    ],
)
def test_exception_class(project: Project, text: str) -> None:
    assert "X" in exception_classes(project.module(PATH, text))


@pytest.mark.parametrize(
    "text",
    [
        "class X: ...",
        "class X(object): ...",
        "class X(dict): ...",
        "class X(Unknown): ...",
        "class X(make_error('x')): ...",
        "class XError(Unknown): ...",
        "class X(handleError): ...",
        "class ErrorCode(str): ...\nclass X(ErrorCode): ...",
        "from pydantic import BaseModel\nclass SomeError(BaseModel): ...\nclass X(SomeError): ...",
        "class SomeError: ...\nclass X(SomeError): ...",
        "class SomeError: ...\nAnotherError = SomeError\nclass X(AnotherError): ...",
        "class Outer:\n    class SomeError: ...\nclass X(Outer.SomeError): ...",
        "from pydantic import BaseModel as ModelError\nclass X(ModelError): ...",
        "class X(XError): ...\nclass XError(X): ...",
        "class X(X): ...",
    ],
)
def test_no_exception_class(project: Project, text: str) -> None:
    assert "X" not in exception_classes(project.module(PATH, text))


def raises(module: Module) -> list[ast.Raise]:
    return module.syntax.of(ast.Raise)


@pytest.mark.parametrize(
    ("text", "custom"),
    [
        ("class Gone(Exception): ...\nraise Gone()", True),
        ("class Gone(Exception): ...\nAlias = Gone\nraise Alias()", True),
        ("class Gone(Model): ...\nraise Gone()", False),
        ("from shop.errors import Gone\nraise Gone()", True),
        ("from .errors import Gone as _Lost\nraise _Lost", True),
        ("from shop import errors\nraise errors.Gone()", True),
        ("import shop.errors\nraise shop.errors.Gone()", True),
        ("from shop.errors import gone\nraise gone()", False),
        ("from fastapi import HTTPException\nraise HTTPException(404)", False),
        ("from json import JSONDecodeError\nraise JSONDecodeError()", False),
        ("raise ValueError()", False),
        ("raise UnknownError()", False),
        ("def Gone(): ...\nraise Gone()", False),
        ("raise self.error()", False),
        ("raise errors[0]()", False),
    ],
)
def test_custom_exception(project: Project, text: str, custom: bool) -> None:  # noqa: FBT001
    module = project.module(PATH, text)
    exception = raises(module)[0].exc
    assert exception is not None
    assert is_custom_exception(exception.func if isinstance(exception, ast.Call) else exception, module) is custom


@pytest.mark.parametrize(
    ("clause", "types", "everything"),
    [
        ("except:", [], True),
        ("except Exception:", ["Exception"], True),
        ("except BaseException as e:", ["BaseException"], True),
        ("except builtins.Exception:", ["builtins.Exception"], True),
        ("except (ValueError, Exception):", ["ValueError", "Exception"], True),
        ("except (ValueError, (KeyError, *MORE)):", ["ValueError", "KeyError", "OSError", "EOFError"], False),
        ("except MORE:", ["OSError", "EOFError"], False),
        ("except LOOP:", ["KeyError"], False),
        ("except shop.Gone:", ["shop.Gone"], False),
        ("except* Exception:", ["Exception"], True),
        ("except make():", ["make()"], False),
    ],
)
def test_caught_types(project: Project, clause: str, types: list[str], everything: bool) -> None:  # noqa: FBT001
    text = f"import builtins\nMORE = (OSError, EOFError)\nLOOP = (KeyError, LOOP)\ntry:\n    f()\n{clause}\n    pass\n"
    module = project.module(PATH, text)
    handler = module.syntax.of(ast.ExceptHandler)[0]
    assert [ast.unparse(node) for node in caught_types(handler, module)] == types
    assert catches_everything(handler, module) is everything


@pytest.mark.parametrize(
    "argument",
    [
        'f"no {x}"',
        '"no %s" % x',
        '"no {}".format(x)',
        '"no " + x',
        'x + " is gone"',
        'x + ": " + y + z',
        '"no " "such " + x',
        "str(x) + y",
        'f"no {x}" + y',
        '"no %s" % x + y',
        '", ".join(x) + y',
        "TEMPLATE % x",
        "TEMPLATE.format(x)",
        'reason=f"no {x}"',
        '1, f"no {x}"',
    ],
)
def test_assembled_text(project: Project, argument: str) -> None:
    module = project.module(PATH, f"TEMPLATE = 'no {{}}'\ndef f(x, y, z):\n    raise Gone({argument})")
    assert len(assembled_texts(raises(module)[0], module)) == 1


@pytest.mark.parametrize(
    "argument",
    [
        "",
        "x",
        "*x, **y",
        '"no"',
        'f"no"',
        '"no " "such"',
        '"no " + "such"',
        "x + 1",
        "x + y",
        "x % 10",
        "x % 'a'",
        "x.format('YYYY')",
        '", ".join(x)',
        "str(x)",
        "message",
        'b"no %s"',
    ],
)
def test_no_assembled_text(project: Project, argument: str) -> None:
    module = project.module(PATH, f"def f(x, y):\n    message = f'no {{x}}'\n    raise Gone({argument})")
    assert assembled_texts(raises(module)[0], module) == []


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ('f"failed: {error}"', False),
        ('f"failed: {error!r}, {type(error).__name__}"', False),
        ('"failed: " + str(error)', False),
        ('"failed: %s" % error', False),
        ('"failed: {}".format(error)', False),
        ('f"failed: {error.args[0]}, {len(error.args)}"', False),
        ('f"failed: {[str(part) for part in error.args]}"', False),
        ('f"failed: {error} for {order}"', True),
        ('f"failed: {order}"', True),
        ('f"failed: {describe(error)}"', False),
        ('f"failed: {describe(order)}"', True),
        ('f"failed: {[error for error in order]}"', True),
    ],
)
def test_wrapping_the_caught_exception(project: Project, text: str, reported: bool) -> None:  # noqa: FBT001
    handler = f"    except KeyError as error:\n        raise Gone({text}) from error\n"
    source = f"def describe(x): ...\ndef f(order):\n    try:\n        g()\n{handler}"
    module = project.module(PATH, source)
    assert bool(assembled_texts(raises(module)[0], module)) is reported


def test_handlers_round_a_function_are_not_its_own(project: Project) -> None:
    source = "try:\n    g()\nexcept KeyError as error:\n    def f():\n        raise Gone(f'failed: {error}')\n"
    module = project.module(PATH, source)
    assert assembled_texts(raises(module)[0], module)
