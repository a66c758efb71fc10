"""What the project's Ruff reports is not reported again."""

import subprocess
import sys
from pathlib import Path

import pytest

from flake8_pyarch.settings import installed_ruff
from flake8_pyarch.settings.ruff import forget_ruff, ruff_settings
from tests.doors import flake8, pyarch
from tests.files import make_old, write_files

MODULE = """\
import logging

logger = logging.getLogger(__name__)


def f(name: str) -> None:
    logger.info(f"{name}")
    logger.info("a" + name).bind()
"""
FILES = {"shop/__init__.py": "", "shop/m.py": MODULE, "pyproject.toml": "[tool.pyarch]\n"}


def write(root: Path, files: dict[str, str]) -> Path:
    write_files(root, FILES | files)
    return root


def lines(root: Path) -> list[int]:
    """Return the lines that both doors report."""
    texts = (
        flake8(root, "--select", "PYA601", "shop/m.py").stdout,
        pyarch(root, "check", "--select", "PYA601", "--allow-unmatched", "shop/m.py").stdout,
    )
    found = [[int(line.split(":")[1]) for line in text.splitlines() if " PYA601 " in line] for text in texts]
    assert found[0] == found[1]
    return found[0]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({}, [7, 8]),
        ({"ruff.toml": "[lint]\nselect = ['G004']\n"}, [8]),
        ({"ruff.toml": "[lint]\nselect = ['G']\n"}, []),
        ({"ruff.toml": "[lint]\nselect = ['F']\n"}, [7, 8]),
        ({"pyproject.toml": "[tool.pyarch]\nruff-aware = false\n[tool.ruff.lint]\nselect = ['G']\n"}, [7, 8]),
        ({"pyproject.toml": "[tool.pyarch]\n[tool.ruff.lint]\nselect = ['G']\n"}, []),
        ({"ruff.toml": "[lint]\nselect = ['G']\nper-file-ignores = {'shop/*' = ['G003']}\n"}, [8]),
        ({"ruff.toml": "exclude = ['shop']\n[lint]\nselect = ['G']\n"}, [7, 8]),
        ({"shop/ruff.toml": "extend = '../base.toml'\n", "base.toml": "[lint]\nselect = ['G003']\n"}, [7]),
        ({"ruff.toml": "[lint\n"}, [7, 8]),
        ({"ruff.toml": "extend = 'none.toml'\n[lint]\nselect = ['G']\n"}, [7, 8]),
        ({"ruff.toml": "[lint]\nselect = 'G'\n"}, [7, 8]),
        ({"ruff.toml": "extend = 'ruff.toml'\n"}, [7, 8]),
    ],
)
def test_both_doors_are_silent_where_ruff_reports(tmp_path: Path, files: dict[str, str], expected: list[int]) -> None:
    assert lines(write(tmp_path, files)) == expected


def test_option_of_flake8_turns_it_off(tmp_path: Path) -> None:
    write(tmp_path, {"ruff.toml": "[lint]\nselect = ['G']\n"})
    assert flake8(tmp_path, "--select", "PYA601", "--pyarch-ruff-aware=false", "shop/m.py").stdout.count("PYA601") == 2


def test_results_depend_on_ruffs_settings(tmp_path: Path) -> None:
    def reported() -> int:
        return pyarch(tmp_path, "check", "--select", "PYA601").stdout.count("PYA601")

    write(tmp_path, {})
    make_old(tmp_path)
    assert reported() == reported() == 2
    (tmp_path / "shop" / "ruff.toml").write_text("extend = '../base.toml'\n")
    assert reported() == 2
    (tmp_path / "base.toml").write_text("[lint]\nselect = ['G004']\n")
    assert reported() == reported() == 1
    (tmp_path / "base.toml").write_text("[lint]\nselect = ['G']\n")
    assert reported() == reported() == 0
    (tmp_path / "shop" / "ruff.toml").unlink()
    assert reported() == 2


def test_comment_for_what_ruff_reports_is_not_called_unused(tmp_path: Path) -> None:
    text = MODULE.replace('{name}")', '{name}")  # noqa: PYA601')
    write(tmp_path, {"shop/m.py": text, "ruff.toml": "[lint]\nselect = ['G']\n"})
    assert "PYA" not in pyarch(tmp_path, "check", "--select", "PYA601,PYA002").stdout


def test_fixes_leave_to_ruff_what_is_ruffs(tmp_path: Path) -> None:
    text = "def f() -> None:\n    try:\n        g()\n    except KeyError as error:\n        raise ValueError\n"
    write(tmp_path, {"shop/m.py": text, "ruff.toml": "[lint]\nselect = ['B904']\n"})
    assert pyarch(tmp_path, "check", "--select", "PYA508", "--fix", "--unsafe-fixes").returncode == 0
    assert (tmp_path / "shop" / "m.py").read_text() == text
    (tmp_path / "ruff.toml").unlink()
    pyarch(tmp_path, "check", "--select", "PYA508", "--fix", "--unsafe-fixes")
    assert "raise ValueError from error" in (tmp_path / "shop" / "m.py").read_text()


def explained(root: Path, path: str = ".") -> list[str]:
    output = pyarch(root, "config", path).stdout.splitlines()
    start = next(number for number, line in enumerate(output) if line.startswith("ruff:"))
    return output[start:]


def test_config_explains(tmp_path: Path) -> None:
    files = {
        "ruff.toml": "extend = 'base.toml'\nlint = {extend-select = ['T20'], per-file-ignores = {'m.py' = ['T']}}\n",
        "base.toml": "[lint]\nselect = ['G004', 'S105']\n",
    }
    write(tmp_path, files)
    first = f"ruff: {tmp_path}/ruff.toml, which extends {tmp_path}/base.toml"
    shared = [
        f"  PYA601 dynamic-log-message: G004 ('G004' in {tmp_path}/base.toml)",
        f"  PYA703 hard-coded-secret: S105 ('S105' in {tmp_path}/base.toml)",
    ]
    print_call = f"  PYA602 print-call: T201, T203 ('T20' in {tmp_path}/ruff.toml)"
    head = [first, "silent where Ruff reports the same:"]
    assert explained(tmp_path) == [*head, shared[0], print_call, shared[1]]
    assert explained(tmp_path, "shop/m.py") == [*head, *shared]
    (tmp_path / "base.toml").write_text("[lint]\nselect = ['UP']\n")
    assert explained(tmp_path, "shop/m.py") == [first, "  Ruff reports nothing that a rule here does"]
    (tmp_path / "base.toml").write_text("[lint")
    refused = f"  Ruff would refuse them, so no rule is silent: {tmp_path}/base.toml cannot be read: "
    assert explained(tmp_path)[1].startswith(refused)
    (tmp_path / "ruff.toml").unlink()
    assert explained(tmp_path) == ["ruff: no settings found, so no rule is silent"]
    (tmp_path / "pyproject.toml").write_text("[tool.pyarch]\nruff-aware = false\n")
    assert explained(tmp_path) == ["ruff: not asked, for 'ruff-aware' is false"]


@pytest.mark.parametrize("executable", [None, "/none/ruff", sys.executable])
def test_without_ruff_the_bundled_table_says_what_is_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, executable: str | None
) -> None:
    def selected() -> dict[str, str]:
        forget_ruff()
        settings = ruff_settings(str(tmp_path))
        assert settings is not None
        return settings.selected

    (tmp_path / "ruff.toml").touch()
    asked = selected()
    assert asked["E722"] == "Ruff's default"
    assert "T201" not in asked
    monkeypatch.setattr(installed_ruff, "ruff_executable", lambda: executable)
    assert selected() == asked
    forget_ruff()


def test_ruffs_settings_are_read_only_where_they_matter(tmp_path: Path) -> None:
    write(tmp_path, {"shop/m.py": "x = 1\n", "ruff.toml": "[lint]\nselect = ['G']\n"})
    script = (
        "import sys; from flake8_pyarch.cli import main; main(['check', '--no-cache']); "
        "print([name for name in ('yaml', 'flake8_pyarch.settings.ruff') if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert run.stdout.splitlines()[-1] == "[]"
