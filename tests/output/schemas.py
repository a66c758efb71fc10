"""What the formats' specifications ask for, as far as it concerns us."""

from typing import Any
from xml.etree.ElementTree import Element

__all__ = ["GITLAB", "RDJSON", "junit_problems"]

_WHOLE = {"type": "integer", "minimum": 1}


def _object(required: dict[str, Any], optional: dict[str, Any] | None = None) -> dict[str, Any]:
    properties = required | (optional or {})
    return {"type": "object", "required": list(required), "properties": properties, "additionalProperties": False}


_TEXT = {"type": "string"}
_FILLED = {"type": "string", "minLength": 1}

# https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format, where a place is either
# `lines.begin` or `positions.begin.line`, as in Code Climate's specification.
_PLACE = _object({"line": _WHOLE, "column": _WHOLE})
GITLAB = {
    "type": "array",
    "items": _object(
        {
            "description": _FILLED,
            "check_name": _FILLED,
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": _object(
                {
                    "path": {"type": "string", "pattern": r"^(?!\./|.*\\)"},
                    "positions": _object({"begin": _PLACE, "end": _PLACE}),
                }
            ),
        }
    ),
}

# https://github.com/reviewdog/reviewdog/tree/master/proto/rdf
_RANGE = _object(
    {"start": _object({"line": _WHOLE, "column": _WHOLE}), "end": _object({"line": _WHOLE, "column": _WHOLE})}
)
RDJSON = _object(
    {
        "source": _object({"name": _FILLED, "url": {"type": "string", "pattern": "^https://"}}),
        "severity": {"enum": ["UNKNOWN_SEVERITY", "ERROR", "WARNING", "INFO"]},
        "diagnostics": {
            "type": "array",
            "items": _object(
                {
                    "message": _TEXT,
                    "location": _object({"path": _FILLED, "range": _RANGE}),
                    "code": _object({"value": _FILLED}, {"url": {"type": "string", "pattern": "^https://"}}),
                },
                {"suggestions": {"type": "array", "items": _object({"range": _RANGE, "text": _TEXT})}},
            ),
        },
    }
)

# The schema that Jenkins checks reports by, `junit-10.xsd` of its xUnit plugin: element → its children, the attributes
# it must have, and those it may have. What Ruff adds to that, and so do we, is listed apart.
_JUNIT = {
    "testsuites": ({"testsuite"}, set(), {"name", "tests", "failures", "errors"}),
    "testsuite": ({"testcase"}, {"name", "tests", "failures", "errors"}, {"skipped", "package"}),
    "testcase": ({"failure"}, {"name"}, {"classname"}),
    "failure": (set(), set(), {"message"}),
    "properties": ({"property"}, set(), set()),
    "property": (set(), {"name", "value"}, set()),
}
_JUNIT_OF_RUFF = {"testsuites": {"skipped"}, "testcase": {"line", "column", "properties"}}


def junit_problems(root: Element) -> list[str]:
    """Return where a report is not as Jenkins and the readers of Ruff's reports expect it."""
    problems = [] if root.tag == "testsuites" else [root.tag]
    for element in root.iter():
        children, required, optional = _JUNIT[element.tag]
        added = _JUNIT_OF_RUFF.get(element.tag, set())
        problems += [f"{element.tag} lacks {name}" for name in required - set(element.attrib)]
        problems += [f"{element.tag} has {name}" for name in set(element.attrib) - required - optional - added]
        problems += [f"{element.tag} holds {child.tag}" for child in element if child.tag not in children | added]
        if element.tag in {"testsuites", "testsuite"}:
            counted = {"tests": len(list(element.iter("testcase"))), "failures": len(list(element.iter("failure")))}
            problems += [f"{name}: {element.attrib}" for name, n in counted.items() if element.get(name) != str(n)]
    return problems
