"""`python -m mypy_pyarch` is mypy as the project configures it, with the plugin."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.mypy.running import write
from tests.mypy.use_cases import LEND, NOT_SET

NOT_TYPED = "error: Function is missing a return type annotation  [no-untyped-def]"
FOUND_ONE = "Found 1 error in 1 file (checked 1 source file)"

OWN_PLUGIN = """\
import sys

from mypy.plugin import Plugin


def plugin(version):
    sys.stderr.write("own plugin\\n")
    return Plugin
"""


def run(root: Path, cache: Path, *words: str, module: str = "mypy_pyarch") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-P", "-m", module, "--cache-dir", str(cache), *words]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


CONFIGURATIONS = {
    "nothing": {},
    "mypy.ini without a section of its own": {"mypy.ini": "[mypy-other]\nignore_errors = True\n"},
    "another section of setup.cfg": {"setup.cfg": "[flake8]\nselect = E\n"},
    "setup.cfg": {"setup.cfg": "[mypy]\nplugins =\n"},
    "another table of pyproject.toml": {"pyproject.toml": "[tool.pyarch]\n"},
    "switched on already": {"pyproject.toml": '[tool.mypy]\nplugins = ["mypy_pyarch"]\n'},
}


@pytest.mark.parametrize("files", CONFIGURATIONS.values(), ids=CONFIGURATIONS)
def test_configurations(files: dict[str, str], tmp_path: Path, cache: Path) -> None:
    write(tmp_path, {"shop.py": LEND, **files}, plugins=None)
    ran = run(tmp_path, cache, "--follow-imports", "silent")
    assert ran.stdout == f"shop.py:18: {NOT_SET}\n{FOUND_ONE}\n"
    assert ran.returncode == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["shop.py", *files])
    assert all((tmp_path / name).read_text(encoding="utf-8") == text for name, text in files.items())


OWN = {
    "pyproject.toml": """\
[tool.mypy]
strict = true
plugins = ["./own.py"]
mypy_path = "$MYPY_CONFIG_FILE_DIR/stubs"
files = ["src"]

[[tool.mypy.overrides]]
module = "silent"
ignore_errors = true

[tool.pyarch]
use-case-method = "run"
""",
    "mypy.ini": """\
[mypy]
strict = True
plugins = ./own.py
mypy_path = $MYPY_CONFIG_FILE_DIR/stubs
files = src

[mypy-silent]
ignore_errors = True
""",
}


@pytest.mark.parametrize("name", OWN)
def test_everything_else_stays(name: str, tmp_path: Path, cache: Path) -> None:
    files = {
        name: OWN[name],
        "pyproject.toml": OWN["pyproject.toml"]
        if name == "pyproject.toml"
        else '[tool.pyarch]\nuse-case-method = "run"\n',
        "own.py": OWN_PLUGIN,
        "stubs/helper.pyi": "answer: int\n",
        "src/shop.py": f"from helper import answer\n\n{LEND.replace('execute', 'run')}\n\nanswer + ''\n",
        "src/silent.py": LEND.replace("execute", "run"),
    }
    write(tmp_path, files, plugins=None)
    ran = run(tmp_path, cache)
    assert ran.stdout.splitlines() == [
        f"src/shop.py:15: {NOT_TYPED}",
        'src/shop.py:15: note: Use "-> None" if function does not return a value',
        f"src/shop.py:16: {NOT_SET}",
        f"src/shop.py:20: {NOT_SET}",
        'src/shop.py:23: error: Unsupported operand types for + ("int" and "str")  [operator]',
        "Found 4 errors in 1 file (checked 2 source files)",
    ]
    assert ran.stderr == "own plugin\n"
    configured = files[name].replace(
        "./own.py", './own.py", "mypy_pyarch' if name == "pyproject.toml" else "./own.py,mypy_pyarch"
    )
    write(tmp_path, {name: configured}, plugins=None)
    plain = run(tmp_path, cache, module="mypy")
    assert (plain.stdout, plain.stderr, plain.returncode) == (ran.stdout, ran.stderr, ran.returncode)


def test_words_are_those_of_mypy(tmp_path: Path, cache: Path) -> None:
    write(tmp_path, {"shop.py": LEND, "other.ini": "[mypy]\nshow_column_numbers = True\n"}, plugins=None)
    assert f"shop.py:18:5: {NOT_SET}" in run(tmp_path, cache, "--config-file", "other.ini").stdout
    assert f"shop.py:18:5: {NOT_SET}" in run(tmp_path, cache, "--config-file=other.ini", "shop.py").stdout
    assert f"shop.py:18: {NOT_SET}" in run(tmp_path, cache, "--config-file=", "-m", "shop").stdout
    assert run(tmp_path, cache, "-c", "import shop", "--follow-imports=silent").stdout.startswith("Success")
    missing = run(tmp_path, cache, "--config-file", "missing.ini")
    assert "mypy: error: Cannot find config file 'missing.ini'" in missing.stderr
    assert missing.returncode == 2
    assert run(tmp_path, cache, "--version").stdout.startswith("mypy ")


def test_workers(tmp_path: Path, cache: Path) -> None:
    write(tmp_path, {"shop.py": LEND, "other.py": "import shop\n"}, plugins=None)
    assert f"shop.py:18: {NOT_SET}" in run(tmp_path, cache, "--num-workers", "2").stdout


def test_a_file_of_the_project_is_no_library(tmp_path: Path, cache: Path) -> None:
    write(tmp_path, {"shop.py": LEND, "mypy.py": "1 / 0\n", "ast.py": "1 / 0\n"}, plugins=None)
    assert run(tmp_path, cache, "shop.py").returncode == 1
