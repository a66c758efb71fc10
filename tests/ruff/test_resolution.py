"""Ruff's settings come to what Ruff itself makes of them."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from flake8_pyarch.settings.installed_ruff import ruff_executable
from flake8_pyarch.settings.ruff import RuffSettings, forget_ruff, ruff_settings
from flake8_pyarch.settings.ruff.rules import ruff_rules
from tests.files import write_files

MODULE = """\
import logging, os

class bad_name(object):
    def BadName(self, Argument=print("x")):
        try:
            raise Exception("no %s" % os)
        except:
            pass

def f(password="hunter22"):
    logging.info(f"{password}")
    logging.getLogger(__name__).warn("x")
    raise ValueError(f"{password}")
"""
"""What many of the twins report; `REPORTED` says which."""

FILES = ("shop/m.py", "shop/deep/er/n.py", "tests/test_m.py", "scripts/run.py")

CONFIGURATIONS: dict[str, dict[str, str]] = {
    "defaults": {"ruff.toml": ""},
    "defaults in preview": {"ruff.toml": "preview = true\n[lint]\nignore = ['N9']\n"},
    "defaults of a formatter's project": {"pyproject.toml": "[tool.ruff.format]\nquote-style = 'single'\n"},
    "extend-select adds to the defaults": {
        "ruff.toml": "[lint]\nextend-select = ['G', 'T20', 'N80']\nignore = ['E722']\n"
    },
    "select replaces the defaults": {"ruff.toml": "[lint]\nselect = ['F', 'S1']\nextend-select = ['BLE']\n"},
    "where it used to stand": {"pyproject.toml": "[tool.ruff]\nselect = ['T20', 'G']\nignore = ['G004']\n"},
    "linter's own table wins": {"ruff.toml": "select = ['T20']\nignore = ['F']\n[lint]\nselect = ['G', 'F']\n"},
    "the more specific selector wins": {
        "ruff.toml": "[lint]\nselect = ['ALL', 'PLE06', 'S105', 'N8']\nignore = ['PLE', 'S1', 'N', 'G004', 'T']\n"
    },
    "a tie is ignored": {"ruff.toml": "[lint]\nselect = ['G', 'S10', 'T201']\nignore = ['G', 'S10', 'T201']\n"},
    "groups and old names": {"ruff.toml": "[lint]\nselect = ['T', 'TRY200', 'PGH002']\nextend-ignore = ['T203']\n"},
    "prefixes that look alike": {"ruff.toml": "[lint]\nselect = ['F', 'B', 'E', 'PL', 'I', 'EM1']\n"},
    "preview": {"ruff.toml": "preview = true\n[lint]\nselect = ['PL', 'RUF']\n"},
    "preview of the linter alone": {"ruff.toml": "preview = true\n[lint]\npreview = false\nselect = ['PL', 'G']\n"},
    "no preview": {"ruff.toml": "[lint]\nselect = ['PL', 'PLC2701', 'RUF067']\n"},
    "explicit preview": {
        "ruff.toml": "[lint]\npreview = true\nexplicit-preview-rules = true\nselect = ['PL', 'RUF067']\n"
    },
    "names and categories": {
        "ruff.toml": "[lint]\npreview = true\nselect = ['logging-f-string', 'restriction', 'style']\nignore = ['LOG']\n"
    },
    "a category is less than a linter": {
        "ruff.toml": "[lint]\npreview = true\nselect = ['ALL', 'T']\nignore = ['pedantic', 'restriction']\n"
    },
    "hidden file wins": {".ruff.toml": "[lint]\nselect = ['T20']\n", "ruff.toml": "[lint]\nselect = ['G']\n"},
    "ruff.toml wins over pyproject.toml": {
        "ruff.toml": "[lint]\nselect = ['T20']\n",
        "pyproject.toml": "[tool.ruff.lint]\nselect = ['G']\n",
    },
    "the nearest wins": {
        "ruff.toml": "[lint]\nselect = ['T20']\n",
        "shop/pyproject.toml": "[tool.ruff.lint]\nselect = ['G']\n",
        "shop/deep/pyproject.toml": "[tool.other]\nruff = 1\n",
    },
    "extend": {
        "ruff.toml": "extend = 'base/ruff.toml'\n[lint]\nextend-select = ['T201']\nignore = ['G004']\n",
        "base/ruff.toml": "[lint]\nselect = ['G', 'S']\n",
    },
    "a chain of three": {
        "shop/ruff.toml": "extend = '../pyproject.toml'\n[lint]\nignore = ['S105']\nextend-select = ['N802']\n",
        "pyproject.toml": """\
[tool.ruff]
extend = './base.toml'
preview = true
[tool.ruff.lint]
extend-select = ['S', 'PL']
""",
        "base.toml": "preview = false\n[lint]\nselect = ['T20', 'G']\nignore = ['N', 'G002']\n",
    },
    "select in the extending file starts anew": {
        "ruff.toml": "extend = 'base.toml'\n[lint]\nselect = ['G']\n",
        "base.toml": "[lint]\nselect = ['S']\nextend-select = ['T20']\nignore = ['G001']\n",
    },
    "ignores of an empty selection are carried over": {
        "ruff.toml": "extend = 'base.toml'\n[lint]\nselect = ['G', 'S']\n",
        "base.toml": "[lint]\nselect = []\nignore = ['G004', 'S']\n",
    },
    "extended where the defaults hold": {
        "ruff.toml": "extend = 'base.toml'\n[lint]\nignore = ['S110', 'F401']\n",
        "base.toml": "[lint]\nextend-select = ['T201']\nignore = ['BLE']\n",
    },
    "per-file-ignores": {
        "ruff.toml": """\
[lint]
select = ['ALL']
per-file-ignores = { 'tests/*' = ['S', 'T20'], 'run.py' = ['G'], 'shop/**/n.py' = ['N8', 'F401'], '!m.py' = ['E722'] }
extend-per-file-ignores = { 'shop' = ['B'], 'shop/m.py' = ['ALL'] }
"""
    },
    "per-file-ignores through extend": {
        "ruff.toml": "extend = 'base/ruff.toml'\n[lint.extend-per-file-ignores]\n'shop/*' = ['G']\n",
        "base/ruff.toml": "[lint]\nselect = ['ALL']\nper-file-ignores = { 'shop/*' = ['S'], '*.py' = ['T2'] }\n",
    },
    "exclude": {
        "ruff.toml": "exclude = ['deep', 'scripts/*.py']\nextend-exclude = ['test_*.py']\n[lint]\nselect = ['S']\n"
    },
    "exclude of the linter": {"ruff.toml": "[lint]\nselect = ['S']\nexclude = ['shop/*', 'tests']\n"},
    "include": {"ruff.toml": "include = ['shop/**/*.py']\nextend-include = ['scripts/*']\n[lint]\nselect = ['S']\n"},
}


def ruff(*arguments: str, cwd: Path) -> str:
    executable = ruff_executable()
    assert executable is not None
    command = [executable, *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, encoding="utf-8", check=False).stdout


def reported(root: Path, *arguments: str) -> dict[str, set[str]]:
    """Return which twins Ruff reports in each file."""
    found: dict[str, set[str]] = {name: set() for name in FILES}
    for entry in json.loads(ruff("check", "--no-cache", "--output-format", "json", *arguments, ".", cwd=root)):
        found[Path(entry["filename"]).relative_to(root).as_posix()].add(entry["code"])
    return {name: codes & set(ruff_rules()) for name, codes in found.items()}


@pytest.fixture(scope="module")
def reportable(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """The twins that the files give Ruff something to report for."""
    root = tmp_path_factory.mktemp("reportable")
    write(root, {})
    return reported(root, "--isolated", "--select", "ALL", "--preview")


def write(root: Path, files: dict[str, str]) -> None:
    write_files(root, dict.fromkeys(FILES, MODULE) | files)


def settings_of(path: Path) -> RuffSettings:
    forget_ruff()
    settings = ruff_settings(str(path.parent))
    assert settings is not None
    assert settings.problem is None
    return settings


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_as_ruff_resolves_it(name: str, tmp_path: Path, reportable: dict[str, set[str]]) -> None:
    write(tmp_path, CONFIGURATIONS[name])
    reports = reported(tmp_path)
    for file in FILES:
        path = tmp_path / file
        ours = set(settings_of(path).reported_in(str(path)))
        assert ours & reportable[file] == reports[file], file
        shown = ruff("check", "--show-settings", file, cwd=tmp_path)
        _, _, enabled = shown.partition("linter.rules.enabled = [")
        codes = set(re.findall(r"\(([A-Z]+[0-9]+)\)", enabled.partition("]")[0])) & set(ruff_rules())
        assert set(settings_of(path).selected) == codes, file


def test_cases_are_telling(reportable: dict[str, set[str]]) -> None:
    twins = {"B904", "E722", "EM102", "EM103", "G004", "G010", "N801", "N802", "N803", "S107", "S110", "T201", "TRY002"}
    assert twins - reportable["shop/m.py"] == {"B904", "EM103"}
