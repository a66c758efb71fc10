"""`junit`: a JUnit report, in which each finding is a test that failed."""

import os
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from flake8_pyarch.output.report import PROGRAM, Entry, Report
from flake8_pyarch.patterns import lazy_pattern

__all__ = ["render"]

_PACKAGE = f"org.{PROGRAM}"
_NOT_XML = lazy_pattern("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(report: Report) -> str:
    """Return one XML document with a test suite for each file."""
    files = report.by_path()
    failures = len(report.entries)
    root = Element("testsuites", _counts(PROGRAM, tests=max(failures, 1), failures=failures))
    for path, entries in files.items():
        suite = SubElement(root, "testsuite", _suite(path, tests=len(entries), failures=len(entries)))
        for entry in entries:
            _add_failure(suite, entry)
    if not files:
        suite = SubElement(root, "testsuite", _suite(PROGRAM, tests=1, failures=0))
        SubElement(suite, "testcase", {"name": "No errors found", "classname": PROGRAM})
    indent(root, " " * 4)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _counts(name: str, *, tests: int, failures: int) -> dict[str, str]:
    return {"name": _text(name), "tests": str(tests), "skipped": "0", "failures": str(failures), "errors": "0"}


def _suite(name: str, *, tests: int, failures: int) -> dict[str, str]:
    return _counts(name, tests=tests, failures=failures) | {"package": _PACKAGE}


def _add_failure(suite: Element, entry: Entry) -> None:
    finding = entry.finding
    line, column, message = str(finding.line), str(finding.column + 1), _text(finding.message)
    module = _text(os.path.splitext(entry.path)[0])
    attributes = {"name": f"{_PACKAGE}.{finding.code}", "classname": module, "line": line, "column": column}
    case = SubElement(suite, "testcase", attributes)
    SubElement(SubElement(case, "properties"), "property", {"name": "severity", "value": "error"})
    SubElement(case, "failure", {"message": message}).text = f"line {line}, col {column}, {message}"


def _text(text: str) -> str:
    """Return the text without the characters that XML cannot hold."""
    return _NOT_XML().sub("", text)
