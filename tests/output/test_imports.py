"""A format imports what it needs, and no other does."""

import subprocess
import sys

import pytest

from flake8_pyarch.output.formats import FORMATS

# Some releases of `pathlib`, which everything here needs, import `urllib.parse` themselves.
SCRIPT = """
import pathlib
import sys
before = set(sys.modules)
from flake8_pyarch.checking import Edit, Finding, Fix, Identity, Reported
from flake8_pyarch.output.formats import render
from flake8_pyarch.output.report import Entry, Report
fix = Fix("Do it", (Edit(1, 0, 1, 1, "y"),), is_safe=True)
entry = Entry("/a.py", Reported(Finding("PYA101", "message", 1, 0, 1, 1, fix), Identity("PYA101", "", ""), 1))
render({name!r}, Report([entry], lambda path: ["x\\n"]))
print(*{heavy!r} & (set(sys.modules) - before), sep="\\n")
"""
HEAVY = {"rich", "xml", "urllib.parse", "flake8_pyarch.rules.layers.outward_import"}
ALLOWED = {
    "json": {"flake8_pyarch.rules.layers.outward_import"},
    "json-lines": {"flake8_pyarch.rules.layers.outward_import"},
    "junit": {"xml"},
    "sarif": {"flake8_pyarch.rules.layers.outward_import", "urllib.parse"},
}


@pytest.mark.parametrize("output_format", FORMATS)
def test_heavy_modules(output_format: str) -> None:
    script = SCRIPT.format(name=output_format, heavy=HEAVY)
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True)
    assert set(run.stdout.split()) <= ALLOWED.get(output_format, set())
