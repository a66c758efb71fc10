"""Writes the pages that are made from the code: `python -m docs.generate`."""

from pathlib import Path

from flake8_pyarch.checking import all_rules
from flake8_pyarch.output.rule_page import rule_page, summary
from flake8_pyarch.settings.selectors import FAMILY_LENGTH

__all__ = ["generated_pages"]

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


def generated_pages() -> dict[str, str]:
    """Return path below `docs`, as text, → content of every generated page."""
    pages = {f"rules/{rule.code}.md": rule_page(rule) for rule in all_rules()}
    return pages | {"rules/index.md": _rule_table()}


def _rule_table() -> str:
    lines = ["# Rules", "", "Made from the rules' docstrings by `make docs`.", ""]
    family = ""
    for rule in all_rules():
        if rule.code[:FAMILY_LENGTH] != family:
            family = rule.code[:FAMILY_LENGTH]
            lines += [
                "",
                f"## {family} {FAMILIES[family]}",
                "",
                "| code | name | default | reports |",
                "|---|---|---|---|",
            ]
        default = ("on" if rule.on_by_default else "off") + (", fixable" if rule.is_fixable else "")
        lines.append(f"| [{rule.code}]({rule.code}.md) | {rule.name} | {default} | {summary(rule)} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    folder = Path(__file__).parent
    pages = generated_pages()
    for stale in {path.relative_to(folder).as_posix() for path in folder.glob("rules/*.md")} - set(pages):
        (folder / stale).unlink()
    for name, content in pages.items():
        (folder / name).write_text(content, encoding="utf-8")
