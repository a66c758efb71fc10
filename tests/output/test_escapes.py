"""What would end a command, a line or a document early is escaped."""

import json
import re
from xml.etree import ElementTree as ET

import pytest

from flake8_pyarch.checking import Edit, Finding, Fix
from flake8_pyarch.output.formats import FORMATS, render
from tests.output.reports import entry, report

PATH = "/a:b,c;d]e%2C/f\ng.py"
MESSAGE = "100% of\r\nthese::are, one;two]%0A"
NASTY = entry(PATH, Finding("PYA101", MESSAGE, 1, 0, 1, 1, Fix("a\nb", (Edit(1, 0, 1, 0, "x"),), is_safe=True)))


def test_github() -> None:
    shown = "a%3Ab%2Cc;d]e%252C/f%0Ag.py"
    assert render("github", report(NASTY)) == (
        f"::error title=pyarch (PYA101),file=/{shown},line=1,col=1,endLine=1,endColumn=2::"
        "/a:b,c;d]e%252C/f%0Ag.py:1:1: PYA101 100%25 of%0D%0Athese::are, one;two]%250A%0A  help: a%0Ab\n"
    )


def test_azure() -> None:
    assert render("azure", report(NASTY)) == (
        "##vso[task.logissue type=error;sourcepath=/a:b,c%3Bd%5De%AZP252C/f%0Ag.py;linenumber=1;columnnumber=1;"
        "code=PYA101;]100%AZP25 of%0D%0Athese::are, one;two]%AZP250A\n"
    )


@pytest.mark.parametrize("output_format", ["concise", "pylint"])
def test_a_finding_is_one_line(output_format: str) -> None:
    line, *_ = render(output_format, report(NASTY)).split("\n")
    assert line.startswith("/a:b,c;d]e%2C/f␊g.py:1:")
    assert line.endswith("100% of␍␊these::are, one;two]%0A")


def test_nothing_steers_the_terminal() -> None:
    controls = "".join(map(chr, [*range(32), *range(0x7F, 0xA0), 0x202E, 0x2066, 0x2028]))
    finding = Finding("PYA101", controls, 1, 0, 1, 1)
    shown = report(entry("/a.py", finding), entry(f"/{controls[1:]}.py", finding))
    for output_format in ("concise", "full", "grouped", "pylint"):
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e\u2066\u2028]", render(output_format, shown))


def test_junit_holds_no_character_that_xml_forbids() -> None:
    forbidden = "\x00\x08\x0b\x1b\x1f\ud800\ufffe\uffff"
    finding = Finding("PYA101", f"<a> & \"b\" 'c' ]]>{forbidden}\té", 1, 0, 1, 1)
    text = render("junit", report(entry(f"/<{forbidden}&.py", finding)))
    suite = ET.fromstring(text)[0]  # noqa: S314
    failure = suite[0][1]
    assert suite.get("name") == "/<&.py"
    assert failure.get("message") == "<a> & \"b\" 'c' ]]>\té"
    assert failure.text == "line 1, col 1, <a> & \"b\" 'c' ]]>\té"


@pytest.mark.parametrize("output_format", FORMATS)
def test_a_path_that_is_no_utf_8_can_be_written(output_format: str) -> None:
    text = render(output_format, report(entry("/caf\udce9.py", Finding("PYA101", "message", 1, 0, 1, 1))))
    assert "caf\N{REPLACEMENT CHARACTER}" in text or "caf%E9" in text or "caf.py" in text
    assert text.encode()


def test_json_lines_is_a_line_for_each_finding() -> None:
    first, second = render("json-lines", report(NASTY, NASTY)).splitlines()
    assert first == second
    assert json.loads(first)["message"] == MESSAGE
