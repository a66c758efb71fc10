"""The check of one file: the rules that look at it, over the subjects they ask for."""

import ast
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from flake8_pyarch.checking.finding import Edit, Finding, Fix
from flake8_pyarch.checking.registry import RuleEntry
from flake8_pyarch.settings import ALWAYS_ON
from flake8_pyarch.source import Module
from flake8_pyarch.source.text import line_ending, with_line_ending

__all__ = ["SUBJECTS", "Checker"]

SUBJECTS = {
    "BoundText": "bound_texts",
    "ClassModel": "classes",
    "DependsCall": "depends_calls",
    "EnvironmentUse": "environment_uses",
    "FileLoad": "file_loads",
    "GetLogger": "get_logger_calls",
    "ImportedName": "imports",
    "LogCall": "log_calls",
    "PackageImport": "package_imports",
    "Provider": "providers",
    "RouteHandler": "route_handlers",
    "SettingsClass": "settings_classes",
    "SetterPropertyUseCase": "setter_property_use_cases",
    "UseCase": "use_cases",
}
"""What handlers can ask for beside nodes of `ast`: the type's name → the attribute of `Module` that lists it."""

_BySubject = list[tuple[str, list[RuleEntry]]]


class Checker:
    """Checks files with a set of rules."""

    def __init__(self, rules: Iterable[RuleEntry]) -> None:
        self._rules = tuple(rules)
        self._rules_in_excluded = tuple(rule for rule in self._rules if rule.in_excluded)
        self._by_subject: dict[tuple[RuleEntry, ...], _BySubject] = {}

    def check(self, module: Module) -> list[Finding]:
        """Return the findings in a file, in order."""
        rules = self._rules_in_excluded if module.is_excluded else self._rules
        active: list[RuleEntry] = []
        findings: list[Finding] = []
        for entry in rules:
            try:
                if entry.applies_to(module):
                    active.append(entry)
            except Exception as error:  # noqa: BLE001 - what a gate asks may fail in any way
                findings.append(_crash(entry, error, None))
        for subject, entries in self._grouped(tuple(active)):
            for entry in entries:
                findings += _guarded(entry, subject, module)
        return sorted((_in_characters(finding, module) for finding in findings), key=lambda each: each.order)

    def _grouped(self, entries: tuple[RuleEntry, ...]) -> _BySubject:
        known = self._by_subject.get(entries)
        if known is None:
            by_subject: dict[str, list[RuleEntry]] = {}
            for entry in entries:
                for subject in entry.subjects:
                    by_subject.setdefault(subject, []).append(entry)
            known = self._by_subject[entries] = list(by_subject.items())
        return known


def _subjects(subject: str, module: Module) -> Sequence[Any]:
    attribute = SUBJECTS.get(subject)
    if attribute is not None:
        return getattr(module, attribute)  # type: ignore[no-any-return]
    kind = getattr(ast, subject, None)
    return module.syntax.of(kind) if kind is not None else ()


def _guarded(entry: RuleEntry, subject: str, module: Module) -> Iterator[Finding]:
    """Yield what one handler finds; where it crashes, report that and leave the other rules their turn."""
    node: Any = None
    try:
        nodes = _subjects(subject, module)
        if not nodes or not entry.rule.looks_at(module):
            return
        rule = entry.rule
        handler = rule.handlers[subject]
        for node in nodes:
            yield from handler(rule, node, module)
    except Exception as error:  # noqa: BLE001 - a rule may fail in any way
        yield _crash(entry, error, node)


def _crash(entry: RuleEntry, error: Exception, subject: Any) -> Finding:
    place = getattr(subject, "node", getattr(subject, "call", subject))
    line, column = getattr(place, "lineno", 1), getattr(place, "col_offset", 0)
    message = f"rule {entry.code} ({entry.name}) failed with {type(error).__name__}: please report this as a bug"
    return Finding(ALWAYS_ON, message, line, column, line, column)


def _in_characters(finding: Finding, module: Module) -> Finding:
    """Turn the columns of a finding, and of its edits, from UTF-8 bytes into characters.

    The lines that an edit brings get the endings that the file has.
    """
    fix = finding.fix
    if fix is not None:
        fix = Fix(fix.message, tuple(_edit_in_characters(edit, module) for edit in fix.edits), is_safe=fix.is_safe)
    column = module.characters(finding.line, finding.column)
    end_column = module.characters(finding.end_line, finding.end_column)
    if (column, end_column, fix) == (finding.column, finding.end_column, finding.fix):
        return finding
    return finding._replace(column=column, end_column=end_column, fix=fix)


def _edit_in_characters(edit: Edit, module: Module) -> Edit:
    return edit._replace(
        column=module.characters(edit.line, edit.column),
        end_column=module.characters(edit.end_line, edit.end_column),
        text=with_line_ending(edit.text, line_ending(module.lines)) if "\n" in edit.text else edit.text,
    )
