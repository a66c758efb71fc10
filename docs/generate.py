"""Writes what is made from the rules and the settings: `python -m docs.generate`."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flake8_pyarch.checking import Rule
from flake8_pyarch.checking.registry import rules_in_folder
from flake8_pyarch.cli.graph import make_picture
from flake8_pyarch.cli.running import LinterArguments
from flake8_pyarch.output.graph_svg import render as render_svg
from flake8_pyarch.output.rule_page import rule_page, summary
from flake8_pyarch.settings import Settings, keys_of
from flake8_pyarch.settings.installed_ruff import default_codes
from flake8_pyarch.settings.model import LayerSettings
from flake8_pyarch.settings.presets import PRESETS
from flake8_pyarch.settings.selectors import FAMILY_LENGTH
from flake8_pyarch.settings.table import Key, key_of

__all__ = ["ROOT", "generated_files"]

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "docs/example/library"
FAMILIES = {
    "PYA0": "The engine",
    "PYA1": "Layers: dependencies point inward",
    "PYA2": "Modules and naming",
    "PYA3": "Use cases",
    "PYA4": "Dependency injection",
    "PYA5": "Exceptions",
    "PYA6": "Logging",
    "PYA7": "Configuration",
    "PYA8": "Project, structure, stack",
    "PYA9": "fastapi_factory_utilities",
}
LONGEST_DEFAULT_IN_TABLE = 80
SETTINGS_INTRODUCTION = """\
# Settings

Made from the settings' own descriptions by `make docs`.

They stand in `[tool.pyarch]` of the nearest `pyproject.toml`, or at the top of a `pyarch.toml` beside it. In Flake8's
own configuration (`setup.cfg`, `tox.ini`, `.flake8`) and on its command line the same keys are called `pyarch-…`. Later
wins: defaults, preset, project file, Flake8's configuration, command line. `pyarch config` shows what applies here and
where it comes from; `pyarch config --schema` prints a JSON Schema for editors.
"""
AGENTS_INTRODUCTION = """\
# flake8-pyarch

> Architecture rules for FastAPI services, as a Flake8 plugin, a mypy plugin and the command `pyarch`.

`pyarch rule CODE` prints a rule's page. `pyarch check --output-format json` prints findings as Ruff does.
`# noqa: CODE` silences a line. [rules/index.json](rules/index.json) lists every rule for machines.

## Pages
"""
GATES = (
    *("on_by_default", "layers", "packages", "in_tests", "in_composition", "service_code_only", "in_flake8"),
    *("is_about_project", "in_manifest", "needs_contracts"),
)


def generated_files() -> dict[str, str]:
    """Return path below the project, as text, → content of every generated file."""
    rules = sorted(rules_in_folder(), key=lambda rule: rule.code)
    pages = {f"docs/rules/{rule.code}.md": rule_page(rule) for rule in rules}
    return pages | {
        "docs/rules/index.md": _index(rules),
        "docs/rules/index.json": _json_index(rules),
        "docs/llms.txt": _agents_index(rules),
        "docs/settings.md": _settings_page(),
        "docs/graph.svg": _picture_of_example(),
        "flake8_pyarch/lexicon/ruff_rules.txt": _ruff_rules(rules),
        "flake8_pyarch/rules/table.py": _table(rules),
    }


def _picture_of_example() -> str:
    def fail(path: str, problem: str) -> None:
        message = f"{path}: {problem}"
        raise AssertionError(message)

    return render_svg(make_picture(str(EXAMPLE), LinterArguments((), None), fail, uses_cache=False))


def _index(rules: list[Rule]) -> str:
    lines = ["# Rules", "", "Made from the rules' docstrings by `make docs`."]
    family = ""
    for rule in rules:
        if rule.code[:FAMILY_LENGTH] != family:
            family = rule.code[:FAMILY_LENGTH]
            lines += ["", f"## {family} {FAMILIES[family]}", ""]
            lines += ["| code | name | default | reports |", "|---|---|---|---|"]
        default = ("on" if rule.on_by_default else "off") + (", fixable" if rule.is_fixable else "")
        lines.append(f"| [{rule.code}]({rule.code}.md) | {rule.name} | {default} | {summary(rule)} |")
    return "\n".join(lines) + "\n"


def _json_index(rules: list[Rule]) -> str:
    entries = [
        {
            "code": rule.code,
            "name": rule.name,
            "summary": summary(rule),
            "family": FAMILIES[rule.code[:FAMILY_LENGTH]],
            "on_by_default": rule.on_by_default,
            "fixable": rule.is_fixable,
            "twins": list(rule.twins),
            "page": f"rules/{rule.code}.md",
        }
        for rule in rules
    ]
    return json.dumps(entries, indent=1, ensure_ascii=False) + "\n"


def _agents_index(rules: list[Rule]) -> str:
    pages = [(path, path.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ")) for path in _prose()]
    return "\n".join(
        [
            AGENTS_INTRODUCTION,
            *(f"- [{title}]({path.name})" for path, title in pages),
            "",
            "## Rules",
            "",
            *(f"- [{rule.code} {rule.name}](rules/{rule.code}.md): {summary(rule)}" for rule in rules),
            "",
        ]
    )


def _prose() -> list[Path]:
    return [path for path in sorted(Path(__file__).parent.glob("*.md")) if path.name != "settings.md"]


def _settings_page() -> str:
    lists = [
        key
        for key in keys_of(Settings)
        if not key.name.startswith("extend_") and len(_shown(key)) > LONGEST_DEFAULT_IN_TABLE
    ]
    return "\n".join(
        [
            SETTINGS_INTRODUCTION,
            "| key | default | meaning |",
            "|---|---|---|",
            *(_setting_row(key) for key in keys_of(Settings)),
            "",
            "## `[tool.pyarch.layers.<name>]`",
            "",
            "[Layers, and how they are found](layers.md) says what the names mean.",
            "",
            "| key | default | meaning |",
            "|---|---|---|",
            *(_setting_row(key) for key in keys_of(LayerSettings)),
            "",
            "## Presets",
            "",
            "| preset | rules | settings |",
            "|---|---|---|",
            *(_preset_row(name) for name in PRESETS),
            "",
            "## Long defaults",
            "",
            *(line for key in lists for line in (f"### `{key.written}`", "", f"`{_shown(key)}`", "")),
        ]
    )


def _setting_row(key: Key) -> str:
    shown = _shown(key)
    if len(shown) > LONGEST_DEFAULT_IN_TABLE:
        default = f"[below](#{key.written})"
    else:
        default = "none" if key.default is None else f"`{shown}`"
    return f"| `{key.written}` | {default} | {key.description.replace('|', chr(92) + '|')} |"


def _shown(key: Key) -> str:
    value = key.default
    return json.dumps(dict(value) if isinstance(value, Mapping) else value, ensure_ascii=False)


def _preset_row(name: str) -> str:
    preset = PRESETS[name]
    codes = "every rule that is on by default" if preset.only is None else ", ".join(preset.only)
    if preset.without:
        codes += ", but " + ", ".join(sorted(preset.without))
    if preset.with_off_rules:
        codes = "every rule"
    values = ", ".join(f"`{key_of(key)} = {json.dumps(value)}`" for key, value in preset.settings.items())
    return f"| `{name}` | {codes} | {values or 'none'} |"


def _ruff_rules(rules: list[Rule]) -> str:
    """Return what has to be known of the rules of Ruff that are twins of ours, as the installed Ruff has it."""
    prefixes = {linter["name"]: linter["prefix"] for linter in _ruff("linter")}
    twins = {twin for rule in rules for twin in rule.twins}
    defaults, defaults_in_preview = (default_codes(is_preview=is_preview) or () for is_preview in (False, True))
    lines = [
        "# The rules of Ruff that are twins of ours: code, prefix of the linter, name, category, status, and whether",
        "# it is on where no setting selects any. Made by `make docs`, of the installed Ruff.",
    ]
    for rule in sorted(_ruff("rule", "--all"), key=lambda each: str(each["code"])):
        code = rule["code"]
        if code in twins:
            status = next(iter(rule["status"])).lower()
            default = "default" if code in defaults else "preview" if code in defaults_in_preview else "-"
            facts = (code, prefixes[rule["linter"]] or "-", rule["name"], rule["category"], status, default)
            lines.append(" ".join(facts))
    return "\n".join(lines) + "\n"


def _ruff(*arguments: str) -> Any:
    command = [sys.executable, "-m", "ruff", *arguments, "--output-format", "json"]
    return json.loads(subprocess.run(command, capture_output=True, check=True).stdout)  # noqa: S603


def _table(rules: list[Rule]) -> str:
    rows = [
        (
            type(rule).__module__.split(".", 2)[2],
            type(rule).__name__,
            rule.code,
            tuple(rule.handlers),
            _gates(rule),
        )
        for rule in rules
    ]
    return "\n".join(
        [
            '"""What decides whether a rule is needed, for every rule. Made by `make docs`."""',
            "",
            "# fmt: off",
            "from typing import Any",
            "",
            '__all__ = ["TABLE"]',
            "",
            "TABLE: tuple[tuple[str, str, str, tuple[str, ...], dict[str, Any]], ...] = (",
            *(f"    {row!r}," for row in rows),
            ")",
            "",
        ]
    )


def _gates(rule: Rule) -> dict[str, Any]:
    values = {name: getattr(rule, name) for name in GATES}
    return {name: _plain(value) for name, value in values.items() if value != getattr(Rule, name)}


def _plain(value: Any) -> Any:
    return tuple(sorted(map(str, value))) if isinstance(value, frozenset) else value


if __name__ == "__main__":
    files = generated_files()
    for stale in {path.relative_to(ROOT).as_posix() for path in ROOT.glob("docs/rules/*.md")} - set(files):
        (ROOT / stale).unlink()
    for name, content in files.items():
        (ROOT / name).write_text(content, encoding="utf-8")
