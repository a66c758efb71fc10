"""The house is whole: every rule is documented, tested, unique and in its place."""

import ast
import importlib
import inspect
import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from flake8_pyarch.checking import Rule, all_rules
from flake8_pyarch.checking.checker import SUBJECTS
from flake8_pyarch.settings import Settings, keys_of
from flake8_pyarch.settings.presets import PRESETS
from flake8_pyarch.source import Module
from tests.cases import read_cases, read_fences
from tests.files import write_files
from tests.whole import findings_of

PACKAGES = ("flake8_pyarch", "mypy_pyarch")
RULES = all_rules()
FAMILIES = {
    "engine": 0,
    "layers": 1,
    "modules": 2,
    "use_cases": 3,
    "injection": 4,
    "exceptions": 5,
    "logging": 6,
    "configuration": 7,
    "project": 8,
    "factory": 9,
}
HEADINGS = ["Why is this bad?", "Example", "Use instead"]
OPTIONAL_HEADINGS = ["Options", "Known problems", "Fix safety"]
SKELETON = [
    f"shop/{package}__init__.py"
    for package in ("", "domain/", "usecases/", "api/", "persistence/", "external/", "infrastructure/", "config/")
]

each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
each_checked_rule = pytest.mark.parametrize(
    "rule", [rule for rule in RULES if rule.handlers or rule.is_about_project], ids=lambda rule: rule.code
)


def folder(rule: Rule) -> str:
    return type(rule).__module__.split(".")[-2]


def case_file(rule: Rule) -> Path:
    return Path(__file__).parent / "rules" / folder(rule) / f"{rule.name.replace('-', '_')}.md"


def sections(rule: Rule) -> dict[str, str]:
    text = inspect.cleandoc(type(rule).__doc__ or "")
    _, *parts = re.split(r"^## ", text, flags=re.MULTILINE)
    return {part.partition("\n")[0]: part.partition("\n")[2] for part in parts}


def test_codes_are_unique_and_in_order() -> None:
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes))
    assert Counter(rule.name for rule in RULES).most_common(1)[0][1] == 1


@each_rule
def test_rule_is_in_its_place(rule: Rule) -> None:
    assert type(rule).__module__.rpartition(".")[2] == rule.name.replace("-", "_")
    assert re.fullmatch(rf"PYA{FAMILIES[folder(rule)]}\d\d", rule.code)


@each_rule
def test_message_is_one_sentence_with_a_remedy(rule: Rule) -> None:
    assert not rule.message.endswith(".")
    assert "\n" not in rule.message


@each_rule
def test_docstring_has_its_headings(rule: Rule) -> None:
    found = list(sections(rule))
    assert [heading for heading in found if heading in HEADINGS] == HEADINGS
    assert [heading for heading in found if heading not in HEADINGS] == [
        heading for heading in OPTIONAL_HEADINGS if heading in found
    ]
    assert ("Fix safety" in found) == rule.is_fixable
    summary = (type(rule).__doc__ or "").partition("\n")[0]
    assert summary.endswith(".")


@each_checked_rule
def test_docstring_examples(rule: Rule, tmp_path: Path) -> None:
    documented = sections(rule)
    for heading, fires in (("Example", True), ("Use instead", False)):
        root = tmp_path / heading.replace(" ", "-").lower()
        files = dict.fromkeys(SKELETON, "") | {"pyproject.toml": "[tool.pyarch]\n"}
        examples = []
        for info, body in read_fences(documented[heading]):
            if info == "toml":
                files["pyproject.toml"] = f"[tool.pyarch]\n{body}"
                continue
            path = info.partition("path=")[2]
            assert path, f"the example needs a path: {info}"
            files[path] = body
            examples.append(path)
        write_files(root, files)
        found = findings_of(rule, root, {name: files[name] for name in examples} if rule.handlers else files)
        assert examples
        assert {finding.code for findings in found.values() for finding in findings} == (
            {rule.code} if fires else set()
        )


@each_checked_rule
def test_rule_has_cases(rule: Rule) -> None:
    cases = read_cases(case_file(rule))
    bad = [case for case in cases if any(entry.code == rule.code for entry in case.expected)]
    assert len(bad) >= 3
    assert len(cases) - len(bad) >= 3
    assert any(case.messages for case in cases), "one case states the message in full"
    assert {entry.code for case in cases for entry in case.expected} == {rule.code}


def test_every_case_file_belongs_to_a_rule() -> None:
    assert set(Path(__file__).parent.glob("rules/*/*.md")) <= {case_file(rule) for rule in RULES}


@pytest.mark.parametrize("package", PACKAGES)
def test_what_a_module_takes_from_another_is_public(package: str) -> None:
    hidden = []
    for path in sorted(Path(__file__).parent.parent.glob(f"{package}/**/*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(PACKAGES):
                owner = importlib.import_module(node.module or "")
                names = {alias.name for alias in node.names if not inspect.ismodule(getattr(owner, alias.name))}
                hidden += [f"{path.name}: {node.module}.{name}" for name in names - set(owner.__all__)]
    assert hidden == []


@each_rule
def test_what_handlers_ask_for_exists(rule: Rule) -> None:
    assert [name for name in rule.handlers if name not in SUBJECTS and not hasattr(ast, name)] == []


def test_every_subject_is_a_reading_of_a_module() -> None:
    assert [attribute for attribute in SUBJECTS.values() if not hasattr(Module, attribute)] == []


@pytest.mark.parametrize("name", PRESETS)
def test_presets_name_rules(name: str) -> None:
    codes = {rule.code for rule in RULES}
    preset = PRESETS[name]
    assert preset.without <= codes
    assert [prefix for prefix in preset.only or () if not any(code.startswith(prefix) for code in codes)] == []
    assert preset.settings.keys() <= {key.name for key in keys_of(Settings)}


def test_ruff_leaves_our_noqa_alone(tmp_path: Path) -> None:
    """With `external = ["PYA", "PYX"]`, as the documents advise; without, it would call every one of them unknown."""
    lines = [f"x = {number}  # noqa: {rule.code}\n" for number, rule in enumerate(RULES)]
    text = "".join([*lines, "y = 1  # noqa: PYA101,PYA601\n", "z = 1  # noqa: PYX001\n"])
    (tmp_path / "module.py").write_text(text, encoding="utf-8")
    ruff("check", "--isolated", "--no-cache", "--select", "RUF100,RUF102", "--fix", tmp_path)
    assert (tmp_path / "module.py").read_text(encoding="utf-8") != text
    (tmp_path / "module.py").write_text(text, encoding="utf-8")
    settings = 'lint.external = ["PYA", "PYX"]'
    options = ("check", "--isolated", "--no-cache", "--preview", "--select", "RUF", "--config", settings, "--fix")
    reported = ruff(*options, tmp_path)
    assert (reported.stdout, reported.stderr) == ("All checks passed!\n", "")
    assert (tmp_path / "module.py").read_text(encoding="utf-8") == text


def ruff(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "ruff", *arguments], capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def ruff_codes() -> set[str]:
    command = [sys.executable, "-m", "ruff", "rule", "--all", "--output-format", "json"]
    run = subprocess.run(command, capture_output=True, check=True)
    return {entry["code"] for entry in json.loads(run.stdout) if entry["code"]}


@each_rule
def test_twins_exist_in_ruff(rule: Rule, ruff_codes: set[str]) -> None:
    assert set(rule.twins) <= ruff_codes


def test_codes_are_not_ruffs(ruff_codes: set[str]) -> None:
    assert not [code for code in ruff_codes if code.startswith(("PYA", "PYX"))]
