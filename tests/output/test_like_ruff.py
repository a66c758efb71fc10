"""Every format prints what the installed Ruff prints of the same findings."""

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from flake8_pyarch.output.counts import render_statistics
from flake8_pyarch.output.formats import FORMATS, render
from flake8_pyarch.output.report import Report
from tests.output.like_ruff import FILES, lines_of, report_of_ruff, ruff, shape, write

CODE = "PYA101"
FOR_PEOPLE = ("concise", "full", "grouped", "pylint", "azure", "github")
NOTHING = Report([], lines_of)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("like_ruff").resolve()
    write(path, FILES)
    return path


@pytest.fixture(autouse=True)
def in_root(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    monkeypatch.delenv("CI_PROJECT_DIR", raising=False)
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)


def without_space_at_ends(text: str) -> list[str]:
    """Return the lines without the white space and carriage returns that Ruff takes over from the source."""
    return [line.rstrip() for line in text.replace("\r", "").split("\n")]


def as_json(output_format: str, text: str) -> Any:
    return [json.loads(line) for line in text.splitlines()] if output_format == "json-lines" else json.loads(text)


@pytest.mark.parametrize("unsafe_fixes", [False, True])
@pytest.mark.parametrize("output_format", FOR_PEOPLE)
def test_text_is_the_same(root: Path, output_format: str, *, unsafe_fixes: bool) -> None:
    report = report_of_ruff(root, unsafe_fixes=unsafe_fixes)
    ours = render(output_format, report).replace("pyarch (", "ruff (")
    theirs = ruff(root, output_format, *["--unsafe-fixes"][: int(unsafe_fixes)])
    assert len(report.entries) > 30
    assert without_space_at_ends(ours) == without_space_at_ends(theirs)


@pytest.mark.parametrize("output_format", ["json", "json-lines", "rdjson", "gitlab"])
def test_keys_and_types_are_the_same(root: Path, output_format: str) -> None:
    ours = as_json(output_format, render(output_format, report_of_ruff(root, code=CODE)))
    theirs = as_json(output_format, ruff(root, output_format))
    assert shape(ours) == shape(theirs)


@pytest.mark.parametrize("output_format", ["json", "json-lines"])
def test_values_are_the_same(root: Path, output_format: str) -> None:
    ours = as_json(output_format, render(output_format, report_of_ruff(root)))
    theirs = as_json(output_format, ruff(root, output_format))
    known_by = {"name": None, "url": None}
    assert [found | known_by for found in ours] == [found | known_by for found in theirs]
    assert [list(found) for found in ours] == [list(found) for found in theirs]


def test_gitlab_differs_in_its_fingerprints_alone(root: Path) -> None:
    ours, theirs = json.loads(render("gitlab", report_of_ruff(root))), json.loads(ruff(root, "gitlab"))
    assert [issue | {"fingerprint": ""} for issue in ours] == [issue | {"fingerprint": ""} for issue in theirs]


def test_rdjson_differs_in_columns_behind_wide_characters_alone(root: Path) -> None:
    ours = json.loads(render("rdjson", report_of_ruff(root)))["diagnostics"]
    theirs = json.loads(ruff(root, "rdjson"))["diagnostics"]
    assert [found["message"] for found in ours] == [found["message"] for found in theirs]
    plain = [
        (one["location"], one.get("suggestions"), other["location"], other.get("suggestions"))
        for one, other in zip(ours, theirs, strict=True)
        if Path(one["location"]["path"]).read_text(encoding="utf-8").isascii()
    ]
    assert len(plain) > 5
    for location, suggestions, their_location, their_suggestions in plain:
        assert (location, suggestions) == (their_location, their_suggestions)


def test_sarif_has_their_keys_and_a_few_more(root: Path) -> None:
    ours, theirs = (
        json.loads(text) for text in (render("sarif", report_of_ruff(root, code=CODE)), ruff(root, "sarif"))
    )
    missing = set(key_paths(theirs)) - set(key_paths(ours))
    added = set(key_paths(ours)) - set(key_paths(theirs))
    assert not missing
    assert sorted(path for path in added if path.rpartition(".")[0] not in added) == [
        "runs.columnKind",
        "runs.originalUriBaseIds",
        "runs.results.fixes.artifactChanges.artifactLocation.uriBaseId",
        "runs.results.locations.physicalLocation.artifactLocation.uriBaseId",
        "runs.results.partialFingerprints",
        "runs.tool.driver.rules.help.markdown",
        "runs.tool.driver.rules.name",
    ]


def key_paths(value: Any, above: str = "") -> list[str]:
    if isinstance(value, list):
        return [path for each in value for path in key_paths(each, above)]
    if not isinstance(value, dict):
        return []
    paths = {f"{above}.{key}".lstrip("."): each for key, each in value.items()}
    return [found for path, each in paths.items() for found in (path, *key_paths(each, path))]


def test_junit_is_the_same(root: Path) -> None:
    ours = render("junit", report_of_ruff(root))
    assert tree(ours.replace("pyarch", "ruff")) == tree(ruff(root, "junit"))


def tree(text: str) -> list[tuple[str, dict[str, str], str]]:
    return [(each.tag, each.attrib, (each.text or "").strip()) for each in ET.fromstring(text).iter()]  # noqa: S314


@pytest.mark.parametrize("output_format", FORMATS)
def test_nothing_found(tmp_path: Path, output_format: str) -> None:
    write(tmp_path, {"clean.py": "x = 1\n"})
    ours, theirs = render(output_format, NOTHING), ruff(tmp_path, output_format)
    assert not ours or ours.endswith("\n")
    if output_format == "junit":
        assert tree(ours.replace("pyarch", "ruff")) == tree(theirs)
    elif output_format in {"rdjson", "sarif"}:
        assert set(key_paths(theirs := json.loads(theirs))) <= set(key_paths(ours := json.loads(ours)))
        assert "diagnostics" not in theirs or ours["diagnostics"] == []
        assert "runs" not in theirs or ours["runs"][0]["results"] == ours["runs"][0]["tool"]["driver"]["rules"] == []
    else:
        assert ours.strip() == theirs.strip()


@pytest.mark.parametrize("unsafe_fixes", [False, True])
def test_statistics(root: Path, *, unsafe_fixes: bool) -> None:
    report = report_of_ruff(root, unsafe_fixes=unsafe_fixes)
    options = ["--statistics", *["--unsafe-fixes"][: int(unsafe_fixes)]]
    name = re.compile(r"[\w-]+$")
    ours, theirs = (
        [name.sub("", line) for line in text.splitlines()]
        for text in (render_statistics(report, "concise"), ruff(root, "concise", *options))
    )
    assert sorted(ours[:-2]) == sorted(theirs[:-2])
    assert ours[-2:] == theirs[-2:]
    assert [line.split("\t")[0] for line in ours] == [line.split("\t")[0] for line in theirs]
    objects, their_objects = (
        {found["code"]: found | {"name": ""} for found in json.loads(text)}
        for text in (render_statistics(report, "json"), ruff(root, "json", *options))
    )
    assert objects == their_objects
