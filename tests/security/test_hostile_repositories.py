"""Nothing in a repository is executed, imported or followed out of it, and no message shows its secrets."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.robustness.projects import SHOP, check, write

_SECRET = "hunter2-Xk9qLmZ8vB"  # noqa: S105 - it is there to be found
_MARK = "was-executed"
_TRAP = f"""import pathlib
pathlib.Path(__file__).with_name("{_MARK}").touch()
raise SystemExit("executed")
"""


def test_the_code_is_never_imported_or_executed(tmp_path: Path) -> None:
    traps = ("sitecustomize", "conftest", "setup", "pydantic", "pathspec", "flake8_pyarch", "json", "packaging", "yaml")
    write(tmp_path, SHOP | {f"{name}.py": _TRAP for name in traps} | {"shop/domain/x.py": "from sqlalchemy import a\n"})
    settings = '[tool.pyarch]\nexclude = ["*.pyi"]\nselect = ["PYA102"]\nmax-module-lines = "1"\n'
    for text in ('[tool.pyarch]\nselect = ["PYA102"]\nextend-exclude = ["*.pyi"]\n', settings):
        write(tmp_path, {"pyproject.toml": text})
        for arguments in (["flake8_pyarch", "check", "--fix", "--unsafe-fixes"], ["flake8_pyarch", "config"]):
            command = [sys.executable, "-P", "-m", *arguments]
            run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
            assert "executed" not in run.stderr
            assert "Traceback" not in run.stderr
    command = [sys.executable, "-P", "-m", "flake8", "--select=PYA", "--jobs=1", "shop"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "executed" not in run.stderr
    assert not list(tmp_path.rglob(_MARK))


@pytest.mark.parametrize("name", ["outside.py", "shop/domain/outside.py"])
def test_no_link_is_followed_out_of_the_project(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    outside = tmp_path / "outside.py"
    text = "x = 1  # noqa: PYA102\n"
    outside.write_text(text, encoding="utf-8")
    project = tmp_path / "project"
    write(project, SHOP)
    (project / name).symlink_to(outside)
    (project / ".pyarch-baseline.json").symlink_to(tmp_path / "baseline.json")
    monkeypatch.chdir(project)
    for arguments in (["--fix", "--unsafe-fixes"], ["--add-noqa"], ["--update-baseline"]):
        check("--no-cache", *arguments, capsys=capsys)
    assert outside.read_text(encoding="utf-8") == text
    assert not outside.is_symlink()


_HOSTILE_SETTINGS: dict[str, str | bytes] = {
    "no table": "tool = 1\n",
    "no text": b"\xff\xfe\0",
    "deep": "x = " + "[" * 50_000 + "]" * 50_000 + "\n[tool.pyarch]\n",
    "a path that leads out": '[tool.pyarch]\nsrc = ["../../../../.."]\nbaseline = "../../../../etc/passwd"\n',
    "a device": '[tool.pyarch]\nbaseline = "/dev/zero"\n',
    "a pattern that takes long": '[tool.pyarch]\nlogger-names = ["' + "*a" * 30 + '"]\n',
    "rules outside": '[tool.pyarch]\ncustom-rules = ["/etc/*", "../*/*.yml"]\n',
    "rules anywhere": '[tool.pyarch]\ncustom-rules = ["/**/*.yml"]\n',
    "many keys": "[tool.pyarch]\n" + "".join(f"key{number} = 1\n" for number in range(2_000)),
}


@pytest.mark.parametrize("name", _HOSTILE_SETTINGS)
def test_settings(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    source = "import logging\n\n" + "a" * 40 + " = logging.getLogger(__name__)\n" + "a" * 40 + '.info("x")\n'
    write(tmp_path, SHOP | {"pyproject.toml": _HOSTILE_SETTINGS[name], "shop/domain/x.py": source})
    monkeypatch.chdir(tmp_path)
    code, _, err = check("--no-cache", capsys=capsys)
    assert code in {0, 1} or (code == 2 and err.startswith("pyarch: error: "))


_BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(12)
)
_HOSTILE_RULES: dict[str, str | bytes] = {
    "an object": "id: x\nlanguage: python\nmessage: !!python/object/apply:os.system ['touch was-executed']\nrule: {}\n",
    "a bomb": _BOMB,
    "deep": "[" * 20_000,
    "no text": b"\xff\xfe\0\0",
}


@pytest.mark.parametrize("name", _HOSTILE_RULES)
def test_rule_files(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = '[tool.pyarch]\ncustom-rules = ["rules/*.yml"]\n'
    write(tmp_path, SHOP | {"pyproject.toml": settings, "rules/x.yml": _HOSTILE_RULES[name]})
    monkeypatch.chdir(tmp_path)
    code, _, err = check("--no-cache", capsys=capsys)
    assert code == 2
    assert err.startswith("pyarch: error: ")
    assert not list(tmp_path.rglob(_MARK))


@pytest.mark.parametrize("content", [b"[" * 100_000, b"\xff", b'{"version": 1, "findings": [{"path": 1}]}', b"null"])
def test_baselines(
    content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, SHOP | {".pyarch-baseline.json": content, "shop/domain/x.py": "from sqlalchemy import a\n"})
    monkeypatch.chdir(tmp_path)
    code, _, err = check("--no-cache", capsys=capsys)
    assert code == 2
    assert err.startswith(f"pyarch: error: {os.path.join(tmp_path, '.pyarch-baseline.json')}: ")


def test_no_value_of_a_secret_is_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    source = f"""import os
import structlog
from pydantic_settings import BaseSettings

logger = structlog.get_logger()
PASSWORD = "{_SECRET}"
DATABASE_URL = "postgresql://shop:{_SECRET}@db/shop"
{_SECRET.replace("-", "_")} = 1


class ShopSettings(BaseSettings):
    api_key: str = "{_SECRET}"


def connect(password: str = "{_SECRET}") -> None:
    logger.info(f"connecting with {{password}} {_SECRET}", token="{_SECRET}")
    os.environ["TOKEN"] = "{_SECRET}"
    raise ValueError("bad password {_SECRET} " + password)
"""
    write(tmp_path, SHOP | {"shop/config/x.py": source, "shop/domain/y.py": f"x = '{_SECRET}' +\n"})
    monkeypatch.chdir(tmp_path)
    for name in ("concise", "grouped", "json", "sarif", "junit", "gitlab", "github"):
        arguments = ("--no-cache", "--preset=strict", f"--output-format={name}")
        code, out, err = check(*arguments, capsys=capsys)
        assert code == 1
        assert "PYA70" in out
        assert _SECRET not in out + err
