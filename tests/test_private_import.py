"""PYA106 names its twin exactly where Ruff reports the same."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

from flake8_pyarch.checking import Linter
from flake8_pyarch.settings import Source
from tests.source.projects import write

TEXT = """\
import _thread
import third._internal
import third._internal as alias
import third._internal.deep as deep, third._x
from third import _name
from third import _name as renamed
from third import public as _public
from third._internal import one, _two
from third._internal import *
from third import __secret
from third import __version__
from third.__main__ import main
from concurrent.futures._base import Future
from shop.other import _other
from shop.other._deep import thing
from shop._own import own
from . import _relative
from ..other import _relative_other
from ..other._deep import relative_thing

if True:
    from third import _conditional
try:
    from third import _tried
except ImportError:
    _tried = None
try:
    from third import _either
except ImportError:
    from fourth import _either

from third import _annotation as Hidden
from third import _quoted as Quoted


def function(argument: Hidden, other: "Quoted"):
    from third import _inner


class Body:
    from third import _in_class

    def method(self):
        from third import _in_method


from third import _used, _unused

value: _used = _used()
from third import _rebound

for _rebound in value:
    pass
"""


@pytest.mark.parametrize("path", ["shop/sub/module.py", "shop/__init__.py", "bare/sub/module.py", "script.py"])
def test_twin(tmp_path: Path, path: str) -> None:
    write(tmp_path, ["pyproject.toml", "shop/__init__.py", "shop/sub/__init__.py", "shop/other/__init__.py", path])
    (tmp_path / path).write_text(TEXT, encoding="utf-8")
    linter = Linter([Source("the test", {"select": ["PYA106"]})])
    found = linter.check(str(tmp_path / path), ast.parse(TEXT), TEXT.splitlines(keepends=True))
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--preview", "--select", "PLC2701"]
    run = subprocess.run(
        [*command, "--output-format", "json", path], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    lines = TEXT.splitlines()
    in_ruff = {lines[entry["location"]["row"] - 1].strip() for entry in json.loads(run.stdout)}
    assert {lines[finding.line - 1].strip() for finding in found if finding.twins} == in_ruff
