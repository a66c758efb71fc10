"""Where settings come from, and what becomes of bad ones."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.mypy.running import CONFIGURATION, run_mypy, write

PROJECT = {
    "shop.py": """\
from fastapi import Depends


def get_clock():  # type: ignore[no-untyped-def]
    return 1


def endpoint(clock: int = Depends(get_clock)) -> None: ...
"""
}
TOLD = (
    'shop.py:8:27: error: Dependency "get_clock" has no return annotation, so what it provides is not checked'
    "  [pyarch-depends-untyped]"
)
INI = CONFIGURATION.format(plugins="mypy_pyarch")
KEYS = (
    "check-untyped-providers, depends-functions, extend-depends-functions, "
    "use-case-style, use-case-method, use-case-suffixes, extend-use-case-suffixes"
)
TOML = """\
[tool.mypy]
plugins = ["mypy_pyarch"]
strict = true
show_column_numbers = true
error_summary = false
"""


@pytest.fixture(scope="module")
def cache(new_cache: Callable[[], Path]) -> Path:
    """A cache for all: a change of the settings is one that mypy has to see."""
    return new_cache()


@pytest.mark.parametrize(
    "files",
    [
        {"mypy.ini": f"{INI}\n[pyarch-mypy]\ncheck_untyped_providers = True\n"},
        {"mypy.ini": f"{INI}\n[pyarch-mypy]\ncheck-untyped-providers = true\n"},
        {"setup.cfg": f"{INI}\n[pyarch-mypy]\ncheck-untyped-providers = true\n"},
        {"pyproject.toml": f"{TOML}\n[tool.pyarch]\ncheck-untyped-providers = true\n"},
        {"mypy.ini": INI, "pyproject.toml": "[tool.pyarch]\ncheck-untyped-providers = true\n"},
        {"mypy.ini": INI, "pyarch.toml": "check-untyped-providers = true\n"},
        {
            "mypy.ini": f"{INI}\n[pyarch-mypy]\ncheck-untyped-providers = true\n",
            "pyproject.toml": "[tool.pyarch]\ncheck-untyped-providers = false\n",
        },
    ],
    ids=[
        "mypy.ini",
        "as Flake8 writes it",
        "setup.cfg",
        "pyproject.toml",
        "beside mypy.ini",
        "pyarch.toml",
        "ini wins",
    ],
)
def test_places(files: dict[str, str], tmp_path: Path, cache: Path) -> None:
    write(tmp_path, {**PROJECT, **files}, plugins=None)
    assert TOLD in run_mypy(tmp_path, cache)


def test_default(tmp_path: Path, cache: Path) -> None:
    write(tmp_path, PROJECT)
    assert run_mypy(tmp_path, cache) == []


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        (
            {"mypy.ini": f"{INI}\n[pyarch-mypy]\ncheck-untyped-provider = true\n"},
            f"mypy.ini: unknown key 'check-untyped-provider' in [pyarch-mypy], expected one of: {KEYS}",
        ),
        (
            {"mypy.ini": f"{INI}\n[pyarch-mypy]\ncheck-untyped-providers = perhaps\n"},
            "mypy.ini: 'check-untyped-providers' is 'perhaps', expected true or false",
        ),
        (
            {"pyproject.toml": f"{TOML}\n[tool.pyarch]\ncheck-untyped-provider = true\n"},
            "pyproject.toml: unknown key 'check-untyped-provider'; did you mean 'check-untyped-providers'?",
        ),
    ],
    ids=["unknown in ini", "bad in ini", "unknown in toml"],
)
def test_bad_settings(files: dict[str, str], problem: str, tmp_path: Path) -> None:
    write(tmp_path, {**PROJECT, **files}, plugins=None)
    run = subprocess.run([sys.executable, "-m", "mypy", "."], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert run.returncode == 2
    assert run.stderr.splitlines()[-1] == f"mypy_pyarch: {problem}".replace(
        "pyproject.toml", str(tmp_path / "pyproject.toml")
    )


def test_no_pydantic_without_settings() -> None:
    code = "import sys, mypy_pyarch; from mypy_pyarch.configuration import read_settings; read_settings(None)"
    run = subprocess.run(
        [sys.executable, "-c", f"{code}; print('pydantic' in sys.modules, 'flake8' in sys.modules)"],
        cwd="/",
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout == "False False\n"


def test_codes_can_be_configured(tmp_path: Path, cache: Path) -> None:
    write(tmp_path, {**PROJECT, "mypy.ini": f"{INI}disable_error_code = pyarch-depends-type, pyarch-depends-call\n"})
    assert run_mypy(tmp_path, cache) == []
