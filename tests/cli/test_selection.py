"""Which rules run, on which files: `--select` and its kin, `--per-file-ignores`, `--preset`, `--config`, `exclude`."""

from pathlib import Path

import pytest

from tests.cli.command import pyarch, write


def codes(root: Path, *words: str | Path) -> list[str]:
    run = pyarch("check", "--quiet", "--output-format", "concise", *words, cwd=root)
    assert run.err == ""
    return [line.split(" ")[1] for line in run.lines]


@pytest.mark.parametrize(
    ("settings", "words", "expected"),
    [
        ("", [], "PYA102 PYA508"),
        ("", ["--select", "PYA1"], "PYA102"),
        ("", ["--select", "PYA1,PYA5"], "PYA102 PYA508"),
        ("", ["--select", "PYA1 PYA5"], "PYA102 PYA508"),
        ("", ["--select", "PYA", "--ignore", "PYA1"], "PYA508"),
        ("", ["--select", "PYA102", "--ignore", "PYA1"], "PYA102"),
        ("", ["--ignore", "PYA508"], "PYA102"),
        ("", ["--select", "PYA7", "--extend-select", "PYA5"], "PYA508"),
        ("", ["--extend-ignore", "PYA5"], "PYA102"),
        ("", ["--preset", "layers"], "PYA102"),
        ("", ["--preset", "layers", "--extend-select", "PYA508"], "PYA102 PYA508"),
        ("", ["--per-file-ignores", "src/shop/domain/*:PYA1"], "PYA508"),
        ("", ["--per-file-ignores", "**/book.py:PYA102,PYA601", "--per-file-ignores", "lending.py:PYA5"], ""),
        ('select = ["PYA5"]', [], "PYA508"),
        ('select = ["PYA5"]', ["--select", "PYA1"], "PYA102"),
        ('select = ["PYA5"]', ["--extend-select", "PYA1"], "PYA102 PYA508"),
        ('select = ["PYA5"]\nextend-select = ["PYA1"]', [], "PYA102 PYA508"),
        ('ignore = ["PYA5"]', ["--ignore", "PYA1"], "PYA508"),
        ('ignore = ["PYA5"]', ["--extend-ignore", "PYA1"], ""),
        ('extend-ignore = ["PYA5"]', ["--extend-ignore", "PYA1"], ""),
        ('preset = "layers"', [], "PYA102"),
        ('preset = "layers"', ["--preset", "seed"], "PYA102 PYA508"),
        ('per-file-ignores = {"src/shop/usecases" = ["PYA"]}', [], "PYA102"),
        ('exclude = ["domain"]', [], "PYA508"),
        ('extend-exclude = ["src/shop/usecases/"]', [], "PYA102"),
        ('extend-exclude = ["*.py", "!lending.py"]', [], "PYA508"),
    ],
)
def test_which_rules_report(settings: str, words: list[str], expected: str, shop: Path) -> None:
    write(shop, {"pyproject.toml": f"[tool.pyarch]\n{settings}\n"})
    assert codes(shop, *words) == expected.split()


def test_an_excluded_file_is_left_out_even_if_it_is_named(shop: Path) -> None:
    write(shop, {"pyproject.toml": '[tool.pyarch]\nexclude = ["domain"]\n'})
    assert codes(shop, "src/shop/domain/book.py") == []
    assert codes(shop, "src/shop/domain") == []


def test_a_file_of_any_name_is_checked_if_it_is_named(shop: Path) -> None:
    write(shop, {"src/shop/domain/script": "import sqlalchemy\n"})
    assert codes(shop, "src/shop/domain/script") == ["PYA102"]


def test_another_settings_file(shop: Path) -> None:
    write(shop, {"other/ci.toml": 'select = ["PYA5"]\n', "other/pyproject.toml": '[tool.pyarch]\nselect = ["PYA1"]\n'})
    assert codes(shop, "src", "--config", "other/pyproject.toml") == ["PYA102"]
    assert codes(shop, "src") == ["PYA102", "PYA508"]


def test_each_project_has_settings_of_its_own(shop: Path) -> None:
    write(shop, {"src/shop/usecases/pyproject.toml": '[tool.pyarch]\nselect = ["PYA1"]\n'})
    assert codes(shop) == ["PYA102"]
    assert codes(shop, "src/shop/usecases") == []
    assert codes(shop / "src/shop/usecases") == []


def test_git_ignores(shop: Path) -> None:
    write(shop, {".git/HEAD": "", ".gitignore": "lending.py\n/src/shop/*\n!/src/shop/domain\n"})
    assert codes(shop) == ["PYA102"]
    assert codes(shop, "src/shop") == ["PYA102"]
    assert codes(shop, "src/shop/usecases/lending.py") == ["PYA508"]
