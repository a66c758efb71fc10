"""The examples of `docs/mypy.md`: mypy says of them what the page shows, and nothing of what is to be used instead."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cases import read_fences
from tests.mypy.running import CONFIGURATION, run_mypy, write

PAGE = Path(__file__).parent.parent.parent / "docs" / "mypy.md"
PARTS = [
    part.partition("\n")[::2]
    for part in re.split(r"^#+ ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    if "path=" in part
]
SHARED = "What it says of use cases"
"""The heading whose file the examples below it use."""

SECTIONS = {title: section for title, section in PARTS if title != SHARED}
SETTINGS = "[tool.pyarch]\ncheck-untyped-providers = true\n"
_PATH = re.compile(r"\bpath=(\S+)")


def files_of(text: str, package: str) -> dict[str, str]:
    """Return the files in a text, with another name for the package `shop`."""
    files = {found[1]: body for info, body in read_fences(text) if (found := _PATH.search(info))}
    files = {"shop/__init__.py": "", **files}
    return {re.sub(r"\bshop\b", package, path): re.sub(r"\bshop\b", package, body) for path, body in files.items()}


def shared_files(text: str, package: str) -> dict[str, str]:
    """Return the files that an example uses beside its own."""
    return files_of(dict(PARTS)[SHARED], package) if "from shop.borrow_book" in text else {}


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory, new_cache: Callable[[], Path]) -> list[str]:
    root = tmp_path_factory.mktemp("page")
    configuration = CONFIGURATION.format(plugins="mypy_pyarch").replace("show_column_numbers = True\n", "")
    write(root, {"mypy.ini": configuration, "pyproject.toml": SETTINGS}, plugins=None)
    for number, section in enumerate(SECTIONS.values()):
        example, _, instead = section.partition("Use instead:")
        name = f"example{number}"
        write(root, {**shared_files(example, name), **files_of(example, name)}, plugins=None)
        if instead:
            name = f"instead{number}"
            files = {**shared_files(example, name), **files_of(example, name), **files_of(instead, name)}
            write(root, files, plugins=None)
    return run_mypy(root, new_cache())


@pytest.mark.parametrize("title", SECTIONS)
def test_example(title: str, said: list[str]) -> None:
    package = f"example{[*SECTIONS].index(title)}"
    told = [line.replace(package, "shop") for line in said if line.startswith(f"{package}/")]
    example = SECTIONS[title].partition("Use instead:")[0]
    shown = [line for info, body in read_fences(example) if info == "text" for line in body.splitlines()]
    assert shown
    assert told == sorted(shown)


def test_instead(said: list[str]) -> None:
    assert [line for line in said if line.startswith("instead")] == []
