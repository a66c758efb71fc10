"""Which classes are settings, their fields, their prefix, and who else has some."""

import ast
from pathlib import Path

import pytest

from flake8_pyarch.source.configuration.settings_classes import (
    SettingsClass,
    fields_of,
    has_settings_neighbour,
    is_pydantic_class,
    is_settings_class,
)
from tests.source.projects import Project

HEAD = """
import pydantic, pydantic.v1, pydantic_settings
from dataclasses import dataclass
from pydantic import BaseModel, Field, RootModel
from pydantic.dataclasses import dataclass as validated
from pydantic_settings import BaseSettings
from shop.base import Base, common
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path, "shop/__init__.py shop/config/__init__.py")


def settings(project: Project, text: str) -> list[SettingsClass]:
    return project.module("shop/config/app_config.py", HEAD + text).settings_classes


@pytest.mark.parametrize(
    "bases",
    [
        "BaseSettings",
        "pydantic_settings.BaseSettings",
        "pydantic.BaseSettings",
        "pydantic.v1.BaseSettings",
        "Base, BaseSettings",
    ],
)
def test_settings_class(project: Project, bases: str) -> None:
    found = settings(project, f"class First({bases}): pass\nclass Second(First): pass\nclass Third(Second): pass\n")
    assert [each.name for each in found] == ["First", "Second", "Third"]


@pytest.mark.parametrize("bases", ["", "(BaseModel)", "(Base)", "(object)", "(Missing)", "(*Base)", "(Base())"])
def test_no_settings_class(project: Project, bases: str) -> None:
    assert settings(project, f"class First{bases}: pass\nclass BaseSettings(First): pass\n") == []


def test_no_settings_class_without_pydantic(project: Project) -> None:
    text = "from shop.base import BaseSettings\nclass AppConfig(BaseSettings): pass\n"
    assert project.module("shop/config/app_config.py", text).settings_classes == []


@pytest.mark.parametrize(
    ("definition", "is_pydantic"),
    [
        ("class It(BaseModel): pass", True),
        ("class It(pydantic.BaseModel): pass", True),
        ("class It(pydantic.v1.BaseModel): pass", True),
        ("class It(RootModel[list[str]]): pass", True),
        ("class It(BaseSettings): pass", True),
        ("class Other(BaseModel): pass\nclass It(Other): pass", True),
        ("@validated\nclass It: pass", True),
        ("@validated(frozen=True)\nclass It: pass", True),
        ("@dataclass\nclass It: pass", False),
        ("class It(Base): pass", False),
        ("class It(pydantic.ValidationError): pass", False),
        ("class It: pass", False),
    ],
)
def test_pydantic_class(project: Project, definition: str, *, is_pydantic: bool) -> None:
    module = project.module("shop/config/app_config.py", f"{HEAD}\n{definition}\n")
    model = module.classes[-1]
    assert is_pydantic_class(model) == is_pydantic
    assert is_settings_class(model) == ("BaseSettings" in definition)


def test_fields(project: Project) -> None:
    text = """
class AppConfig(BaseSettings):
    host: str
    port: int = 5432
    if True:
        user: "str | None" = Field(None, alias="LOGIN")
    _private: str = ""
    model_config: dict = {}
    kinds: ClassVar[list[str]] = []
    LIMIT: typing.Final = 3
    plain = 1
    def __init__(self, late: str): self.late: str = late
"""
    (config,) = settings(project, text)
    assert [(field.name, field.names_its_variable) for field in config.fields] == [
        ("host", False),
        ("port", False),
        ("user", True),
    ]
    assert [ast.unparse(field.annotation) for field in fields_of(config.model)] == ["str", "int", "'str | None'"]
    assert config.reads_unnamed_variables
    assert config.is_top_level


def test_top_level(project: Project) -> None:
    text = """
class First(BaseSettings):
    class Inner(BaseSettings): pass
def function():
    class Local(BaseSettings): pass
if True:
    class Second(BaseSettings): pass
"""
    found = {each.name: each.is_top_level for each in settings(project, text)}
    assert found == {"First": True, "Inner": False, "Local": False, "Second": True}


@pytest.mark.parametrize(
    ("body", "may_have"),
    [
        ("host: str", False),
        ("model_config = {'env_file': '.env'}", False),
        ("model_config = {'env_prefix': 'APP_'}", True),
        ("model_config = {**common}", True),
        ("model_config = {KEY: 'APP_'}", True),
        ("model_config = common", True),
        ("model_config = SettingsConfigDict(env_file='.env')", False),
        ("model_config = SettingsConfigDict(env_prefix='APP_')", True),
        ("model_config = SettingsConfigDict(**common)", True),
        ("model_config = merged(common)", True),
        ("model_config: dict = {'env_prefix': 'APP_'}", True),
        ("model_config: dict", False),
        ("class Config: env_file = '.env'", False),
        ("class Config: env_prefix = 'APP_'", True),
        ("class Config: env_prefix: str = 'APP_'", True),
        ("class Config(common.Config): pass", True),
        ("class Other: env_prefix = 'APP_'", False),
    ],
)
def test_prefix(project: Project, body: str, *, may_have: bool) -> None:
    own, derived = settings(project, f"class First(BaseSettings):\n    {body}\nclass Second(First): pass\n")
    assert own.may_have_prefix == may_have
    assert derived.may_have_prefix == may_have


@pytest.mark.parametrize(
    ("keywords", "may_have"), [("env_prefix='A_'", True), ("**more", True), ("frozen=True", False)]
)
def test_prefix_of_class_statement(project: Project, keywords: str, *, may_have: bool) -> None:
    (config,) = settings(project, f"class First(BaseSettings, {keywords}): pass\n")
    assert config.may_have_prefix == may_have


def test_shared_variables(project: Project) -> None:
    text = """
class Empty(BaseSettings): pass
class First(Empty): host: str
class Second(First): port: int
class Third(Empty): host: str
class Fourth(BaseSettings): host: str
class Both(Third, Fourth): pass
"""
    found = {each.name: each for each in settings(project, text)}
    shared = {
        (one.name, other.name)
        for one in found.values()
        for other in found.values()
        if one.name < other.name and one.shares_variables_with(other)
    }
    assert shared == {
        ("First", "Second"),
        ("Both", "Third"),
        ("Both", "Fourth"),
        ("Fourth", "Third"),
        ("Empty", "Fourth"),
    } | {(min("Empty", name), max("Empty", name)) for name in ("First", "Second", "Third", "Both")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from pydantic_settings import BaseSettings\nclass MailConfig(BaseSettings): pass", True),
        ("import pydantic_settings as ps\nclass MailConfig(ps.BaseSettings): pass", True),
        ("from pydantic import BaseModel\nclass MailConfig(BaseModel): pass", False),
        ("class MailConfig(: pass", False),
        ("", False),
    ],
)
def test_neighbour(project: Project, text: str, *, expected: bool) -> None:
    (project.root / "shop/config/mail.py").write_text(text, encoding="utf-8")
    assert has_settings_neighbour(project.module("shop/config/app_config.py", "")) == expected
    assert has_settings_neighbour(project.module("shop/config/__init__.py", "")) == expected
    assert not has_settings_neighbour(project.module("shop/other.py", ""))


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("shop/config/database.py", True),
        ("shop/config/__init__.py", True),
        ("shop/mail/settings.py", True),
        ("shop/mail/app_config.py", True),
        ("shop/mail/settings_loader.py", True),
        ("shop/mail/Environment.py", True),
        ("shop/Settings/mail.py", True),
        ("shop/mail/conf/__init__.py", True),
        ("shop/mail/__init__.py", False),
        ("shop/mail/configure.py", False),
        ("shop/mail/store.py", False),
    ],
)
def test_configuration(project: Project, path: str, *, expected: bool) -> None:
    assert project.module(path, "").is_configuration == expected
