"""0 clean, 1 findings, 2 the run could not be made as asked: as `ruff check` has it."""

import subprocess
import sys
from pathlib import Path

import pytest

from flake8_pyarch.cli import check
from tests.cli.command import pyarch, write

RUFF_FINDING = "import os\n"


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ([], 1),
        (["--exit-zero"], 0),
        (["--exit-non-zero-on-fix"], 1),
        (["--fix"], 0),
        (["--fix", "--exit-non-zero-on-fix"], 1),
        (["--fix", "--exit-non-zero-on-fix", "--exit-zero"], 2),
        (["--diff"], 1),
        (["--diff", "--exit-zero"], 0),
        (["--diff", "--exit-non-zero-on-fix"], 1),
        (["--add-noqa"], 0),
        (["--statistics"], 1),
        (["--show-files"], 0),
        (["--show-settings"], 0),
        (["--quiet"], 1),
        (["--output-format", "json"], 1),
        (["--no-such-option"], 2),
        (["--output-format", "xml"], 2),
        (["--select", "UNKNOWN1"], 2),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_as_ruff(options: list[str], code: int, shop: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    (shop / "src/shop/domain/book.py").write_text("")
    theirs = tmp_path_factory.mktemp("ruff")
    write(theirs, {"module.py": RUFF_FINDING})
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--no-cache", *options]
    assert subprocess.run(command, cwd=theirs, capture_output=True, check=False).returncode == code
    assert pyarch("check", *options, cwd=shop).code == code


def test_clean(shop: Path) -> None:
    run = pyarch("check", "--select", "PYA7", cwd=shop)
    assert run == (0, "All checks passed!\n", "")


def test_without_a_command_it_is_check(shop: Path) -> None:
    assert pyarch(cwd=shop) == pyarch("check", cwd=shop) == pyarch("check", ".", cwd=shop)
    assert pyarch("--select", "PYA102", cwd=shop).code == 1


def test_a_file_that_does_not_parse_is_a_finding(shop: Path) -> None:
    write(shop, {"src/shop/broken.py": "def (:\n"})
    run = pyarch("check", "src/shop/broken.py", cwd=shop)
    assert run == (
        1,
        "src/shop/broken.py:1:5: PYA001 the file cannot be parsed: invalid syntax\nFound 1 error.\n",
        "",
    )


def test_version_and_help(shop: Path) -> None:
    assert pyarch("--version", cwd=shop).code == 0
    assert pyarch("--help", cwd=shop).code == 0
    run = pyarch("check", "--help", cwd=shop)
    assert (run.code, run.err) == (0, "")
    for option in ("--select", "--since", "--update-baseline", "--stdin-filename", "--allow-unmatched"):
        assert option in run.out


def test_a_bug_does_not_look_like_findings(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise LookupError

    monkeypatch.setattr(check, "discover", fail)
    run = pyarch("check", cwd=shop)
    assert (run.code, run.out) == (2, "")
    lines = run.err.splitlines()
    assert lines[0] == "Traceback (most recent call last):"
    assert lines[-1] == (
        "pyarch: error: this should not have happened: please report it as a bug, with the lines above"
    )


def test_a_working_directory_that_is_gone(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    code = "import os, sys; os.rmdir(os.getcwd()); from flake8_pyarch.cli import main; sys.exit(main([]))"
    run = subprocess.run([sys.executable, "-c", code], cwd=gone, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr == "pyarch: error: No such file or directory\n"
