"""Where Ruff reports the same, and where it does not: asked of Ruff itself."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

from flake8_pyarch.checking import all_rules
from tests.fixes import check

TWINS = {rule.code: rule.twins for rule in all_rules()}

INJECTED = """
import fastapi
from fastapi import Depends
from typing import overload
def a(b=Depends(x), /, c: int = Depends(x), *, d=Depends()): ...
class A:
    def e(self, f=Depends(x)): ...
    def g(self=Depends(x)): ...
    @staticmethod
    def h(i=Depends(x), _j=Depends(x)): ...
    @classmethod
    def k(l=Depends(x), m=Depends(x)): ...
    @overload
    def n(self, o=Depends(x)): ...
p = lambda q=Depends(x): q
async def _r():
    def s(t=fastapi.Depends(x)): ...
"""

PROVIDERS = """
from fastapi import Depends
def a(): yield
async def b(): ...
def _c(): ...
def __d__(): ...
class A:
    def e(self): ...
    def _f(self): ...
    @staticmethod
    def _g(): ...
    @classmethod
    def h(cls): ...
    def __call__(self): ...
    class B:
        def i(self): ...
class _C:
    def j(self): ...
def k() -> int:
    def l(): ...
    return Depends(l)
x = [Depends(a), Depends(b), Depends(_c), Depends(__d__), Depends(A.e), Depends(A._f), Depends(A._g), Depends(A.h)]
y = [Depends(A.__call__), Depends(A.B.i), Depends(_C.j), Depends(k)]
"""

DEFAULTS = """
from typing import Any, Callable, Optional, Union
from collections.abc import Mapping
class Repository: ...
def a(b=Repository(), *, c: Repository = Repository()): ...
def d(e: Repository | None = Repository(), f: Optional[Repository] = Repository(), g: "Repository" = Repository()): ...
def h(i: object = Repository(), j: Callable = Repository(), k: Callable[[], int] = Repository()): ...
def l(m: Mapping[str, int] = Repository(), n: Any = Repository(), o: tuple[int] = Repository()): ...
def p(q: str | None = Repository(), r: Optional[str] = Repository(), s: Union[str, Repository] = Repository()): ...
t = lambda u=Repository(): u
class A:
    def v(self, w: type = Repository(), x: undefined = Repository(), y: list[str] = Repository()): ...
"""

ROUTES = """
import fastapi
from fastapi import APIRouter, Depends, FastAPI, Security
from fastapi.param_functions import Depends as Other
from fastapi.routing import APIRouter as OtherRouter
from shop import router
a = APIRouter()
b: FastAPI = fastapi.FastAPI()
c = OtherRouter()
alias = a
@a.get("/")
@b.get("/")
def d(e: str = Depends(x), f: str = Other(x), *, g: str = Security(x), h: str = Depends()): ...
@b.websocket("/")
def i(j: str = Depends(x)): ...
@c.get("/")
def k(l: str = Depends(x)): ...
@router.get("/")
def m(n: str = Depends(x)): ...
@alias.get("/")
def o(p: str = Depends(x)): ...
@a.api_route("/")
def q(r: str = Depends(x)): ...
def s(t: APIRouter, u: "FastAPI", v: FastAPI | None):
    @t.trace("/")
    def w(x: str = fastapi.Depends(x)): ...
    @u.head("/")
    def y(z: str = Depends(x)): ...
    @v.options("/")
    def aa(bb: str = Depends(x)): ...
class C:
    c = APIRouter()
    @c.put("/")
    def cc(self, dd: str = Depends(x)): ...
def ee(ff: str = Depends(x)): ...
"""


def seen_by_ruff(path: Path, codes: tuple[str, ...]) -> set[tuple[str, int, int]]:
    """Return code, line and column, from 0, of what Ruff reports."""
    command = [
        sys.executable,
        "-m",
        "ruff",
        "check",
        "--isolated",
        "--no-cache",
        "--output-format",
        "json",
        "--exit-zero",
    ]
    run = subprocess.run([*command, "--select", ",".join(codes), str(path)], capture_output=True, check=True)
    places = [(entry["code"], entry["location"]) for entry in json.loads(run.stdout)]
    return {(code, place["row"], place["column"] - 1) for code, place in places}


def parameter_places(text: str) -> dict[tuple[int, int], tuple[int, int]]:
    """Return the place of each default → the place of its parameter, which is where FAST002 reports."""
    found = {}
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.arguments):
            positional = [*node.posonlyargs, *node.args][-len(node.defaults) or None :]
            pairs = [
                *zip(positional, node.defaults, strict=False),
                *zip(node.kwonlyargs, node.kw_defaults, strict=True),
            ]
            for parameter, value in pairs:
                if value is not None:
                    found[value.lineno, value.col_offset] = (parameter.lineno, parameter.col_offset)
    return found


@pytest.mark.parametrize(
    ("code", "text"), [("PYA402", INJECTED), ("PYA403", PROVIDERS), ("PYA408", DEFAULTS), ("PYA409", ROUTES)]
)
def test_twins_are_what_ruff_reports(code: str, text: str, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").touch()
    path = tmp_path / "books.py"
    path.write_text(text, encoding="utf-8")
    findings = check(tmp_path, code, text)
    moved = parameter_places(text) if code == "PYA409" else {}
    ours = {(finding.line, finding.column): finding.twins for finding in findings}
    ruffs = seen_by_ruff(path, TWINS[code])
    expected = {
        place: tuple(sorted(name for name, *its_place in ruffs if tuple(its_place) == moved.get(place, place)))
        for place in ours
    }
    assert len(findings) > 5
    assert any(ours.values())
    assert ours == expected
