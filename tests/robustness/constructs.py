"""Texts of as many of one construct as are asked for."""

from collections.abc import Callable

__all__ = ["CONSTRUCTS"]

_HEAD = """import logging
import os
from abc import abstractmethod
from typing import Protocol

import structlog
from fastapi import APIRouter, Depends
from pydantic_settings import BaseSettings

logger = structlog.get_logger()
router = APIRouter()


"""


def _many(text: str) -> Callable[[int], str]:
    """Return what repeats a text, `$` in it replaced by a running number, and `$+` by the one after it."""
    return _inside("", text, "")


def _inside(before: str, text: str, after: str = "\n") -> Callable[[int], str]:
    """Return what repeats a text between two others."""
    return lambda count: _HEAD + before + "".join(_numbered(text, number) for number in range(count)) + after


def _numbered(text: str, number: int) -> str:
    return text.replace("$+", str(number + 1)).replace("$", str(number))


_USE_CASE = """class BorrowBook$UseCase:
    def __init__(self, books: Books) -> None:
        self._books = books
        self._book_id: int | None = None

    def set_book_id(self, book_id: int) -> Self:
        self._book_id = book_id
        return self

    def execute(self) -> None:
        if self._book_id is None:
            raise ValueError
        self._books.add(self._book_id)


"""

_HEIR = """class Borrow$+UseCase(Borrow$UseCase):
    def __init__(self, books: Books) -> None:
        self._books = books
        self._id$: int | None = None

    def set_id$(self, id_: int) -> Self:
        self._id$ = id_
        return self

    def execute(self) -> None:
        self._books.add(self._id$)


"""

CONSTRUCTS: dict[str, Callable[[int], str]] = {
    "a chain of bind()": _inside("def f(a):\n    log = logger", ".bind(a$=a)", "\n    log.info('x')\n"),
    "a chain of calls": _inside("def f(a):\n    return a", ".m$(a)"),
    "a chain of attributes": _inside("x = a", ".b$"),
    "a sum of texts": _inside("def f(a):\n    raise ValueError('x'", " + str(a)", ")\n"),
    "a comparison": _inside("x = a", " < a$"),
    "a condition": _inside("def f(a):\n    return a", " and a$ is not None"),
    "elif": _inside("def f(a):\n    if a is None:\n        x = 1\n", "    elif a == $:\n        x = $\n"),
    "ifs": _inside("class A:\n    def f(self, a):\n", "        if a == $:\n            self.a = $\n"),
    "a dictionary": _inside("X = {", "'password$': 'hunter$xyz', ", "}\n"),
    "__all__": _inside("__all__ = [", "'k$', ", "]\n"),
    "additions to __all__": _inside("__all__ = []\n", "__all__ += ['k$']\n"),
    "classes": _many("class A$:\n    x: int = $\n    def f(self): return self.x\n"),
    "classes of one name": _many("class A(B):\n    def f(self): return self.x\n"),
    "use cases": _many(_USE_CASE),
    "heirs": _many("class A$+(A$):\n    x$: int = $\n    def f(self): return self.x$\n"),
    "use cases that are heirs": _many(_HEIR),
    "settings that are heirs": _inside(
        "class A0Settings(BaseSettings): ...\n",
        "class A$+Settings(A$Settings):\n    x$: int = 1\n    password$: str = 'xx$'\n",
    ),
    "exceptions that are heirs": _inside(
        "class E0Error(Exception): ...\n", "class E$+Error(E$Error):\n    def __init__(self, a): self.a$ = a\n"
    ),
    "protocols that are heirs": _inside(
        "class P0(Protocol): ...\n", "class P$+(P$, Protocol):\n    @abstractmethod\n    def f$(self) -> int: ...\n"
    ),
    "settings": _many("class A$Settings(BaseSettings):\n    x: int = $\n    password: str = 'xx$'\n"),
    "fields": _inside("class ASettings(BaseSettings):\n", "    db_x$: int = $\n    api_password$: str = 'xx$'\n"),
    "imports": _many("from pkg$.sub import name$\nname$()\n"),
    "imports of one name": _many("from pkg$ import name\nname()\n"),
    "new values": _inside("x = 0\n", "x = x + $\nx.f()\n"),
    "aliases": _inside("import a\nx0 = a\n", "x$+ = x$\nx$.info('x')\n"),
    "aliases in a circle": _many("x = y\ny = x\nx.info('x')\n"),
    "loggers bound anew": _inside("def f(a):\n    log = logger\n", "    log = log.bind(a=a)\n    log.info('x')\n"),
    "loggers": _many("log$ = logging.getLogger('x$')\nlog$.info('a')\n"),
    "local loggers": _many("def f$():\n    logger = logging.getLogger(__name__)\n    logger.info('a')\n"),
    "log calls": _inside("def f(a):\n", "    logger.info('x%s' % a, password=a)\n    logger.info(f'x{a}')\n"),
    "functions": _many("def f$(a):\n    return f$(a)\n"),
    "methods": _inside("class A:\n", "    def f$(self):\n        return self.f$()\n"),
    "handlers": _inside(
        "def f():\n", "    try:\n        x()\n    except Exception as e:\n        raise ValueError(f'{e}')\n"
    ),
    "routes": _many("def get_x$(): return X()\n@router.get('/$')\ndef r$(a=Depends(get_x$)): return a\n"),
    "parameters": _inside("def get_x(): return X()\ndef r(", "a$=Depends(get_x), ", "): return 1\n"),
    "environment": _inside("def f():\n", "    x = os.environ['A$']\n    if not x: raise ValueError('x')\n"),
    "noqa": _many("print('x')  # noqa: PYA605\nx = 1  # noqa: PYA101\n"),
    "texts of two lines": _many("print('''x\n y''')\n"),
    "continued lines": _inside("print(1)", " + \\\n print(1)"),
    "one line": _inside("é = 1; ", "print('é'); "),
    "match": _inside("def f(a):\n    match a:\n", "        case A$(x=y):\n            return y\n"),
    "walrus": _inside("def f():\n", "    if (x$ := g()): x$.f()\n"),
    "globals": _many("def f$():\n    global X$\n    X$ = 1\n"),
    "secrets": _many("PASSWORD$ = 'hunter2xyz$'\nf(password='aa$bb')\n"),
    "a long text": _inside("PASSWORD = 'postgres://", "a:b$", "'\n"),
}
"""What a text is full of → what writes it, given how many."""
