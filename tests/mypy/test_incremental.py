"""After a change, mypy with its cache says what it says without one."""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.mypy.running import run_mypy, write
from tests.mypy.use_cases import LEND_BOOK

DOMAIN = """\
class Base: ...


class Clock(Base): ...


class Mail: ...
"""
DEPENDENCIES = """\
from collections.abc import Iterator

from shop.domain import Clock


def get_clock() -> Clock:
    return Clock()
"""
FACADE = "from shop.dependencies import get_clock as get_clock\n"
ENDPOINTS = """\
from typing import Annotated

from fastapi import APIRouter, Depends

from shop.domain import Base, Clock
from shop.facade import get_clock

router = APIRouter()


@router.get("/")
def endpoint(a: Annotated[Clock, Depends(get_clock)], b: Annotated[Base, Depends(get_clock)]) -> None: ...


def by_default(a: Clock = Depends(get_clock), *, b: Base = Depends(get_clock)) -> None: ...
"""
PROJECT = {
    "shop/__init__.py": "",
    "shop/domain.py": DOMAIN,
    "shop/dependencies.py": DEPENDENCIES,
    "shop/facade.py": FACADE,
    "shop/endpoints.py": ENDPOINTS,
}
SERVICE = """\
from typing import Annotated

from shop.dependencies import get_clock
from shop.domain import Clock


class Service:
    def __init__(self, clock: {clock}) -> None: ...
"""
USES_SERVICE = {
    **PROJECT,
    "shop/service.py": "from fastapi import Depends\n" + SERVICE.format(clock="Annotated[Clock, Depends(get_clock)]"),
    "shop/uses_service.py": """\
from typing import Annotated

from fastapi import Depends

from shop.service import Service


def endpoint(service: Annotated[Service, Depends()]) -> None: ...
""",
}
OVERRIDES = {
    **PROJECT,
    "shop/main.py": """\
from fastapi import FastAPI

from shop.endpoints import router

app = FastAPI()
app.include_router(router)
""",
    "shop/test_main.py": """\
from shop.domain import Base, Clock, Mail
from shop.facade import get_clock
from shop.main import app

app.dependency_overrides[get_clock] = Base
""",
}

GET_LEND_BOOK = """\
from shop.usecases import LendBookUseCase


def get_lend_book() -> LendBookUseCase:
    return LendBookUseCase()
"""
USE_CASES = {
    "shop/__init__.py": "",
    "shop/usecases/__init__.py": "from shop.usecases.lend_book import LendBookUseCase as LendBookUseCase\n",
    "shop/usecases/lend_book.py": LEND_BOOK,
    "shop/providers.py": GET_LEND_BOOK,
    "shop/endpoints.py": """\
from typing import Annotated

from fastapi import Depends

from shop.providers import get_lend_book
from shop.usecases import LendBookUseCase


def lend(use_case: Annotated[LendBookUseCase, Depends(get_lend_book)]) -> None:
    use_case.execute()


def read() -> str:
    return LendBookUseCase().book
""",
}

Files = Mapping[str, str]

CHANGES: dict[str, tuple[Files, Files]] = {
    "a provider provides something else": (
        PROJECT,
        {"shop/dependencies.py": DEPENDENCIES.replace("Clock", "Mail")},
    ),
    "a provider stops being a generator, under the same annotation": (
        {
            **PROJECT,
            "shop/dependencies.py": DEPENDENCIES.replace("-> Clock", "-> Iterator[Clock]").replace("return", "yield"),
        },
        {
            "shop/dependencies.py": DEPENDENCIES.replace("-> Clock", "-> Iterator[Clock]").replace(
                "Clock()", "iter([Clock()])"
            )
        },
    ),
    "a provider loses its annotation": (PROJECT, {"shop/dependencies.py": DEPENDENCIES.replace(" -> Clock", "")}),
    "another module is in between": (
        PROJECT,
        {
            "shop/facade.py": "from shop.other import get_clock as get_clock\n",
            "shop/other.py": DEPENDENCIES.replace("Clock", "Mail"),
        },
    ),
    "a class has another base": (PROJECT, {"shop/domain.py": DOMAIN.replace("Clock(Base)", "Clock")}),
    "a class becomes abstract": (
        {**PROJECT, "shop/endpoints.py": ENDPOINTS.replace("Depends(get_clock)", "Depends(Clock)")},
        {"shop/domain.py": f"from typing import Protocol\n\n\n{DOMAIN.replace('Clock(Base)', 'Clock(Protocol)')}"},
    ),
    "what an endpoint declares changes": (
        PROJECT,
        {"shop/endpoints.py": ENDPOINTS.replace("Annotated[Clock", "Annotated[str")},
    ),
    "a parameter elsewhere loses its Depends": (
        USES_SERVICE,
        {"shop/service.py": SERVICE.format(clock="Clock")},
    ),
    "a parameter elsewhere gets its Depends": (
        {**USES_SERVICE, "shop/service.py": SERVICE.format(clock="Clock")},
        {"shop/service.py": USES_SERVICE["shop/service.py"]},
    ),
    "a class becomes data": (
        {**USES_SERVICE, "shop/service.py": SERVICE.format(clock="Clock")},
        {
            "shop/domain.py": DOMAIN.replace(
                "class Base: ...", "import pydantic\n\n\nclass Base(pydantic.BaseModel): ..."
            )
        },
    ),
    "a provider is injected as something else": (
        OVERRIDES,
        {"shop/endpoints.py": ENDPOINTS.replace("Clock = Depends", "Base = Depends").replace("[Clock,", "[Base,")},
    ),
    "a provider is no longer injected": (
        OVERRIDES,
        {"shop/endpoints.py": "from fastapi import APIRouter\n\nrouter = APIRouter()\n"},
    ),
    "a provider is injected somewhere new": (
        {**OVERRIDES, "shop/endpoints.py": "from fastapi import APIRouter\n\nrouter = APIRouter()\n"},
        {"shop/endpoints.py": ENDPOINTS},
    ),
    "an input starts as something else": (
        USE_CASES,
        {"shop/usecases/lend_book.py": LEND_BOOK.replace("_book_id: str | None = None", '_book_id: str | None = ""')},
    ),
    "a use case can do without an input": (
        USE_CASES,
        {
            "shop/usecases/lend_book.py": LEND_BOOK.replace(
                "assert self._book_id is not None", 'self._book_id = self._book_id or "dune"'
            )
        },
    ),
    "a setter takes None": (
        USE_CASES,
        {"shop/usecases/lend_book.py": LEND_BOOK.replace("book_id: str)", "book_id: str | None)")},
    ),
    "a result is there from the start": (
        USE_CASES,
        {
            "shop/usecases/lend_book.py": LEND_BOOK.replace("_result_book: str | None = None", '_book = ""')
            .replace("        assert self._result_book is not None\n", "")
            .replace("_result_book", "_book")
        },
    ),
    "a provider sets an input": (
        USE_CASES,
        {"shop/providers.py": GET_LEND_BOOK.replace("UseCase()", 'UseCase().set_book_id("dune")')},
    ),
}


PACKAGES = {title: f"c{number:03}" for number, title in enumerate(CHANGES)}


def write_all(root: Path, projects: Mapping[str, Files]) -> None:
    """Write projects, by their titles, each as a package with a name of its own, for mypy to run once over all."""
    for title, files in projects.items():
        renamed = {
            re.sub(r"\bshop\b", PACKAGES[title], path): re.sub(r"\bshop\b", PACKAGES[title], text)
            for path, text in files.items()
        }
        write(root, renamed)


def by_package(said: list[str]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for line in said:
        found[line.partition("/")[0]].append(line)
    return found


Said = tuple[Mapping[str, list[str]], Mapping[str, list[str]], Mapping[str, list[str]]]
"""What mypy says by package: before the changes, after them, and after them without a cache."""


@pytest.fixture(scope="module", params=[(), ("--num-workers", "2")], ids=["serial", "parallel"])
def said(
    request: pytest.FixtureRequest, new_cache: Callable[[], Path], tmp_path_factory: pytest.TempPathFactory
) -> Said:
    root, cache = tmp_path_factory.mktemp("project"), new_cache()
    write_all(root, {title: before for title, (before, _) in CHANGES.items()})
    before = run_mypy(root, cache, *request.param)
    write_all(root, {title: change for title, (_, change) in CHANGES.items()})
    after = run_mypy(root, cache, *request.param)
    return by_package(before), by_package(after), by_package(run_mypy(root, new_cache(), *request.param))


@pytest.mark.parametrize("title", CHANGES)
def test_change(title: str, said: Said) -> None:
    before, after, without_cache = (what.get(PACKAGES[title], []) for what in said)
    assert after == without_cache
    assert after != before


def test_settings_change(tmp_path: Path, new_cache: Callable[[], Path]) -> None:
    root, cache = tmp_path, new_cache()
    write(root, {**PROJECT, "shop/dependencies.py": DEPENDENCIES.replace(" -> Clock", "")})
    said_before = run_mypy(root, cache)
    write(root, {"pyproject.toml": "[tool.pyarch]\ncheck-untyped-providers = true\n"})
    said = run_mypy(root, cache)
    told = [line.rpartition("[")[2] for line in said if line not in said_before and "error" in line]
    assert told == ["pyarch-depends-untyped]"] * 2
    assert said == run_mypy(root, new_cache())
