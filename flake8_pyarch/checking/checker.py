"""The check of one file: the rules that look at it, over the subjects they ask for."""

import ast
from collections.abc import Hashable, Iterable, Sequence
from typing import Any, NamedTuple

from flake8_pyarch.checking.finding import Edit, Finding, Fix
from flake8_pyarch.checking.guard import Guard
from flake8_pyarch.checking.registry import RuleEntry
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

_Listed = list[tuple[str, list[RuleEntry]]]


class _Plan(NamedTuple):
    """What to do with files that the same rules look at.

    Arguments:
        by_kind: a type of node → what its handlers call it, and the rules that have one.
        readings: the name of a reading, and the rules that ask for it.

    """

    by_kind: dict[type[ast.AST], tuple[str, list[RuleEntry]]]
    readings: _Listed


class Checker:
    """Checks files with a set of rules."""

    def __init__(self, rules: Iterable[RuleEntry]) -> None:
        self._rules = tuple(rules)
        self._rules_in_excluded = tuple(rule for rule in self._rules if rule.in_excluded)
        self._gated_by_path = tuple(rule for rule in self._rules if rule.is_gated_by_path)
        self._packages = frozenset(package for rule in self._rules for package in rule.gates.get("packages", ()))
        self._plans: dict[Hashable, _Plan] = {}

    def check(self, module: Module, guard: Guard) -> list[Finding]:
        """Return the findings in a file.

        Arguments:
            module: the file.
            guard: notes the rules that fail on it, or for which there is no time.

        """
        findings: list[Finding] = []
        plan = self._plan(module, guard)
        for kind, nodes in module.syntax.by_kind.items() if plan.by_kind else ():
            subject, entries = plan.by_kind.get(kind, ("", ()))
            for entry in entries if entries and guard.has_time_for(entries) else ():
                findings += _found(entry, subject, nodes, module, guard)
        for subject, entries in plan.readings:
            if not guard.has_time_for(entries):
                continue
            try:
                read = getattr(module, SUBJECTS[subject])
            except Exception as error:  # noqa: BLE001 - a reading may fail in any way
                for entry in entries:
                    guard.note_failure(entry, error)
                continue
            for entry in entries if read else ():
                findings += _found(entry, subject, read, module, guard)
        return [_in_characters(finding, module) for finding in findings]

    def _plan(self, module: Module, guard: Guard) -> _Plan:
        """Return what to do with a file.

        Files that are alike in what the gates ask for share a plan: to ask each rule about each file takes longer than
        to check most files.
        """
        try:
            likeness = (
                *(module.is_excluded, module.is_test, module.layer, module.is_composition, module.is_service_code),
                self._packages & module.imported_packages,
                *(rule.applies_to(module) for rule in self._gated_by_path),
            )
        except Exception:  # noqa: BLE001 - then the rules are asked one by one, to learn whose question failed
            likeness = ()
        plan = self._plans.get(likeness)
        if plan is None:
            active: list[RuleEntry] = []
            for entry in self._rules_in_excluded if module.is_excluded else self._rules:
                try:
                    if entry.applies_to(module):
                        active.append(entry)
                except Exception as error:  # noqa: BLE001 - what a gate asks may fail in any way
                    guard.note_failure(entry, error)
            plan = _plan_of(active)
            if likeness:
                self._plans[likeness] = plan
        return plan


def _plan_of(entries: Iterable[RuleEntry]) -> _Plan:
    by_subject: dict[str, list[RuleEntry]] = {}
    for entry in entries:
        for subject in entry.subjects:
            by_subject.setdefault(subject, []).append(entry)
    nodes = {subject: entries for subject, entries in by_subject.items() if subject not in SUBJECTS}
    by_kind = {kind: (name, entries) for name, entries in nodes.items() if (kind := getattr(ast, name, None))}
    return _Plan(by_kind, [(subject, entries) for subject, entries in by_subject.items() if subject in SUBJECTS])


def _found(entry: RuleEntry, subject: str, nodes: Sequence[Any], module: Module, guard: Guard) -> list[Finding]:
    """Return what one handler finds; where it crashes, that is noted and the other rules have their turn."""
    found: list[Finding] = []
    node: Any = None
    try:
        rule = entry.rule
        if rule.looks_at(module):
            handler = rule.handlers[subject]
            for node in guard.in_time(nodes, entry):
                found += handler(rule, node, module)
    except Exception as error:  # noqa: BLE001 - a rule may fail in any way
        guard.note_failure(entry, error, node)
    return found


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
