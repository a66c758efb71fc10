"""A run that would find everything as it was prints what the last one printed, and any other one is made."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from unittest import mock

import pytest

from flake8_pyarch.cli import arguments
from flake8_pyarch.environment import CHECKOUTS, OUTPUT_VARIABLES
from tests.cli.command import Run, pyarch, write
from tests.files import make_old


@pytest.fixture
def recorded(shop: Path) -> Path:
    """Return the directory of a project whose check can be replayed."""
    write(shop, {".gitignore": "*.log\n", "src/shop/api/__init__.py": ""})
    pyarch("check", cwd=shop)
    record(shop)
    return shop


def record(root: Path, *words: str) -> Run:
    """Check when all files are old enough to be known by their time stamps, which keeps the run."""
    make_old(root)
    return pyarch("check", *words, cwd=root)


def is_replayed(root: Path, *words: str, environment: Mapping[str, str] | None = None) -> bool:
    """Tell whether a run is replayed, which has to print what a run without a cache prints."""
    with mock.patch.object(arguments, "parse_arguments", wraps=arguments.parse_arguments) as parse:
        found = pyarch("check", *words, cwd=root, environment=environment)
    assert found == pyarch("check", "--no-cache", *words, cwd=root, environment=environment)
    return not parse.called


def test_the_same_again(recorded: Path) -> None:
    assert is_replayed(recorded)
    assert is_replayed(recorded)


def test_exit_code_and_both_streams_are_kept(recorded: Path) -> None:
    write(recorded, {"pyproject.toml": '[tool.pyarch]\nper-file-ignores = {"nix/*" = ["PYA1"]}\n'})
    first = record(recorded, "--allow-unmatched", "--exit-zero", "-v")
    assert (first.code, first.err != "", first.out != "") == (0, True, True)
    assert is_replayed(recorded, "--allow-unmatched", "--exit-zero", "-v")
    record(recorded, "--allow-unmatched", "--select", "PYA7")
    assert is_replayed(recorded, "--allow-unmatched", "--select", "PYA7")


def edit(root: Path) -> None:
    path = root / "src/shop/domain/book.py"
    path.write_text("import json\n")


def edit_alike(root: Path) -> None:
    path = root / "src/shop/domain/book.py"
    path.write_text(path.read_text().replace("sqlalchemy", "sqlalchemi"))


CHANGES: dict[str, Callable[[Path], object]] = {
    "a file is edited": edit,
    "a file is edited, its size stays": edit_alike,
    "a file comes": lambda root: write(root, {"src/shop/domain/new.py": "import fastapi\n"}),
    "a file goes": lambda root: (root / "src/shop/domain/book.py").unlink(),
    "a file is renamed": lambda root: (root / "src/shop/domain/book.py").rename(root / "src/shop/domain/novel.py"),
    "a directory comes": lambda root: write(root, {"src/shop/domain/deep/__init__.py": "", "lib/a.py": "def f(:\n"}),
    "an __init__.py goes": lambda root: (root / "src/shop/domain/__init__.py").unlink(),
    "the settings change": lambda root: write(root, {"pyproject.toml": '[tool.pyarch]\nselect = ["PYA5"]\n'}),
    "settings come that win": lambda root: write(root, {"pyarch.toml": 'select = ["PYA5"]\n'}),
    "the settings go": lambda root: (root / "pyproject.toml").unlink(),
    "a project comes below": lambda root: write(
        root, {"src/shop/pyproject.toml": '[tool.pyarch]\nignore = ["PYA1"]\n'}
    ),
    "a .gitignore changes": lambda root: write(root, {".gitignore": "book.py\n"}),
    "a .gitignore comes": lambda root: write(root, {".git/HEAD": "", "src/.gitignore": "book.py\n"}),
    "a baseline comes": lambda root: pyarch("check", "--update-baseline", cwd=root),
    "a link is turned": lambda root: turn(root / "src/shop/api/link.py"),
}


def turn(link: Path) -> None:
    link.unlink()
    link.symlink_to("../usecases/lending.py")


@pytest.mark.parametrize("name", CHANGES)
def test_any_change_is_seen(name: str, recorded: Path) -> None:
    (recorded / "src/shop/api/link.py").symlink_to("../domain/book.py")
    record(recorded)
    assert is_replayed(recorded)
    CHANGES[name](recorded)
    assert not is_replayed(recorded)


def test_other_words_places_and_variables_are_other_runs(recorded: Path) -> None:
    assert not is_replayed(recorded, "--select", "PYA1")
    assert not is_replayed(recorded, ".")
    assert not is_replayed(recorded / "src")
    assert not is_replayed(recorded, environment={"NO_COLOR": "1"})
    assert not is_replayed(recorded, environment={"FORCE_COLOR": "1"})
    assert is_replayed(recorded)


def test_what_is_too_young_is_not_trusted(recorded: Path) -> None:
    edit(recorded)
    pyarch("check", cwd=recorded)
    assert not is_replayed(recorded)


@pytest.mark.parametrize("words", [["--fix"], ["--diff"], ["--add-noqa"], ["--show-files"], ["--update-baseline"]])
def test_what_does_more_than_to_report_is_done_again(words: list[str], recorded: Path) -> None:
    pyarch("check", *words, cwd=recorded)
    record(recorded, *words)
    with mock.patch.object(arguments, "parse_arguments", wraps=arguments.parse_arguments) as parse:
        pyarch("check", *words, cwd=recorded)
    assert parse.called


def test_a_run_that_failed_is_made_again(recorded: Path) -> None:
    first = record(recorded, "src", "nothere")
    assert (first.code, pyarch("check", "src", "nothere", cwd=recorded)) == (2, first)
    write(recorded, {"nothere": ""})
    assert pyarch("check", "src", "nothere", cwd=recorded).code != 2


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda content: content[: len(content) // 2],
        lambda content: content[:-1],
        lambda content: content + b"x",
        lambda content: content.replace(b"\n1\n", b"\nx\n"),
        lambda content: content.replace(b"\0", b""),
        lambda content: content.replace(b"\t", b""),
        lambda _: b"\xff" * 1000,
        lambda content: content.replace(b"pyarch-run-", b"pyarch-run-9"),
    ],
)
def test_a_damaged_recording_is_none(damage: Callable[[bytes], bytes], recorded: Path) -> None:
    (path,) = (recorded / ".pyarch_cache").glob("run-*")
    before = path.read_bytes()
    assert damage(before) != before
    path.write_bytes(damage(before))
    assert not is_replayed(recorded)


def test_the_variables_that_are_asked_for_are_those_a_replay_compares() -> None:
    package = Path(arguments.__file__).parent.parent
    sources = (path.read_text(encoding="utf-8") for path in package.rglob("*.py"))
    asked = {name for source in sources for name in re.findall(r'\bvariable\("(\w+)"\)', source)}
    assert asked | {*CHECKOUTS} == {*OUTPUT_VARIABLES}
