"""Reports of what the installed Ruff finds, so that both can print the same findings."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from flake8_pyarch.checking import Edit, Finding, Fix, Identity, Reported
from flake8_pyarch.output.report import Entry, Report
from flake8_pyarch.source.text import SourceText
from tests.files import write_files

__all__ = ["FILES", "lines_of", "report_of_ruff", "ruff", "shape", "write"]

RULES = "B006,B011,E401,E722,F401,F631,F841,RET501,T201,UP045,W191,W293"

FILES = {
    "annotations.py": """\
from typing import Optional


def first(a: Optional[int], b: Optional[
    str
]):
    "漢字🎉"; print("漢字🎉", a); x = 1
    try:
        pass
    except:
        pass
""",
    "end_of_file.py": "import os\nprint(1)",
    "blank_edges.py": "\n\n\nprint('größe')\n\n\n\n",
    "carriage_returns.py": "import os\r\n\r\nprint(1)\r\n",
    "controls.py": "\x0cprint('a\x07\u200b', 'e\u0301'); print('\U0001f468\u200d\U0001f469'); print(2)\n",
    "digits.py": "x = 1\n" * 7 + "print(1)\n" + "x = 1\n" * 89 + "print(2)\nx = 1\n\nx = 3",
    "far_edits.py": "import os\n\n\ndef f(a={}):\n" + '    """Doc.\n' + "    more\n" * 9 + '    """\n    return a\n',
    "near_edits.py": 'def f(a={}):\n    """Doc.\n\n    x\n    """\n    return a\n',
    "package/spans.py": """\
import os
import sys, json


def f(x=[]):
    print("größe 漢字", x)
\t
    return x

class A:
    def g(self,
          items={
              "a": 1,

          }):
        assert (items,
           "x"), 3
        return items

    def h(self, a): assert (a,
 "x"), [
  a]
""",
    "package/tabs.py": "def f():\n\tif 1:\n\t\tx =\t'a';\tprint(\t'b')\n\t\treturn '\u0301e\u0301'\n",
}


def write(root: Path, files: dict[str, str]) -> None:
    write_files(root, files)


def ruff(root: Path, output_format: str, *options: str) -> str:
    """Return what Ruff prints of the files below `root`."""
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--no-cache", "--select", RULES]
    run = subprocess.run(
        [*command, "--output-format", output_format, *options], cwd=root, capture_output=True, check=False
    )
    assert run.returncode in {0, 1}, run.stderr.decode()
    return run.stdout.decode()


def lines_of(path: str) -> Sequence[str]:
    return SourceText(Path(path).read_bytes()).lines


def report_of_ruff(root: Path, *, code: str | None = None, unsafe_fixes: bool = False) -> Report:
    """Return what Ruff finds in the files below `root`, all under one code if there is one."""
    found = json.loads(ruff(root, "json"))
    entries = [_entry(each | {"code": code or each["code"]}) for each in found]
    return Report(entries, lines_of, unsafe_fixes=unsafe_fixes)


def _entry(found: dict[str, Any]) -> Entry:
    fix = found["fix"] and Fix(
        found["fix"]["message"],
        tuple(Edit(*_span(edit), edit["content"]) for edit in found["fix"]["edits"]),
        is_safe=found["fix"]["applicability"] == "safe",
    )
    finding = Finding(found["code"], found["message"], *_span(found), fix=fix)
    return Entry(found["filename"], Reported(finding, Identity(found["code"], "", ""), found["noqa_row"]))


def _span(found: dict[str, Any]) -> tuple[int, int, int, int]:
    start, end = found["location"], found["end_location"]
    return start["row"], start["column"] - 1, end["row"], end["column"] - 1


def shape(value: Any) -> Any:
    """Return the keys and types of a JSON value, all the way down; of a list, the different ones of its items."""
    if isinstance(value, dict):
        return {key: shape(each) for key, each in value.items()}
    if isinstance(value, list):
        return [json.loads(each) for each in sorted({json.dumps(shape(each)) for each in value})]
    return type(value).__name__
