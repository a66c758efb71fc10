"""Fingerprints and paths, by which GitLab and code scanning know a finding again."""

import json
from pathlib import Path

import pytest

from flake8_pyarch.checking import Linter
from flake8_pyarch.output.formats import render
from flake8_pyarch.output.report import Entry, Report
from flake8_pyarch.settings import Source
from flake8_pyarch.source.text import SourceText
from tests.output.reports import SMALL, entry, report

IMPORT = "from shop.persistence.orm import Session\n"
AGAIN = (
    "def load() -> None:\n    from shop.persistence.orm import Session\n    from shop.persistence.orm import Session\n"
)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path.resolve()
    monkeypatch.chdir(root)
    monkeypatch.delenv("CI_PROJECT_DIR", raising=False)
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    for package in ("", "usecases/", "persistence/"):
        (root / "shop" / package).mkdir(parents=True, exist_ok=True)
        (root / "shop" / package / "__init__.py").touch()
    (root / "pyproject.toml").write_text("[tool.pyarch]\n")
    return root


def check(root: Path, text: str, name: str = "borrow_book.py") -> Report:
    path = str(root / "shop" / "usecases" / name)
    project = Linter([Source("the test", {"select": ["PYA101"]})]).project_of(path)
    result = project.check_text(path, SourceText(text.encode()))
    return Report([Entry(path, each) for each in result.reported], lambda _: text.splitlines(keepends=True))


def gitlab(shown: Report) -> list[str]:
    return [issue["fingerprint"] for issue in json.loads(render("gitlab", shown))]


def sarif(shown: Report) -> list[str]:
    results = json.loads(render("sarif", shown))["runs"][0]["results"]
    return [result["partialFingerprints"]["pyarchIdentity/v1"] for result in results]


@pytest.mark.parametrize("fingerprints_of", [gitlab, sarif])
def test_lines_may_move(root: Path, fingerprints_of: object) -> None:
    assert callable(fingerprints_of)
    before = fingerprints_of(check(root, IMPORT + AGAIN))
    after = fingerprints_of(check(root, f"import os\n\n\n{IMPORT}\nx = 1\n{AGAIN}"))
    assert before == after
    assert len(set(before)) == 3


@pytest.mark.parametrize("fingerprints_of", [gitlab, sarif])
def test_another_file_or_place_is_another_finding(root: Path, fingerprints_of: object) -> None:
    assert callable(fingerprints_of)
    here, there = (fingerprints_of(check(root, IMPORT, name)) for name in ("borrow_book.py", "return_book.py"))
    inside = fingerprints_of(check(root, AGAIN))
    assert len({*here, *there, *inside}) == 4


def test_identical_findings_are_told_apart() -> None:
    assert len(set(gitlab(report(*SMALL[1:2] * 3)))) == 3


@pytest.mark.parametrize("variable", ["CI_PROJECT_DIR", "GITHUB_WORKSPACE"])
def test_paths_begin_at_the_checkout(root: Path, monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    shown = check(root, IMPORT)
    monkeypatch.chdir(root / "shop")
    assert uri(shown) == path(shown) == "usecases/borrow_book.py"
    monkeypatch.setenv(variable, f"{root}/")
    assert uri(shown) == path(shown) == "shop/usecases/borrow_book.py"
    assert base(shown) == f"{root.as_uri()}/"
    monkeypatch.setenv(variable, "/elsewhere")
    assert uri(shown) == path(shown) == "usecases/borrow_book.py"
    assert base(shown) == f"{(root / 'shop').as_uri()}/"


def test_uris_are_escaped(root: Path) -> None:
    shown = report(entry(f"{root}/a b/100%#ü:?\udce9.py", SMALL[1].finding))
    assert uri(shown) == "a%20b/100%25%23%C3%BC%3A%3F%E9.py"


@pytest.mark.usefixtures("root")
def test_a_file_outside_has_an_absolute_uri() -> None:
    shown = report(entry("/else where/a.py", SMALL[1].finding))
    location = json.loads(render("sarif", shown))["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert location["artifactLocation"] == {"uri": "file:///else%20where/a.py"}


def uri(shown: Report) -> str:
    result = json.loads(render("sarif", shown))["runs"][0]["results"][0]
    found: str = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    return found


def base(shown: Report) -> str:
    found: str = json.loads(render("sarif", shown))["runs"][0]["originalUriBaseIds"]["%SRCROOT%"]["uri"]
    return found


def path(shown: Report) -> str:
    found: str = json.loads(render("gitlab", shown))[0]["location"]["path"]
    return found
