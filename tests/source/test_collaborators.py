"""What is a collaborator that something builds itself, and what opens a resource."""

import ast
import re
from pathlib import Path

import pytest

from flake8_pyarch.lexicon import words
from flake8_pyarch.source import Module
from flake8_pyarch.source.injection.collaborators import (
    collaborator_built_by,
    collaborators_stored,
    is_use_case_or_service,
    opens_resource,
    releasable_opened_by,
    resource_opened_by,
    resource_packages,
)
from tests.source.projects import Project

FILES = """
    src/shop/__init__.py src/shop/domain/__init__.py src/shop/domain/stock.py src/shop/usecases/__init__.py
    src/shop/store/__init__.py src/shop/store/models.py src/shop/api/__init__.py
"""
PATH = "src/shop/api/books.py"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path, FILES)


def last_value(module: Module) -> ast.expr:
    statement = module.tree.body[-1]
    assert isinstance(statement, ast.Expr)
    return statement.value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from shop.store import SqlBookRepository\nSqlBookRepository(1)", "SqlBookRepository"),
        ("from shop import store\nstore.StockService()", "StockService"),
        ("import shop.store\nshop.store.PaymentClient()", "PaymentClient"),
        ("from ..store import BookGateway\nBookGateway()", "BookGateway"),
        ("from shop.store import SqlUnitOfWork as Work\nWork()", "SqlUnitOfWork"),
        ("from shop.store import SqlConnection\nSqlConnection()", "SqlConnection"),
        ("from shop.store import SqlSession\nSqlSession()", "SqlSession"),
        ("from shop.store import SqlEngine\nSqlEngine()", "SqlEngine"),
        ("from shop.store import MailAdapter\nMailAdapter()", "MailAdapter"),
        ("from shop.store import BorrowBookUseCase\nBorrowBookUseCase()", "BorrowBookUseCase"),
        ("class Repository: ...\nRepository()", "Repository"),
        ("class BookService:\n    pass\nAlias = BookService\nAlias()", "BookService"),
        ("from shop.store.models import BookRepository\nBookRepository()", "BookRepository"),
        ("import dataclasses\n@dataclasses.dataclass\nclass BookService: ...\nBookService()", "BookService"),
    ],
)
def test_collaborators(text: str, expected: str, project: Project) -> None:
    module = project.module(PATH, text)
    assert collaborator_built_by(last_value(module), module) == expected


@pytest.mark.parametrize(
    "text",
    [
        "from shop.store import SqlBookRepository\nSqlBookRepository",
        "from shop.store import SqlBookRepository\nSqlBookRepository.make()",
        "from shop.store import Stock as StockService\nStockService()",
        "from shop.store import BookServices\nBookServices()",
        "from shop.store import get_book_service\nget_book_service()",
        "from sqlalchemy.orm import Session\nSession()",
        "from somewhere import PaymentClient\nPaymentClient()",
        "PaymentClient()",
        "def f(PaymentClient): ...\nx.PaymentClient()",
        "def PaymentClient(): ...\nPaymentClient()",
        "from shop.store import PrefixLoggerAdapter\nPrefixLoggerAdapter()",
        "from shop.store.models import OAuthClient\nOAuthClient()",
        "from shop.domain.stock import StockSession\nStockSession()",
        "import pydantic\nclass BookSession(pydantic.BaseModel): ...\nBookSession()",
        "from shop.store import Base\nclass BookSession(Base): ...\nBookSession()",
        "import dataclasses\n@dataclasses.dataclass(frozen=True)\nclass BookConnection: ...\nBookConnection()",
        "import enum\nclass Engine(enum.Enum): ...\nEngine(1)",
        "1",
    ],
)
def test_no_collaborators(text: str, project: Project) -> None:
    module = project.module(PATH, text)
    assert collaborator_built_by(last_value(module), module) is None


def test_an_imported_record_is_looked_up(project: Project) -> None:
    (project.root / "src/shop/store/__init__.py").write_text("from shop.store.records import LoginSession, OpenSession")
    (project.root / "src/shop/store/records.py").write_text(
        "from pydantic import BaseModel\nclass LoginSession(BaseModel): ...\nclass OpenSession: ..."
    )
    for name, expected in (("LoginSession", None), ("OpenSession", "OpenSession")):
        module = project.module(PATH, f"from shop.store import {name}\n{name}()")
        assert collaborator_built_by(last_value(module), module) == expected


def stored(module: Module) -> list[tuple[str, str]]:
    return [(attribute, name) for model in module.classes for _, attribute, name in collaborators_stored(model, module)]


def test_what_a_constructor_stores(project: Project) -> None:
    text = """
from shop.store import ARepository, BRepository, CRepository, DRepository, ERepository, FRepository
class A:
    f = FRepository()
    def __init__(self, given):
        self.a = ARepository()
        self.b: object = BRepository()
        self.c, self.d = CRepository(), given
        self.x = self.y = DRepository()
        self.given = given or ERepository()
        e = ERepository()
        self.e = e
        def inner(self):
            self.z = FRepository()
    def late(self):
        self.f = FRepository()
"""
    expected = [("a", "ARepository"), ("b", "BRepository"), ("c", "CRepository"), ("x", "DRepository")]
    assert stored(project.module(PATH, text)) == expected


@pytest.mark.parametrize("owner", ["SqlUnitOfWork", "BookUow", "RepositoryFactory", "AppContainer", "Registry"])
def test_classes_that_are_there_to_build(owner: str, project: Project) -> None:
    text = f"from shop.store import ARepository\nclass {owner}:\n    def __init__(self): self.a = ARepository()"
    assert stored(project.module(PATH, text)) == []


def test_parts_of_a_client(project: Project) -> None:
    text = "class HttpClient: ...\nclass {}:\n    def __init__(self): self.a = HttpClient()"
    assert stored(project.module(PATH, text.format("AsyncClient"))) == []
    assert stored(project.module(PATH, text.format("Books"))) == [("a", "HttpClient")]


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("src/shop/usecases/a.py", "class AUseCase:\n    def execute(self): ...", True),
        ("src/shop/usecases/a.py", "class A:\n    def execute(self): ...", True),
        ("src/shop/usecases/a.py", "class AService: ...", True),
        ("src/shop/usecases/a.py", "class A: ...", False),
        ("src/shop/api/a.py", "class AUseCase:\n    def execute(self): ...", True),
        ("src/shop/api/a.py", "class AService: ...", False),
    ],
)
def test_use_cases_and_services(path: str, text: str, expected: bool, project: Project) -> None:  # noqa: FBT001
    module = project.module(path, text)
    assert is_use_case_or_service(module.classes[0], module) is expected


@pytest.mark.parametrize("name", words("resource_constructors"))
def test_every_known_resource(name: str, project: Project) -> None:
    assert re.fullmatch(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)+", name)
    package, _, rest = name.partition(".")
    module = project.module(PATH, f"import {package} as p\np.{rest}(1)")
    assert resource_opened_by(last_value(module), module) == name
    assert opens_resource(last_value(module), module)
    assert package in resource_packages()


def test_the_known_resources_stand_once() -> None:
    assert len(set(words("resource_constructors"))) == len(words("resource_constructors"))


@pytest.mark.parametrize(
    "text",
    [
        "import sqlalchemy\nsqlalchemy.create_engine",
        "import sqlalchemy\nsqlalchemy.text('')",
        "from shop.store import create_engine\ncreate_engine()",
        "import boto3\nboto3.Session()",
        "import redis\ndef f(redis): ...\nx.Redis()",
        "create_engine()",
    ],
)
def test_no_known_resource(text: str, project: Project) -> None:
    module = project.module(PATH, text)
    assert not opens_resource(last_value(module), module)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from sqlalchemy.orm import Session\nSession()", "Session"),
        ("from sqlmodel.ext.asyncio.session import AsyncSession as S\nS()", "S"),
        ("import somewhere\nsomewhere.SpecialSession()", "SpecialSession"),
        ("import somewhere\nsomewhere.PaymentClient()", "PaymentClient"),
        ("from sqlalchemy.orm import sessionmaker\nmake = sessionmaker()\nmake()", "make"),
        ("from sqlalchemy.ext.asyncio import async_sessionmaker\nm: x = async_sessionmaker()\nm()", "m"),
        ("from shop.store import SessionLocal\nSessionLocal()", "SessionLocal"),
        ("from shop.store import async_session_maker\nasync_session_maker()", "async_session_maker"),
        ("from sqlalchemy import create_engine\ncreate_engine('')", "create_engine"),
        ("import sqlite3\nsqlite3.connect('')", "connect"),
        ("from somewhere import connect\nconnect('')", "connect"),
        ("from shop.store import engine\nengine.connect()", "connect"),
        ("from shop.store import engine\nengine.begin()", "begin"),
        ("x.acquire()", "acquire"),
        ("open('')", "open"),
        ("import gzip\ngzip.open('')", "open"),
        ("x.open()", "open"),
        ("import redis\nredis.from_url('')", "from_url"),
    ],
)
def test_what_has_to_be_closed(text: str, expected: str, project: Project) -> None:
    module = project.module(PATH, text)
    assert releasable_opened_by(last_value(module), module) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Session()",
        "from shop.store import UserSession\nUserSession()",
        "from shop.store import PaymentClient\nPaymentClient()",
        "class PaymentClient: ...\nPaymentClient()",
        "from shop.store import connect\nconnect()",
        "from shop.store import get_session_maker\nget_session_maker()",
        "from sqlalchemy.orm import sessionmaker\nsessionmaker()",
        "def SessionLocal(): ...\nSessionLocal()",
        "import webbrowser\nwebbrowser.open('')",
        "import os\nos.open('')",
        "import boto3\nboto3.Session()",
        "import boto3\nboto3.client('s3')",
        "x()()",
        "x",
    ],
)
def test_what_need_not_be_closed(text: str, project: Project) -> None:
    module = project.module(PATH, text)
    assert releasable_opened_by(last_value(module), module) is None
