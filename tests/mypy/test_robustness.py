"""Nothing ends mypy: neither mistakes of ours nor code that is strange."""

import subprocess
import sys
from pathlib import Path

import pytest
from mypy import api

from mypy_pyarch.depends.checks import DependsChecks
from mypy_pyarch.use_cases.checks import UseCaseChecks
from tests.mypy.running import run_mypy, write

PROJECT = {
    "shop.py": """\
from typing import Annotated

from fastapi import Depends


class Clock: ...


class Mail: ...


def get_mail() -> Mail:
    return Mail()


def by_default(clock: Clock = Depends(get_mail)) -> None: ...


def annotated(clock: Annotated[Clock, Depends(get_mail)]) -> None: ...


wrong: int = ""
"""
}


USE_CASE = {
    "usecases.py": """\
class LendBookUseCase:
    def __init__(self) -> None:
        self._book_id: str | None = None

    def set_book_id(self, book_id: str) -> "LendBookUseCase":
        self._book_id = book_id
        return self

    def execute(self) -> None:
        assert self._book_id is not None


LendBookUseCase().execute()


def lend() -> None:
    LendBookUseCase().execute()
"""
}


def run_here(root: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str, int]:
    """Run mypy in this process, where it can be given a plugin that fails."""
    write(root, PROJECT)
    monkeypatch.chdir(root)
    return api.run(["--cache-dir", str(cache), "."])


def fail(*_: object, **__: object) -> None:
    message = "made to fail"
    raise KeyError(message)


@pytest.mark.parametrize("hook", ["read_annotated", "check_call", "check_module"])
def test_a_failing_hook_is_one_note(hook: str, tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(DependsChecks, hook, fail)
    output, errors, status = run_here(tmp_path, cache, monkeypatch)
    assert status == 1
    assert "INTERNAL ERROR" not in output + errors
    notes = [line for line in output.splitlines() if "mypy_pyarch" in line]
    assert notes == [
        "shop.py:1:1: note: mypy_pyarch failed here, and left some checks out: KeyError('made to fail') in fail"
    ]
    assert "shop.py:22:14: error: Incompatible types in assignment" in output


@pytest.mark.parametrize(
    ("failing", "told"),
    [(UseCaseChecks, {"pyarch-depends-type"}), (DependsChecks, {"pyarch-depends-type", "pyarch-input-not-set"})],
)
def test_failing_checks_leave_the_others_alone(
    failing: type, told: set[str], tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, USE_CASE)
    monkeypatch.setattr(failing, "check_module", fail)
    output, _, _ = run_here(tmp_path, cache, monkeypatch)
    assert {line.rpartition("[")[2][:-1] for line in output.splitlines() if "[pyarch-" in line} == told
    assert "made to fail" in output


def test_a_failing_hook_leaves_the_others_alone(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(DependsChecks, "check_call", fail)
    output, _, _ = run_here(tmp_path, cache, monkeypatch)
    assert 'shop.py:19:39: error: Dependency "get_mail" provides' in output


STRANGE = {
    "empty.py": "",
    "strange.py": '''\
# mypy: ignore-errors
from __future__ import annotations

from typing import Annotated, Generic, TypeVar

import fastapi
from fastapi import *
from fastapi import Depends, FastAPI

T = TypeVar("T")
app = FastAPI()


def provider(*args, a=1, **kwargs): yield
def nothing(a: Annotated, b: Annotated[int], c: Annotated[()], d: Annotated[int, ...], e: Depends): ...
def odd(a: Annotated[int, Depends(*[provider])], b: Annotated[int, Depends(**{})], c: Annotated[int, Depends()]): ...
def nested(a: Annotated[Annotated[int, Depends(provider)] | None, Depends((lambda: (yield))())]): ...
def missing(a: Annotated[Missing, Depends(missing_too)], b: Missing = Depends(missing_too)): ...
def walrus(a: Annotated[int, Depends(x := provider)], b: int = Depends(y := provider)): ...
def comprehension(a: Annotated[int, Depends([p for p in [provider]][0])]): ...
def text(a: "Annotated[int, Depends(", b: "", c: """
    Annotated[
        int,
        Depends(provider)
    ]""", d: "Annotated[int, " "Depends(provider)]", e: u"Annotated[int, Depends(provider)]"): ...
def positional(a: Annotated[int, Depends(provider)], /, b: int = Depends(provider), *, c: int = Depends(provider)): ...
def recursive(a: Annotated[int, Depends(recursive)] = Depends(recursive)): ...


class Generic_(Generic[T]):
    a: Annotated[T, Depends(provider)] = Depends(provider)
    def __init__(self, a: Annotated[T, Depends(lambda: Generic_())]): ...
    @property
    def b(self) -> Annotated[int, Depends(provider)]: ...


class Self_:
    def __call__(self, a: Annotated[Self_, Depends()]): ...


A = Annotated[int, Depends(provider)]
B = Annotated["B", Depends(provider)]
C: type = Annotated[A, Depends(provider), Depends]
app.dependency_overrides = app.dependency_overrides
app.dependency_overrides[provider], app.dependency_overrides[odd] = odd, provider
app.dependency_overrides[1] = 2
app.dependency_overrides.update({**{}, provider: odd})
app.dependency_overrides |= {provider: lambda: 1, **{}}
del app.dependency_overrides[provider]


@app.get
@app.get()
@(lambda f: f)
@app.get("/")
async def endpoint(self, a: list[undefined.b], b: A | None = [0 for _ in ()], *c: Self_, **d: Self_): ...


match app:
    case FastAPI(dependency_overrides={1: x}):
        app.dependency_overrides[x] = x
try:
    pass
except* ValueError:
    app.dependency_overrides[x] = x
''',
    "latin.py": """\
# coding: latin-1
from typing import Annotated

from fastapi import Depends


def f(\xe9: Annotated[int, Depends(str)]) -> None: ...
""",
}


def test_strange_code(tmp_path: Path, cache: Path) -> None:
    write(tmp_path, {name: text for name, text in STRANGE.items() if name != "latin.py"})
    (tmp_path / "latin.py").write_text(STRANGE["latin.py"], encoding="latin-1")
    reported = (tmp_path / "strange.py").read_text(encoding="utf-8").replace("# mypy: ignore-errors\n", "\n")
    (tmp_path / "reported.py").write_text(reported, encoding="utf-8")
    output = run_mypy(tmp_path, cache)
    assert not [
        line for line in output if "INTERNAL ERROR" in line or "mypy_pyarch" in line or line.startswith("strange")
    ]
    assert any(line.startswith("reported") for line in output)
    assert 'latin.py:7:25: error: Dependency "str" provides "str", expected "int"  [pyarch-depends-type]' in output


def test_daemon(tmp_path: Path, cache: Path) -> None:
    write(tmp_path, PROJECT)

    def dmypy(*arguments: str) -> str:
        run = subprocess.run(
            [sys.executable, "-m", "mypy.dmypy", "--status-file", "status.json", *arguments],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            timeout=100,
        )
        return run.stdout + run.stderr

    try:
        first = dmypy("run", "--", "--cache-dir", str(cache), ".")
        write(tmp_path, {"shop.py": PROJECT["shop.py"] + "# changed\n"})
        second = dmypy("run", "--", "--cache-dir", str(cache), ".")
    finally:
        dmypy("stop")
    assert "INTERNAL ERROR" not in first + second
    assert first.count("[pyarch-depends-type]") == second.count("[pyarch-depends-type]") == 2
