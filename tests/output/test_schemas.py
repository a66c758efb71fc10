"""What a machine reads is what its specification asks for."""

import json
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from pydantic_sarif.model import (  # type: ignore[import-untyped]
    StaticAnalysisResultsFormatSarifVersion210JsonSchema as SarifLog,
)

from flake8_pyarch.checking import all_rules
from flake8_pyarch.output.formats import render
from flake8_pyarch.output.report import Report
from tests.output.reports import SMALL, entry, report
from tests.output.schemas import GITLAB, RDJSON, junit_problems

CUSTOM = entry("/shop/a.py", type(SMALL[1].finding)("PYX001", "a custom rule", 1, 0, 1, 1))

each_report = pytest.mark.parametrize(
    "shown", [report(), report(*SMALL), report(*SMALL, *SMALL), report(CUSTOM)], ids=["none", "some", "twice", "custom"]
)


@each_report
def test_sarif(shown: Report) -> None:
    """The model is generated from the published schema, and forbids what that forbids."""
    SarifLog.model_validate_json(render("sarif", shown))


@each_report
@pytest.mark.parametrize(("output_format", "schema"), [("gitlab", GITLAB), ("rdjson", RDJSON)])
def test_json_schema(shown: Report, output_format: str, schema: dict[str, Any]) -> None:
    jsonschema.validate(json.loads(render(output_format, shown)), schema)


@each_report
def test_junit(shown: Report) -> None:
    assert junit_problems(ET.fromstring(render("junit", shown))) == []  # noqa: S314


def test_sarif_explains_its_rules() -> None:
    log = json.loads(render("sarif", report(*SMALL, *SMALL, CUSTOM)))
    rules = log["runs"][0]["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["PYA101", "PYA401", "PYA504", "PYA601"]
    for rule in rules:
        assert "## Why is this bad?" in rule["help"]["text"]
        assert rule["help"]["markdown"].startswith(f"# {rule['properties']['name']} ({rule['id']})\n")
        assert rule["shortDescription"]["text"].endswith(".")
        assert rule["fullDescription"]["text"]
        assert "##" not in rule["fullDescription"]["text"]
        assert rule["helpUri"].endswith(f"/{rule['id']}/")


def test_sarif_of_every_rule() -> None:
    finding = SMALL[1].finding
    entries = [entry("/a.py", type(finding)(rule.code, "message", 1, 0, 1, 1)) for rule in all_rules()]
    log = json.loads(render("sarif", report(*entries)))
    SarifLog.model_validate(log)
    # GitHub takes no more than this of a rule.
    for rule in log["runs"][0]["tool"]["driver"]["rules"]:
        assert len(rule["shortDescription"]["text"]) <= 1024
        assert len(rule["fullDescription"]["text"]) <= 1024


def test_rdjson_counts_bytes() -> None:
    (found,) = json.loads(render("rdjson", report(SMALL[0])))["diagnostics"]
    before = 'GRÖSSE = "漢字"; log.info('
    assert found["location"]["range"]["start"] == {"line": 1, "column": len(before.encode()) + 1}


def test_a_custom_rule_has_no_page() -> None:
    assert json.loads(render("json", report(CUSTOM)))[0]["url"] is None
    assert json.loads(render("rdjson", report(CUSTOM)))["diagnostics"][0]["code"] == {"value": "PYX001"}
