"""The recipes of `docs/integrations.md`: their commands run, and their configuration is what `pyarch init` writes."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from configparser import RawConfigParser
from pathlib import Path
from typing import Any

import pytest
import yaml

from flake8_pyarch.checking import rule_entries
from flake8_pyarch.cli import main
from flake8_pyarch.cli.adoption.drafts import Drafts
from flake8_pyarch.cli.adoption.tools import TOOLS
from flake8_pyarch.cli.arguments import parse_arguments
from flake8_pyarch.settings import Source, forget_settings, resolve
from tests.cases import read_fences

ROOT = Path(__file__).parent.parent
RECIPES = ROOT / "docs" / "integrations.md"
BLOCKS = list(read_fences(RECIPES.read_text(encoding="utf-8")))
COMMAND = re.compile(r"""(?:(?<=run: )|(?<=script: )|(?<=- )|(?<=entry: )|(?<=commands = )|(?<=sh '))pyarch [^'\n]+""")
EDITED = "src/acme/app/domain/entities/book.py"
FINDING = "PYA102 domain module 'acme.app.domain.entities.book' imports 'fastapi'"


@pytest.fixture
def example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the example service with mistakes, which is the working directory."""
    root = tmp_path / "library"
    shutil.copytree(ROOT / "docs/example/library_with_mistakes", root, ignore=shutil.ignore_patterns(".*", "__pyc*"))
    monkeypatch.chdir(root)
    forget_settings()
    return root


def blocks(language: str) -> list[str]:
    found = [body for info, body in BLOCKS if info == language]
    assert found
    return found


def commands() -> list[str]:
    return sorted({command.strip() for _, body in BLOCKS for command in COMMAND.findall(body)})


def test_all_commands_are_found() -> None:
    assert commands() == [
        "pyarch check",
        "pyarch check --output-format azure",
        "pyarch check --output-format github",
        "pyarch check --output-format gitlab --output-file gl-code-quality-report.json",
        "pyarch check --output-format junit --output-file pyarch.xml",
        "pyarch check --output-format sarif --output-file pyarch.sarif",
    ]


@pytest.mark.parametrize("command", commands())
def test_command(example: Path, capsys: pytest.CaptureFixture[str], command: str) -> None:
    words = shlex.split(command)[1:]
    assert main(words) == 1
    text = (example / words[-1]).read_text() if "--output-file" in words else capsys.readouterr().out
    assert "PYA102" in text
    assert "acme.app.domain.entities.book" in text
    if words[-1].endswith((".json", ".sarif")):
        json.loads(text)
    elif words[-1].endswith(".xml"):
        assert text.startswith("<?xml")


def test_configuration_can_be_read() -> None:
    assert all(map(yaml.safe_load, blocks("yaml")))
    assert all(map(json.loads, blocks("json")))
    for body in blocks("ini"):
        RawConfigParser().read_string(body)


@pytest.mark.parametrize(
    ("tool", "name"),
    [
        ("pre-commit", ".pre-commit-config.yaml"),
        ("github", ".github/workflows/pyarch.yml"),
        ("gitlab", ".gitlab-ci.yml"),
    ],
)
def test_recipe_is_what_init_writes(tmp_path: Path, tool: str, name: str) -> None:
    drafts = Drafts(str(tmp_path))
    TOOLS[tool].edit(drafts)
    assert drafts.text(name) in blocks("yaml")


def test_recipe_for_the_flake8_hook_is_what_init_writes(tmp_path: Path) -> None:
    recipe = next(body for body in blocks("yaml") if "id: flake8" in body)
    (tmp_path / ".pre-commit-config.yaml").write_text(re.sub(r" +additional_dependencies: .*\n", "", recipe))
    drafts = Drafts(str(tmp_path))
    TOOLS["pre-commit"].edit(drafts)
    assert drafts.text(".pre-commit-config.yaml") == recipe


def test_hooks_of_the_repository(example: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hooks = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}
    assert list(hooks) == ["pyarch", "pyarch-types"]
    assert hooks["pyarch-types"]["entry"] == "pyarch types"
    assert parse_arguments(["types"]).run.__module__ == "flake8_pyarch.cli.types"
    files = sorted(path.relative_to(example).as_posix() for path in example.rglob("*.py"))
    assert main([*shlex.split(hooks["pyarch"]["entry"])[1:], *files]) == 1
    assert FINDING in capsys.readouterr().out


def flake8(root: Path, *arguments: str, stdin: str = "") -> str:
    command = [sys.executable, "-m", "flake8", *arguments]
    run = subprocess.run(command, cwd=root, input=stdin, capture_output=True, text=True, check=False)
    assert run.stderr == ""
    return run.stdout


def test_what_editors_run_reports_on_the_text_on_the_screen(example: Path) -> None:
    settings = json.loads(next(body for body in blocks("json") if "flake8.args" in body))
    assert f"--stdin-display-name {EDITED} -" in RECIPES.read_text()
    text = f"\n{(example / EDITED).read_text()}"
    # The extension for Visual Studio Code asks for this format.
    layout = "--format=%(row)d,%(col)d,%(code).1s,%(code)s:%(text)s"
    out = flake8(example, *settings["flake8.args"], layout, "--stdin-display-name", EDITED, "-", stdin=text)
    assert out.startswith(f"6,1,P,PYA102:{FINDING.removeprefix('PYA102 ')}")


def test_what_pycharm_runs(example: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = next(body for body in blocks("text") if "$FilePath$" in body)
    assert main(arguments.replace("$FilePath$", str(example / EDITED)).split()) == 1
    assert capsys.readouterr().out.startswith(f"{EDITED}:5:1: {FINDING}")


# Many machines

PROJECT_RULES = "PYA110,PYA111,PYA509,PYA8"
Found = dict[str, list[tuple[Any, ...]]]


def findings(capsys: pytest.CaptureFixture[str], *arguments: str) -> Found:
    """Return the path of each Python file with findings, below the working directory → what is found there."""
    capsys.readouterr()
    forget_settings()
    main(["check", "--no-cache", "--output-format", "json", *arguments])
    found: Found = {}
    for each in json.loads(capsys.readouterr().out):
        path = os.path.relpath(each["filename"])
        place = each["location"], each["end_location"]
        if path.endswith(".py"):
            found.setdefault(path, []).append((each["code"], each["message"], *place))
    return found


def first_party_imports(root: Path) -> dict[str, set[str]]:
    """Return for each module of the example the files that it imports, directly or not."""
    files = {
        ".".join(path.relative_to(root / "src").with_suffix("").parts).removesuffix(".__init__"): path
        for path in (root / "src").rglob("*.py")
    }
    direct = {}
    for path in files.values():
        named = re.findall(r"^(?:from|import) (acme[\w.]*)(?: import \(?([\w, ]+))?", path.read_text(), re.MULTILINE)
        names = {name for base, below in named for name in (base, *(f"{base}.{b.strip()}" for b in below.split(",")))}
        direct[path] = {files[name] for name in names if name in files}
    reached = {path: {path} for path in files.values()}
    for _ in files:
        reached = {path: {path}.union(*(reached[each] for each in direct[path])) for path in reached}
    return {str(path.relative_to(root)): {str(each.relative_to(root)) for each in reached[path]} for path in reached}


def copy(root: Path, box: Path, names: set[str]) -> None:
    for name in names:
        (box / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(root / name, box / name)


def test_recipe_names_the_rules_about_the_whole_project() -> None:
    codes = tuple(PROJECT_RULES.split(","))
    named = {rule.code for rule in rule_entries() if rule.code.startswith(codes)}
    # Of PYA8 those that look at one file are left out with the others.
    assert {rule.code for rule in rule_entries() if rule.is_about_project} <= named
    assert RECIPES.read_text().count(PROJECT_RULES) == 3


def test_a_file_has_the_same_findings_with_nothing_but_its_declared_inputs(
    example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = findings(capsys, "--ignore", PROJECT_RULES)
    assert len(whole) == 9
    packages = {str(path.relative_to(example)) for path in example.rglob("__init__.py")}
    for number, (name, inputs) in enumerate(first_party_imports(example).items()):
        box = tmp_path / f"box{number}"
        copy(example, box, {"pyproject.toml", name, *packages, *inputs})
        monkeypatch.chdir(box)
        assert findings(capsys, name, "--ignore", PROJECT_RULES) == {
            path: each for path, each in whole.items() if path == name
        }


def test_a_file_alone_has_no_findings_that_it_has_not_in_the_project(
    example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = findings(capsys)
    seen = 0
    for number, name in enumerate(first_party_imports(example)):
        box = tmp_path / f"box{number}"
        copy(example, box, {"pyproject.toml", name})
        monkeypatch.chdir(box)
        alone = findings(capsys, name, "--ignore", f"PYA201,{PROJECT_RULES}").get(name, [])
        assert set(map(str, alone)) <= set(map(str, whole.get(name, [])))
        seen += len(alone)
    assert seen > 20


def test_shards_together_report_what_the_whole_run_reports(
    example: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = findings(capsys, "--ignore", PROJECT_RULES)
    subprocess.run(["git", "init", "--quiet"], cwd=example, check=True)
    subprocess.run(["git", "add", "."], cwd=example, check=True)
    recipe = next(body for body in blocks("sh") if "$SHARD" in body)
    listing = recipe.removeprefix("pyarch check $(").removesuffix(")\n")
    parts: Found = {}
    monkeypatch.setenv("SHARDS", "3")
    for shard in range(3):
        monkeypatch.setenv("SHARD", str(shard))
        files = subprocess.run(["sh", "-c", listing], cwd=example, capture_output=True, text=True, check=True)
        part = findings(capsys, *files.stdout.split())
        assert parts.keys().isdisjoint(part)
        parts |= part
    assert parts == whole


def test_flake8_knows_the_layer_of_a_file_alone_from_its_own_configuration(example: Path, tmp_path: Path) -> None:
    option = 'pyarch-layers = {domain = {packages = ["acme.app.domain"]}'
    assert option in RECIPES.read_text()
    copy(example, tmp_path / "box", {EDITED})
    (tmp_path / "box" / "setup.cfg").write_text(f"[flake8]\n{option}}}\n")
    out = flake8(tmp_path / "box", "--config=setup.cfg", "--select=PYA102", EDITED)
    assert out.startswith(f"{EDITED}:5:1: {FINDING}")


# Settings on the pages


def test_settings_on_the_pages_can_be_used() -> None:
    stated = [
        (path.name, tomllib.loads(body).get("tool", {}).get("pyarch", {}))
        for path in [ROOT / "README.md", *ROOT.glob("docs/*.md")]
        for info, body in read_fences(path.read_text(encoding="utf-8"))
        if info == "toml"
    ]
    assert len(stated) >= 5
    for name, values in stated:
        resolve([Source(name, values)])
