"""Where the environment is used, and what becomes of what is read."""

import ast
from pathlib import Path

import pytest

from flake8_pyarch.source.configuration.environment import Access, is_environment_of_process
from flake8_pyarch.source.configuration.validated import chooses_file, is_validated
from tests.source.projects import Project

HEAD = "import os, decouple, environs\nfrom os import environ, getenv as get\nfrom decouple import config\n"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path, "shop/__init__.py")


@pytest.mark.parametrize(
    ("text", "access", "expression"),
    [
        ("os.environ['A']", Access.READ, "os.environ['A']"),
        ("environ['A'][0]", Access.READ, "environ['A']"),
        ("os.environ.get('A').lower()", Access.READ, "os.environ.get('A')"),
        ("os.getenv('A')", Access.READ, "os.getenv('A')"),
        ("get('A')", Access.READ, "get('A')"),
        ("f(os.getenv)", Access.READ, "os.getenv"),
        ("config('A')", Access.READ, "config('A')"),
        ("decouple.config('A')", Access.READ, "decouple.config('A')"),
        ("environs.Env().str('A')", Access.READ, "environs.Env()"),
        ("'A' in os.environ", Access.TEST, "'A' in os.environ"),
        ("'A' not in environ", Access.TEST, "'A' not in environ"),
        ("os.environ['A'] = 1", Access.CHANGE, "os.environ['A']"),
        ("del environ['A']", Access.CHANGE, "environ['A']"),
        ("os.environ.setdefault('A', 'b')", Access.CHANGE, "os.environ.setdefault('A', 'b')"),
        ("os.putenv('A', 'b')", Access.CHANGE, "os.putenv('A', 'b')"),
        ("dict(os.environ)", Access.WHOLE, "os.environ"),
        ("{**environ}", Access.WHOLE, "environ"),
        ("os.environ.copy()", Access.WHOLE, "os.environ.copy()"),
        ("os.environ.items", Access.WHOLE, "os.environ.items"),
        ("all == os.environ", Access.WHOLE, "os.environ"),
    ],
)
def test_use(project: Project, text: str, access: Access, expression: str) -> None:
    (use,) = project.module("shop/main.py", HEAD + text + "\n").environment_uses
    assert (use.access, ast.unparse(use.expression)) == (access, expression)


@pytest.mark.parametrize(
    "text",
    [
        "environ = {}\nenviron['A']",
        "def f(environ): return environ['A']",
        "request.environ['A']",
        "os.path.join('a')",
        "def f(config: config): pass",
        "def f(env: environs.Env): return env('A')",
        "from shop.os import getenv\ngetenv('A')",
    ],
)
def test_no_use(project: Project, text: str) -> None:
    assert project.module("shop/main.py", f"import os, environs\nfrom os import path\n{text}\n").environment_uses == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("run(env=os.environ)", True),
        ("run(env=os.environ.copy())", True),
        ("run(env={**os.environ, 'A': 'b'})", True),
        ("run(env=dict(os.environ))", True),
        ("run(env=os.environ | more)", True),
        ("env = {**os.environ}\nrun(env=env)", True),
        ("env: dict = dict(os.environ)\nrun(env=env)", True),
        ("os.spawnve(0, 'a', [], os.environ)", True),
        ("env = {**os.environ}\nf(env)", False),
        ("f(os.environ)", False),
        ("f(env=os.environ['A'])", False),
        ("for name in os.environ.items(): pass", False),
        ("import subprocess\nreturned = {**os.environ}", True),
        ("import subprocess\nreturned = os.environ.copy()", True),
        ("import subprocess\nreturned = os.environ", False),
        ("import subprocess\nfor name in os.environ.items(): pass", False),
    ],
)
def test_process(project: Project, text: str, *, expected: bool) -> None:
    module = project.module("shop/main.py", f"import os\n{text}\n")
    (use,) = module.environment_uses
    assert is_environment_of_process(use, module) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("f(env_file=get('A'))", True),
        ("f(_env_file=get('A'))", True),
        ("{'env_file': get('A')}", True),
        ("config_path = get('A')", True),
        ("path = get('SHOP_CONFIG')", True),
        ("self.settings_file = get('A')", True),
        ("load_dotenv(get('A'))", True),
        ("open(get('A'))", True),
        ("f'.env.{get(1)}'", True),
        ("f'settings/{get(1)}.yaml'", True),
        ("def env_filename(): return get('A')", True),
        ("def load_config(): log_path = get('A')", False),
        ("data_path = get('A')", False),
        ("settings = get('A')", False),
        ("f'{get(1)}.txt'", False),
        ("f(a=get('A'))", False),
    ],
)
def test_choice_of_file(project: Project, text: str, *, expected: bool) -> None:
    module = project.module("shop/main.py", f"{HEAD}{text}\n")
    (use,) = module.environment_uses
    assert chooses_file(use, module) == expected


MODEL = "from pydantic import BaseModel\nfrom typing import Annotated\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("class A(BaseModel): a: str = get('A')", True),
        ("class A(BaseModel): a: str = Field(default_factory=lambda: get('A'))", True),
        ("class A(BaseModel):\n @field_validator('a')\n def f(cls, v): return get('A')", True),
        ("class A(BaseModel):\n @pydantic.model_validator\n def f(cls, v): return get('A')", True),
        ("class A(BaseModel):\n def model_post_init(self, v): self.a = get('A')", True),
        ("class A(BaseModel):\n @classmethod\n def f(cls): return cls(a=get('A'))", True),
        ("class A(BaseModel):\n def f(self): return get('A')", False),
        ("class A:\n a = get('A')", False),
        ("def f(): return get('A')\nclass A(BaseModel): a: str = Field(default_factory=f)", True),
        ("def f(v): return get('A')\nB = Annotated[str, BeforeValidator(f)]", True),
        ("def f(v): return get('A')\nclass A(BaseModel): a: str = f(1)", True),
        ("def f(v): return get('A')\nb = f(1)", False),
        ("def f(v): return get('A')\ndef g(v): return f(v)", False),
        ("class A(BaseModel): a: str\nb = A(a=get('A'))", True),
        ("b = AppSettings(a=int(get('A')))", True),
        ("b = int(get('A'))", False),
        ("b = get('A')", False),
    ],
)
def test_validation(project: Project, text: str, *, expected: bool) -> None:
    module = project.module("shop/main.py", f"{HEAD}{MODEL}{text}\n")
    (use,) = module.environment_uses
    assert is_validated(use, module) == expected
