"""What is made from the rules says what the rules say, and every page can be found."""

import re
import tomllib
from collections.abc import Iterator
from typing import Any

from docs.generate import ROOT, generated_files
from flake8_pyarch.checking import all_rules

_LINK = re.compile(r"\]\((?!https?:)([^)#]+)")


def test_generated_files_are_up_to_date() -> None:
    files = generated_files()
    written = {name: (ROOT / name).read_text(encoding="utf-8") for name in files if (ROOT / name).exists()}
    assert written == files, "run `make docs`"
    pages = {path.relative_to(ROOT).as_posix() for path in ROOT.glob("docs/rules/*.md")}
    assert pages <= set(files)


def test_the_navigation_has_every_page() -> None:
    site = tomllib.loads((ROOT / "zensical.toml").read_text("utf-8"))["project"]
    pages = {path.name for path in ROOT.glob("docs/*.md")}
    assert {*_pages(site["nav"])} == pages | {"rules/index.md"}


def _pages(navigation: list[dict[str, Any]]) -> Iterator[str]:
    for entry in navigation:
        for page in entry.values():
            yield from [page] if isinstance(page, str) else _pages(page)


def test_links_of_the_readme_lead_somewhere() -> None:
    links = _LINK.findall((ROOT / "README.md").read_text("utf-8"))
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_page_on_the_standard_names_every_rule() -> None:
    text = (ROOT / "docs/standard.md").read_text("utf-8")
    assert [rule.code for rule in all_rules() if f"[{rule.code}](rules/{rule.code}.md)" not in text] == []
