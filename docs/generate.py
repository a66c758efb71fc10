"""Writes what is made from the rules: `python -m docs.generate`."""

from pathlib import Path
from typing import Any

from flake8_pyarch.checking import Rule
from flake8_pyarch.checking.registry import rules_in_folder
from flake8_pyarch.output.rule_page import rule_page, summary
from flake8_pyarch.settings.selectors import FAMILY_LENGTH

__all__ = ["ROOT", "generated_files"]

ROOT = Path(__file__).parent.parent
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
GATES = (*("on_by_default", "layers", "packages", "in_tests", "in_composition", "service_code_only", "in_flake8"),)


def generated_files() -> dict[str, str]:
    """Return path below the project, as text, → content of every generated file."""
    rules = sorted(rules_in_folder(), key=lambda rule: rule.code)
    pages = {f"docs/rules/{rule.code}.md": rule_page(rule) for rule in rules}
    return pages | {"docs/rules/index.md": _index(rules), "flake8_pyarch/rules/table.py": _table(rules)}


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


def _table(rules: list[Rule]) -> str:
    rows = [
        (
            type(rule).__module__.split(".", 2)[2],
            type(rule).__name__,
            rule.code,
            tuple(rule.handlers),
            {name: _plain(getattr(rule, name)) for name in GATES if getattr(rule, name) != getattr(Rule, name)},
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


def _plain(value: Any) -> Any:
    return tuple(sorted(map(str, value))) if isinstance(value, frozenset) else value


if __name__ == "__main__":
    files = generated_files()
    for stale in {path.relative_to(ROOT).as_posix() for path in ROOT.glob("docs/rules/*.md")} - set(files):
        (ROOT / stale).unlink()
    for name, content in files.items():
        (ROOT / name).write_text(content, encoding="utf-8")
