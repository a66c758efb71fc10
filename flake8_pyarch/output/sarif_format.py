"""`sarif`: SARIF 2.1.0, for code scanning."""

import json
import os
from pathlib import Path
from typing import Any
from urllib.parse import quote

from flake8_pyarch import __version__
from flake8_pyarch.checking import About, Edit, Finding, Fix, Rule, all_rules
from flake8_pyarch.output.fingerprints import fingerprinted
from flake8_pyarch.output.paths import repository_root
from flake8_pyarch.output.report import DOCUMENTATION, PROGRAM, Entry, Report, documentation_url
from flake8_pyarch.output.rule_page import reason, rule_page, summary

__all__ = ["render"]

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "info": "note", "hint": "note"}
_PROBLEMS = {"error": "error", "warning": "warning", "note": "recommendation"}
"""How GitHub calls the levels of SARIF."""
_ROOT = "%SRCROOT%"
_FINGERPRINT = "pyarchIdentity/v1"


def render(report: Report) -> str:
    """Return one JSON object with a run that holds the findings and the rules they come from."""
    codes = {entry.finding.code for entry in report.entries}
    rules = [_rule(rule) for rule in all_rules() if rule.code in codes]
    custom = {entry.finding.code: entry.finding.about for entry in report.entries if entry.finding.about is not None}
    rules += [_custom_rule(code, about) for code, about in sorted(custom.items())]
    results = [_result(*each) for each in fingerprinted(report.entries)]
    driver = {
        "informationUri": DOCUMENTATION,
        "name": PROGRAM,
        "rules": rules,
        "version": __version__,
    }
    run = {
        # The default counts units of UTF-16.
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"uri": _directory_uri(repository_root())}},
        "results": results,
        "tool": {"driver": driver},
    }
    return json.dumps({"$schema": _SCHEMA, "runs": [run], "version": "2.1.0"}, indent=2, ensure_ascii=False) + "\n"


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "defaultConfiguration": {"enabled": rule.on_by_default, "level": "error"},
        "fullDescription": {"text": reason(rule)},
        "help": {"markdown": rule_page(rule), "text": rule.documentation},
        "helpUri": documentation_url(rule.code),
        "id": rule.code,
        "name": type(rule).__name__,
        "properties": {
            "id": rule.code,
            "kind": type(rule).__module__.split(".")[-2],
            "name": rule.name,
            "problem.severity": "error",
        },
        "shortDescription": {"text": summary(rule)},
    }


def _custom_rule(code: str, about: About) -> dict[str, Any]:
    level = _LEVELS[about.severity]
    rule: dict[str, Any] = {"defaultConfiguration": {"enabled": True, "level": level}}
    if about.note:
        rule |= {"fullDescription": {"text": about.note}, "help": {"markdown": about.note, "text": about.note}}
    if about.url is not None:
        rule["helpUri"] = about.url
    return rule | {
        "id": code,
        "name": about.name,
        "properties": {"id": code, "kind": "custom", "name": about.name, "problem.severity": _PROBLEMS[level]},
        "shortDescription": {"text": about.name},
    }


def _result(entry: Entry, path: str, fingerprint: str) -> dict[str, Any]:
    finding = entry.finding
    artifact = _artifact(path)
    result: dict[str, Any] = {} if finding.fix is None else {"fixes": [_fix(finding.fix, artifact)]}
    return result | {
        "level": _LEVELS[entry.severity],
        "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": _region(finding)}}],
        "message": {"text": finding.message},
        "partialFingerprints": {_FINGERPRINT: fingerprint},
        "ruleId": finding.code,
    }


def _directory_uri(directory: str) -> str:
    uri = Path(directory).as_uri()
    return uri if uri.endswith("/") else f"{uri}/"


def _artifact(path: str) -> dict[str, str]:
    if os.path.isabs(path):
        return {"uri": Path(path).as_uri()}
    return {"uri": quote(os.fsencode(path)), "uriBaseId": _ROOT}


def _fix(fix: Fix, artifact: dict[str, str]) -> dict[str, Any]:
    replacements = [_replacement(edit) for edit in fix.edits]
    return {
        "artifactChanges": [{"artifactLocation": artifact, "replacements": replacements}],
        "description": {"text": fix.message},
    }


def _replacement(edit: Edit) -> dict[str, Any]:
    replacement: dict[str, Any] = {"deletedRegion": _region(edit)}
    return replacement | {"insertedContent": {"text": edit.text}} if edit.text else replacement


def _region(span: Edit | Finding) -> dict[str, int]:
    return {
        "endColumn": span.end_column + 1,
        "endLine": span.end_line,
        "startColumn": span.column + 1,
        "startLine": span.line,
    }
