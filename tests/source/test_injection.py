"""What is a call of `Depends` and where it stands, what is a provider, and what is a route handler."""

import ast
from pathlib import Path

import pytest

from flake8_pyarch.source import Module
from flake8_pyarch.source.injection.depends import is_caching
from tests.source.projects import Project

PATH = "src/shop/books.py"
COMPOSITION = "src/shop/dependencies.py"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path, "src/shop/__init__.py")


def injected(module: Module) -> list[str]:
    """Return the provider of each call of `Depends`, as written."""
    return ["" if call.provider is None else ast.unparse(call.provider) for call in module.depends_calls]


def providers(module: Module) -> list[str]:
    return [provider.function.name for provider in module.providers]


def handlers(module: Module) -> list[str]:
    return [handler.function.name for handler in module.route_handlers]


@pytest.mark.parametrize(
    "text",
    [
        "from fastapi import Depends\nDepends(x)",
        "from fastapi import Security\nSecurity(x, scopes=[])",
        "from fastapi import Depends as D\nD(x)",
        "import fastapi\nfastapi.Depends(x)",
        "import fastapi as f\nf.Security(x)",
        "from fastapi import params\nparams.Depends(x)",
        "import fastapi.param_functions\nfastapi.param_functions.Depends(x)",
        "from fastapi import Depends\nInject = Depends\nInject(x)",
        "import fastapi\nInject = fastapi.Depends\nInject(x)",
        "from taskiq import TaskiqDepends\nTaskiqDepends(x)",
        "from taskiq_dependencies import Depends\nDepends(x)",
        "import fast_depends\nfast_depends.Depends(x)",
        "def f():\n    from fastapi import Depends\n    Depends(dependency=x)",
        "try:\n    from fastapi import Depends\nexcept ImportError:\n    Depends = None\nDepends(x)",
    ],
)
def test_calls_of_depends(text: str, project: Project) -> None:
    assert injected(project.module(PATH, text)) == ["x"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Depends(x)",
        "from shop import Depends\nDepends(x)",
        "from fastapi import *\nDepends(x)",
        "from fastapi import Depends\ndef Depends(y): ...\nDepends(x)",
        "from fastapi import Depends\ndef f(Depends):\n    Depends(x)",
        "import fastapi\nfastapi.Query(x)",
        "import fastapi\nx.Depends(x)",
        "from fastapi import Depends\nDepends\nDepends.x(x)\n[Depends][0](x)",
    ],
)
def test_other_calls(text: str, project: Project) -> None:
    assert injected(project.module(PATH, text)) == []


def test_calls_without_a_provider(project: Project) -> None:
    assert injected(
        project.module(PATH, "from fastapi import Depends\nDepends(), Depends(*x), Depends(use_cache=1)")
    ) == [
        "",
        "",
        "",
    ]


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ("a=Depends(x)", ("a", True)),
        ("a, /, b: int = Depends(x), *, c=1", ("b", True)),
        ("a, b, *, c=1, d=Depends(x), e", ("d", True)),
        ("a: Annotated[int, Depends(x)]", ("a", False)),
        ("*a: Annotated[int, Depends(x)]", ("a", False)),
        ("a: Annotated[int, Depends(x)] | None = None", ("a", False)),
        ("a: Optional[Annotated[int, 1, Depends(x)]] = None", ("a", False)),
        ("a=Query(Depends(x))", None),
        ("a=[Depends(x)]", None),
        ("a=Depends(x) if b else None", None),
        ("a=(b, Depends(x))", None),
        ("a=lambda b=Depends(x): b", None),
    ],
)
@pytest.mark.parametrize("head", ["def f", "async def f", "class A:\n    def f"])
def test_the_parameter(parameters: str, expected: tuple[str, bool] | None, head: str, project: Project) -> None:
    module = project.module(PATH, f"from fastapi import Depends\n{head}({parameters}): ...")
    [call] = module.depends_calls
    if expected is None:
        assert call.function is None
    else:
        assert call.parameter is not None
        assert call.function is not None
        assert (call.parameter.arg, call.is_default, call.function.name) == (*expected, "f")


def test_no_parameter(project: Project) -> None:
    module = project.module(
        PATH,
        "from fastapi import Depends\n"
        "@route(Depends(a))\n"
        "def f() -> Annotated[int, Depends(b)]:\n"
        "    c: Annotated[int, Depends(d)] = Depends(e)\n"
        "g = [Depends(h)]",
    )
    assert [(call.parameter, call.function) for call in module.depends_calls] == [(None, None)] * 5


@pytest.mark.parametrize(
    ("provider", "expected"),
    [
        ("a", ["a"]),
        ("b", []),
        ("partial(a, 1)", ["a"]),
        ("functools.partial(a)", ["a"]),
        ("partial(a(), 1)", []),
        ("a()", []),
        ("A", []),
        ("A()", []),
        ("A.m", ["m"]),
        ("B.m", ["m"]),
        ("B.n", []),
        ("two", ["two", "two"]),
        ("lambda: a", []),
        ("imported", []),
    ],
)
def test_providers_that_are_injected(provider: str, expected: list[str], project: Project) -> None:
    text = (
        "from fastapi import Depends\nfrom shop import imported\n"
        "def a(): ...\ndef two(): ...\nasync def two(): ...\n"
        "class A:\n    def m(): ...\nclass B(A): ...\n"
        f"x = Depends({provider})"
    )
    module = project.module(PATH, text)
    assert providers(module) == expected
    assert all(found.is_injected for found in module.providers)


def test_methods_are_injected_through_self(project: Project) -> None:
    text = (
        "import fastapi\nclass A:\n"
        "    def m(self): ...\n"
        "    def n(self):\n        def o(p=fastapi.Depends(self.m)): ..."
    )
    assert providers(project.module(PATH, text)) == ["m"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("def get_books(): ...", ["get_books"]),
        ("async def provide_books(): ...\ndef depends_books(): ...", ["provide_books", "depends_books"]),
        ("if x:\n    def get_books(): ...", ["get_books"]),
        ("@cache\ndef get_a(): ...\n@functools.lru_cache(maxsize=1)\ndef get_b(): ...", ["get_a", "get_b"]),
        ("@inject\ndef get_a(): ...\n@contextlib.contextmanager\ndef get_b(): ...", ["get_a", "get_b"]),
        ("def make_books(): ...\ndef _get_books(): ...\ndef getter(): ...", []),
        ("def f():\n    def get_books(): ...\nclass A:\n    def get_books(self): ...", []),
        ("@app.get('/')\ndef get_books(): ...\n@cli.command()\ndef get_b(): ...\n@tool\ndef get_c(): ...", []),
    ],
)
def test_providers_by_name(text: str, expected: list[str], project: Project) -> None:
    module = project.module(COMPOSITION, text)
    assert providers(module) == expected
    assert not any(found.is_injected for found in module.providers)
    assert providers(project.module(PATH, text)) == []


def test_the_prefixes_are_a_setting(tmp_path: Path) -> None:
    project = Project(tmp_path, "src/shop/__init__.py", extend_provider_prefixes=["make_"], provider_prefixes=["new_"])
    text = "def get_a(): ...\ndef make_b(): ...\ndef new_c(): ..."
    assert providers(project.module(COMPOSITION, text)) == ["make_b", "new_c"]


@pytest.mark.parametrize(
    "route",
    [
        "from fastapi import APIRouter\nr = APIRouter()\n@r.get('/')",
        "import fastapi\nr: x = fastapi.FastAPI()\n@r.post('/')",
        "from fastapi.routing import APIRouter as R\nr = R()\n@r.put('/')",
        "from fastapi.applications import FastAPI\nr = FastAPI()\n@r.patch('/')",
        "router = make()\n@router.delete('/')",
        "@router.head('/')",
        "@books_router.options('/')",
        "@self.router.trace('/')",
        "@shop.v1.app.websocket('/')",
        "@webapp.api_route('/', methods=['GET'])",
        "@app.route('/')",
        "@other\n@app.get('/')\n@app.get('/2')\n@other()",
    ],
)
def test_route_handlers(route: str, project: Project) -> None:
    assert handlers(project.module(PATH, f"{route}\nasync def f(): ...")) == ["f"]


def test_routers_of_an_object(project: Project) -> None:
    text = (
        "import fastapi\nclass A:\n    def m(self):\n"
        "        self.r = fastapi.APIRouter()\n"
        "        @self.r.get('/')\n        def f(): ..."
    )
    assert handlers(project.module(PATH, text)) == ["f"]


@pytest.mark.parametrize(
    "decorator",
    [
        "@app.get",
        "@app.on_event('startup')",
        "@app.exception_handler(KeyError)",
        "@app.middleware('http')",
        "@client.get('/')",
        "@routers.get('/')",
        "@app().get('/')",
        "@get('/')",
        "@router",
        "from flask import Flask\napp = Flask(__name__)\n@app.route('/')",
        "import typer\napp = typer.Typer()\n@app.get('/')",
    ],
)
def test_no_route_handlers(decorator: str, project: Project) -> None:
    assert handlers(project.module(PATH, f"{decorator}\ndef f(): ...")) == []


@pytest.mark.parametrize(
    ("routes", "expected"),
    [
        ("@app.get('/a/{b}/{c_d:path}/{e}-{f}')", {"b", "c_d", "e", "f"}),
        ("@app.get(path='/{a}')\n@app.get('/{b}')", {"a", "b"}),
        ("@app.get('/a')\n@app.get()\n@app.get(x)\n@app.get(f'/{x}')", set()),
        ("from fastapi import APIRouter\nr = APIRouter(prefix='/{a}')\n@r.get('/{b}')", {"a", "b"}),
        ("from fastapi import APIRouter\nr = APIRouter(prefix=x)\n@r.get('/{b}')", {"b"}),
    ],
)
def test_path_parameters(routes: str, expected: set[str], project: Project) -> None:
    [handler] = project.module(PATH, f"{routes}\ndef f(): ...").route_handlers
    assert handler.path_parameters == expected


@pytest.mark.parametrize(
    ("decorator", "expected"),
    [
        ("cache", True),
        ("functools.lru_cache(maxsize=None)", True),
        ("cachetools.cached({})", True),
        ("alru_cache", True),
        ("Singleton", True),
        ("contextmanager", False),
        ("decorators[0]", False),
    ],
)
def test_caching_decorators(decorator: str, expected: bool, project: Project) -> None:  # noqa: FBT001 - a parameter
    [function] = project.module(PATH, f"@{decorator}\ndef f(): ...").functions
    assert is_caching(function) is expected
