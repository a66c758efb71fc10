"""The check of a project as a whole: its project rules, over what was collected of its files."""

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from flake8_pyarch.checking.engine import SYNTAX_ERROR, crash, syntax_error
from flake8_pyarch.checking.facts import IMPORTS, NOQA, ProjectFacts
from flake8_pyarch.checking.guard import Guard
from flake8_pyarch.checking.identity import Identity
from flake8_pyarch.checking.project_rule import ProjectFinding, ProjectRule
from flake8_pyarch.checking.registry import RuleEntry
from flake8_pyarch.checking.results import Reported
from flake8_pyarch.source import Module
from flake8_pyarch.source.import_facts import import_facts
from flake8_pyarch.source.text import SourceText, UnparsableError, lines_of_file

if TYPE_CHECKING:
    from flake8_pyarch.checking.project import Project

__all__ = ["check_project", "collect_facts", "facts_on_disk"]


def check_project(project: "Project", rules: Collection[RuleEntry], facts: ProjectFacts) -> dict[str, list[Reported]]:
    """Return path → what project rules report there and nothing silences, in order.

    Arguments:
        project: the project.
        rules: those of its project rules that shall be asked.
        facts: what is known of it.

    """
    found: dict[str, list[ProjectFinding]] = {}
    for entry in rules:
        # The rules about manifests import much.
        for each in _guarded(entry, facts, project) if facts.has_manifests or not entry.in_manifest else ():
            found.setdefault(each.path, []).append(each)
    if not facts.in_flake8 and facts.has_manifests and any(entry.in_manifest for entry in rules):
        for each in _unparsable(facts, project):
            found.setdefault(each.path, []).append(each)
    noted = {} if facts.in_flake8 else dict(facts.collected(NOQA))
    found |= {path: [] for path in noted if path not in found}
    loud = {path: list(_loud(path, each, project, noted.get(path))) for path, each in sorted(found.items())}
    return {path: reported for path, reported in loud.items() if reported}


def _guarded(entry: RuleEntry, facts: ProjectFacts, project: "Project") -> Iterator[ProjectFinding]:
    try:
        yield from _project_rule(entry).check_project(facts)
    except Exception as error:  # noqa: BLE001 - a rule may fail in any way
        yield ProjectFinding(os.path.join(project.root, "pyproject.toml"), crash(entry, error), entry.code)


def _unparsable(facts: ProjectFacts, project: "Project") -> Iterator[ProjectFinding]:
    """Yield a finding for each manifest that the rules could not read, if that is to be reported."""
    if not any(rule.code == SYNTAX_ERROR for rule in project.rules):
        return
    for manifest in facts.manifests:
        if manifest.problem is not None:
            yield ProjectFinding(manifest.main_file, syntax_error(manifest.problem), "")


def _project_rule(entry: RuleEntry) -> ProjectRule:
    return cast("ProjectRule", entry.rule)


def _loud(
    path: str, found: Iterable[ProjectFinding], project: "Project", noted: Iterable[Sequence[Any]] | None
) -> Iterator[Reported]:
    """Yield the findings of one file that neither the settings nor a comment silence.

    Where comments name project rules, `noted` is where they silenced something already; who silences nothing is found.
    """
    parts = project.parts(path)
    if project.excludes(parts):
        return
    from flake8_pyarch.checking.suppression import NoqaComments, file_level_codes  # noqa: PLC0415 - few files need it

    lines = lines_of_file(path)
    comments = NoqaComments(lines)
    if comments.skips_file:
        return
    loud = [each for each in found if not comments.silences(each.finding)]
    if noted is not None:
        comments.note_uses(noted)
        codes = {rule.code for rule in project.project_rules}
        unused = (finding._replace(fix=None) for finding in comments.unused(lambda code: code in codes))
        loud += (ProjectFinding(path, finding, finding.message) for finding in unused)
    ignored = (*project.ignored_in_file(parts), *file_level_codes(lines))
    for each in sorted(loud, key=lambda each: each.finding.order):
        finding = each.finding
        if not finding.code.startswith(ignored):
            yield Reported(finding, Identity(finding.code, each.key, ""), _noqa_line(finding.line, lines))


def _noqa_line(line: int, lines: list[str]) -> int:
    while 0 < line < len(lines) and lines[line - 1].rstrip("\r\n").endswith("\\"):
        line += 1
    return line


def collect_facts(rules: Iterable[RuleEntry], module: Module, guard: Guard) -> dict[str, Any]:
    """Return what there is to know of a file: its imports, and what project rules collect, by code.

    It is asked for however long it takes: without it, the rules would be wrong about other files.
    """
    facts: dict[str, Any] = {IMPORTS: import_facts(module)}
    for entry in rules if not module.is_excluded else ():
        try:
            fact = _project_rule(entry).collect(module) if entry.applies_to(module) else None
        except Exception as error:  # noqa: BLE001 - a rule may fail in any way
            guard.note_failure(entry, error)
        else:
            if fact is not None:
                facts[entry.code] = fact
    return facts


def facts_on_disk(entry: RuleEntry, project: "Project", naming: frozenset[str]) -> Mapping[str, Any]:
    """Return path → what one rule collects, of the project's files as they lie on disk.

    Flake8 shows a plugin one file after another. So what a rule has to know of the others is read here, and parsed only
    where the text holds one of the names, or, without any, the name of a package that the rule looks for.
    """
    marks = [name.encode() for name in naming or entry.gates.get("packages", ())]
    facts: dict[str, Any] = {}
    for path in _python_files(project):
        try:
            text = SourceText.of_file(path)
            if marks and not any(mark in text.data for mark in marks):
                continue
            module = Module(path, text.parse(), text.lines, project.source_tree)
        except (OSError, UnparsableError):
            continue
        collected = collect_facts([entry], module, Guard(module))
        if entry.code in collected:
            facts[path] = collected[entry.code]
    return facts


def _python_files(project: "Project") -> Iterator[str]:
    for directory, below, names in os.walk(project.root):
        prefix = project.parts(directory)
        below[:] = sorted(name for name in below if not project.excludes((*prefix, name)))
        for name in sorted(names):
            if name.endswith(".py") and not project.excludes((*prefix, name)):
                yield os.path.join(directory, name)
