"""A project that files are checked in: its settings, its rules, and the check of one file."""

import ast
import os
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cache, cached_property
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from flake8_pyarch.checking.checker import Checker
from flake8_pyarch.checking.engine import SYNTAX_ERROR, UNUSED_NOQA, syntax_error
from flake8_pyarch.checking.facts import IMPORTS, NOQA, ProjectFacts
from flake8_pyarch.checking.finding import Finding
from flake8_pyarch.checking.guard import Guard
from flake8_pyarch.checking.identity import Identity, identify
from flake8_pyarch.checking.registry import RuleEntry, custom_rules, rule_entries
from flake8_pyarch.checking.results import FileResult, Reported
from flake8_pyarch.patterns import lazy_pattern
from flake8_pyarch.settings import (
    ALWAYS_ON,
    Settings,
    Source,
    is_selected,
    longest_match,
)
from flake8_pyarch.source import Module, SourceTree
from flake8_pyarch.source.import_facts import place_facts
from flake8_pyarch.source.inputs import Input, InputKind
from flake8_pyarch.source.project_layers import is_first_application_package
from flake8_pyarch.source.text import LazyLines, SourceText, UnparsableError

if TYPE_CHECKING:
    from flake8_pyarch.checking.baseline import Baseline
    from flake8_pyarch.checking.suppression import NoqaComments
    from flake8_pyarch.custom import RuleSet

__all__ = ["Project", "Wants"]

_NOQA = lazy_pattern(rb"noqa", re.IGNORECASE)

Wants = Callable[[RuleEntry, Settings], bool]
"""Tells whether a rule should run under some settings."""


class Project:
    """A project that files are checked in: its settings, its directories, its rules.

    Arguments:
        root: its absolute path.
        settings: its settings.
        wants: tells whether a rule should run.
        sources: where the settings come from.

    """

    def __init__(self, root: str, settings: Settings, wants: Wants, sources: Sequence[Source] = ()) -> None:
        self.root = root
        self.sources = tuple(sources)
        self.settings = settings
        self._wants = wants
        self.source_tree = SourceTree(root, settings)
        self._excluded_names = frozenset(pattern for pattern in settings.exclude if not set(pattern) & set("*?[!/\\"))
        self._excluded_patterns = [pattern for pattern in settings.exclude if pattern not in self._excluded_names]

    @property
    def origin(self) -> str:
        """How to name the place of its settings to a user."""
        return self.sources[0].origin if self.sources else self.root

    @cached_property
    def rules(self) -> tuple[RuleEntry, ...]:
        """The rules that run in this project, in order of code."""
        has_contracts = bool(self.settings.contracts)
        return tuple(
            rule
            for rule in self._all_rules
            if (has_contracts or not rule.needs_contracts) and self._wants(rule, self.settings)
        )

    @property
    def _all_rules(self) -> tuple[RuleEntry, ...]:
        custom = self.custom_rules
        return (*rule_entries(), *custom.entries) if custom is not None else rule_entries()

    @cached_property
    def custom_rules(self) -> "RuleSet | None":
        """The rules of the project's own, None where it has none.

        Raises:
            ConfigurationError: a rule file cannot be used.

        """
        return custom_rules(self.root, self.settings.custom_rules)

    @cached_property
    def project_rules(self) -> tuple[RuleEntry, ...]:
        """Those of the rules that look at the project as a whole."""
        return tuple(rule for rule in self.rules if rule.is_about_project)

    @cached_property
    def _checker(self) -> Checker:
        return Checker(self.rules)

    def check(self, path: str, tree: ast.Module, lines: Sequence[str]) -> list[Finding]:
        """Return the findings in the file at the absolute `path`, in order."""
        module = Module(path, tree, lines, self.source_tree)
        try:
            findings = self._check(module, Guard(module))
            findings = self._not_accepted(self._without_twins(findings, path), module)
            if module.location.is_package and self.settings.project_rules_in_flake8:
                findings += self._manifest_findings(module)
        finally:
            module.forget()
        return findings

    def _without_twins(self, findings: list[Finding], path: str) -> list[Finding]:
        """Return the findings in the file at the absolute `path` that the project's Ruff does not report as well."""
        if not self.settings.ruff_aware or not any(finding.twins for finding in findings):
            return findings
        from flake8_pyarch.settings.ruff import candidates, ruff_settings  # noqa: PLC0415 - few files have a twin

        ruff = ruff_settings(os.path.dirname(path))
        looked_for = candidates(os.path.dirname(path))
        files = [*takewhile(lambda file: ruff is None or file != ruff.path, looked_for), *(ruff.files if ruff else ())]
        self.source_tree.consulted.update(Input(InputKind.FILE, file) for file in files)
        reported = ruff.reported_in(path) if ruff is not None else {}
        return [finding for finding in findings if not any(twin in reported for twin in finding.twins)]

    def _manifest_findings(self, module: Module) -> Iterator[Finding]:
        """Yield what rules find in files that Flake8 does not look at, if the module is where to report it."""
        rules = [rule for rule in self.rules if rule.in_manifest]
        if not rules or not is_first_application_package(module):
            return
        from flake8_pyarch.checking.project_check import check_project, facts_on_disk  # noqa: PLC0415

        entries = {rule.code: rule for rule in rules}
        facts = ProjectFacts(
            self.source_tree, lambda code, naming: facts_on_disk(entries[code], self, naming), in_flake8=True
        )
        reports = check_project(self, rules, facts)
        for path, reported in reports.items():
            new = self._new_ones(path, [each.identity for each in reported])
            for each, is_new in zip(reported, new, strict=True):
                if is_new:
                    yield each.finding._replace(line=1, column=0, end_line=1, end_column=0)

    @cached_property
    def baseline(self) -> "Baseline | None":
        """What is accepted in this project, None where there is no such file.

        Raises:
            ConfigurationError: the file cannot be read.

        """
        path = os.path.join(self.root, self.settings.baseline)
        if not os.path.exists(path):
            return None
        from flake8_pyarch.checking.baseline import read_baseline  # noqa: PLC0415 - most projects have none

        return read_baseline(path)

    def _not_accepted(self, findings: list[Finding], module: Module) -> list[Finding]:
        """Return the findings that the baseline does not accept; what a comment silences is left to Flake8."""
        if not findings or self.baseline is None:
            return findings
        from flake8_pyarch.checking.suppression import NoqaComments  # noqa: PLC0415 - most projects have none

        comments = NoqaComments(module.lines)
        loud = [finding for finding in findings if not comments.silences(finding)]
        new = self._new_ones(module.path, identify(loud, module))
        accepted = {id(finding) for finding, is_new in zip(loud, new, strict=True) if not is_new}
        return [finding for finding in findings if id(finding) not in accepted]

    def _new_ones(self, path: str, identities: Sequence[Identity]) -> list[bool]:
        if self.baseline is None:
            return [True] * len(identities)
        return self.baseline.new_ones("/".join(self.parts(path)), identities)

    def check_text(self, path: str, text: SourceText) -> FileResult:
        """Return what the check of the file at the absolute `path` comes to, its `noqa` comments obeyed."""
        if self.excludes(self.parts(path)):
            return FileResult()
        self.source_tree.consulted.clear()
        try:
            module = Module(path, text.parse(), LazyLines(text), self.source_tree)
            comments = _noqa_comments(text)
            text.require_decodable()
        except UnparsableError as error:
            facts = {IMPORTS: place_facts(self.source_tree.location(path), self.source_tree)}
            return self._unparsable(error)._replace(facts=facts)
        try:
            return self._result(module, comments)
        finally:
            module.forget()

    def _result(self, module: Module, comments: "NoqaComments | None") -> FileResult:
        guard = Guard(module)
        facts = self._collected(module, guard)
        if comments is not None and comments.skips_file:
            inputs = tuple(sorted(self.source_tree.consulted))
            return FileResult(inputs=inputs, facts=facts, is_whole=not guard.unheard)
        findings = self._check(module, guard)
        if comments is not None:
            findings = [finding for finding in findings if not comments.silences(finding)]
            if self._has_run(UNUSED_NOQA):
                findings += comments.unused(lambda code: self._has_run(code, guard.unheard))
                uses = comments.uses_of({rule.code for rule in self.project_rules})
                facts |= {} if uses is None else {NOQA: uses}
            findings.sort(key=lambda finding: finding.order)
        findings = self._without_twins(findings, module.path)
        inputs = tuple(sorted(self.source_tree.consulted))
        if not findings:
            return FileResult(inputs=inputs, facts=facts, is_whole=not guard.unheard)
        from flake8_pyarch.checking.suppression import noqa_lines  # noqa: PLC0415 - most files have no findings

        comment_lines = noqa_lines({finding.line for finding in findings}, module)
        reported = tuple(
            Reported(finding, identity, comment_lines[finding.line])
            for finding, identity in zip(findings, identify(findings, module), strict=True)
        )
        return FileResult(reported, inputs=inputs, facts=facts, is_whole=not guard.unheard)

    def _collected(self, module: Module, guard: Guard) -> dict[str, Any]:
        """Return what project rules have to know of a file, by code."""
        from flake8_pyarch.checking.project_check import collect_facts  # noqa: PLC0415 - Flake8 has no use for it

        return collect_facts(self.project_rules, module, guard)

    def _unparsable(self, error: UnparsableError) -> FileResult:
        if not self._has_run(SYNTAX_ERROR):
            return FileResult()
        return FileResult((Reported(syntax_error(error), Identity(SYNTAX_ERROR, "", ""), error.line),))

    def knows_absence_of(self, code: str) -> bool:
        """Tell whether a finding with this code that is not reported is none: its rule runs, or is no rule any more."""
        return any(rule.code == code for rule in self.rules) or all(rule.code != code for rule in self._all_rules)

    def _has_run(self, selector: str, unheard: Collection[str] = ()) -> bool:
        """Tell whether rules with this code, or whose codes begin with it, exist and have all had their say.

        Arguments:
            selector: the code, or its beginning.
            unheard: the codes of rules that run in the project but did not have their say on the file in question.

        """
        codes = [rule.code for rule in self._all_rules if rule.code.startswith(selector)]
        return bool(codes) and self._codes.issuperset(codes) and not any(code in unheard for code in codes)

    @cached_property
    def _codes(self) -> frozenset[str]:
        return frozenset(rule.code for rule in self.rules if not rule.is_about_project)

    def _check(self, module: Module, guard: Guard) -> list[Finding]:
        """Return what is found in a file and neither settings nor a comment turn off in the whole of it, in order."""
        if self.excludes(module.path_parts):
            return []
        findings = self._checker.check(module, guard)
        if not findings and not guard.unheard:
            return []
        ignored = self._ignored_in(module)
        findings += guard.findings(ignored)
        if ignored:
            findings = [finding for finding in findings if not longest_match(finding.code, ignored)]
        return sorted(findings, key=lambda finding: finding.order)

    def _ignored_in(self, module: Module) -> list[str]:
        """Return the codes and prefixes that settings or a comment turn off in a whole file."""
        ignored = self.ignored_in_file(module.path_parts)
        if module.mentions("ruff"):
            from flake8_pyarch.checking.suppression import file_level_codes  # noqa: PLC0415 - few files do

            ignored += file_level_codes(module.lines)
        return ignored

    def ignored_in_file(self, parts: Sequence[str]) -> list[str]:
        """Return the codes and prefixes that the settings turn off in the file whose path below the root is `parts`."""
        relative = "/".join(parts)
        patterns = self.settings.per_file_ignores.items()
        ignored = [code for pattern, codes in patterns if self.matches(pattern, relative) for code in codes]
        return ignored if is_selected(ALWAYS_ON, self.settings, on_by_default=True) else [*ignored, ALWAYS_ON]

    def matches(self, pattern: str, relative: str) -> bool:
        """Tell whether a gitignore pattern covers the file at a path below the root, with forward slashes."""
        return _matches((pattern,), relative)

    def parts(self, path: str) -> tuple[str, ...]:
        """Return the segments of an absolute path below the project's root."""
        return self.source_tree.relative_parts(path)

    def excludes(self, parts: Sequence[str]) -> bool:
        """Tell whether the settings exclude the file whose path below the root has these segments."""
        if not self._excluded_names.isdisjoint(parts):
            return True
        return bool(self._excluded_patterns) and _matches(tuple(self._excluded_patterns), "/".join(parts))


def _noqa_comments(text: SourceText) -> "NoqaComments | None":
    """Return the `noqa` comments of a file, None where there are none."""
    if not _NOQA().search(text.data):
        return None
    from flake8_pyarch.checking.suppression import NoqaComments  # noqa: PLC0415 - most files have none

    return NoqaComments(text.lines)


def _matches(patterns: tuple[str, ...], relative: str) -> bool:
    return _pattern_set(patterns)(relative)


@cache
def _pattern_set(patterns: tuple[str, ...]) -> Callable[[str], bool]:
    from pathspec import GitIgnoreSpec  # noqa: PLC0415 - only projects with patterns need it

    return GitIgnoreSpec.from_lines(patterns).match_file
