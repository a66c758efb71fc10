"""Whatever is in a path, a message or a source, the output keeps its form."""

import json
import os
from typing import Any
from xml.etree import ElementTree as ET

from hypothesis import given, settings
from hypothesis import strategies as st

from flake8_pyarch.checking import Edit, Finding, Fix, Identity, Reported
from flake8_pyarch.output.formats import FORMATS, render
from flake8_pyarch.output.report import Entry, Report
from flake8_pyarch.output.summary import summary
from flake8_pyarch.source.text import split_lines

TEXTS = st.text() | st.text("%:,;]\r\n\t\x1b<>&\"'漢🎉é\u0301")
PATHS = st.binary(min_size=1).map(lambda name: "/" + os.fsdecode(name.replace(b"\0", b"").replace(b"/", b"")))
LINES = st.text("ab \t漢🎉\u0301\u200d\x0c\n\r") | st.text()
CODES = st.sampled_from(["PYA101", "PYA504", "PYX001"])


@st.composite
def entries(draw: st.DrawFn, lines: list[str]) -> Entry:
    """Draw a finding with a span, and perhaps a fix, that mostly lies in the lines."""
    line = draw(st.integers(1, len(lines) + 1))
    end_line = draw(st.integers(line, len(lines) + 2))
    column, end_column = draw(st.integers(0, 9)), draw(st.integers(0, 9))
    fix = None
    if draw(st.booleans()) and line <= len(lines):
        end = draw(st.integers(0, len(lines[line - 1].rstrip("\r\n"))))
        edit = Edit(line, draw(st.integers(0, end)), line, end, draw(TEXTS))
        fix = Fix(draw(TEXTS), (edit,), is_safe=draw(st.booleans()))
    code = draw(CODES)
    finding = Finding(code, draw(TEXTS), line, column, end_line, end_column, fix)
    return Entry(draw(PATHS), Reported(finding, Identity(code, draw(TEXTS), "0"), line))


@st.composite
def reports(draw: st.DrawFn) -> Report:
    lines = split_lines(draw(LINES))
    shown = draw(st.lists(entries(lines), max_size=3))
    return Report(shown, lambda _: lines, unsafe_fixes=draw(st.booleans()))


@settings(deadline=None)
@given(reports())
def test_every_format_keeps_its_form(shown: Report) -> None:
    texts = {name: render(name, shown) for name in FORMATS}
    count = len(shown.entries)
    messages = [entry.finding.message for entry in shown.entries]
    assert texts == {name: render(name, shown) for name in FORMATS}
    assert all(text.encode().decode() == text for text in texts.values())
    assert [found["message"] for found in json.loads(texts["json"])] == messages
    assert [json.loads(line)["message"] for line in texts["json-lines"].split("\n")[:-1]] == messages
    assert sorted(found["message"] for found in json.loads(texts["rdjson"])["diagnostics"]) == sorted(messages)
    assert len({found["fingerprint"] for found in json.loads(texts["gitlab"])}) == count
    assert [found["message"]["text"] for found in results(texts["sarif"])] == messages
    assert len(list(ET.fromstring(texts["junit"]).iter("failure"))) == count  # noqa: S314
    for name in ("github", "azure", "pylint"):
        assert texts[name].count("\n") == count
    assert texts["concise"].count("\n") == count + len(summary(shown))


def results(text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(text)["runs"][0]["results"]
    return found


@settings(deadline=None)
@given(TEXTS)
def test_a_command_says_what_the_finding_says(message: str) -> None:
    shown = Report([Entry("/a.py", Reported(Finding("PYA101", message, 1, 0, 1, 1), Identity("", "", ""), 1))], list)
    github = render("github", shown).rstrip("\n").partition(": PYA101 ")[2]
    assert github.replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%") == message
    azure = render("azure", shown).rstrip("\n").partition(";]")[2]
    assert azure.replace("%0A", "\n").replace("%0D", "\r").replace("%AZP25", "%") == message
