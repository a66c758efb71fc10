"""The check of files of any project, each under its own project's settings."""

import ast
import os
from collections.abc import Callable, Sequence
from functools import cache, cached_property

from flake8_pyarch.checking.checker import Checker
from flake8_pyarch.checking.finding import Finding
from flake8_pyarch.checking.registry import all_rules
from flake8_pyarch.checking.rule import Rule
from flake8_pyarch.settings import (
    ALWAYS_ON,
    Settings,
    Source,
    is_selected,
    longest_match,
    project_root,
    read_settings_file,
    resolve,
    settings_file,
)
from flake8_pyarch.source import Module, SourceTree

__all__ = ["Linter", "Project", "is_wanted"]

Wants = Callable[[Rule, Settings], bool]


def is_wanted(rule: Rule, settings: Settings) -> bool:
    """Tell whether the settings alone want a rule."""
    return is_selected(rule.code, settings, on_by_default=rule.on_by_default)


class Project:
    """A project that files are checked in: its settings, its directories, its rules.

    Arguments:
        root: its absolute path.
        settings: its settings.
        wants: tells whether a rule should run.

    """

    def __init__(self, root: str, settings: Settings, wants: Wants) -> None:
        self.root = root
        self.settings = settings
        self._wants = wants
        self._source_tree = SourceTree(root, settings)
        self._excluded_names = frozenset(pattern for pattern in settings.exclude if not set(pattern) & set("*?[!/\\"))
        self._excluded_patterns = [pattern for pattern in settings.exclude if pattern not in self._excluded_names]

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that run in this project, in order of code."""
        return tuple(rule for rule in all_rules() if self._wants(rule, self.settings))

    @cached_property
    def _checker(self) -> Checker:
        return Checker(self.rules)

    def check(self, path: str, tree: ast.Module, lines: Sequence[str]) -> list[Finding]:
        """Return the findings in the file at the absolute `path`, in order."""
        module = Module(path, tree, lines, self._source_tree)
        if self.excludes(module.path_parts):
            return []
        findings = self._checker.check(module)
        if not is_selected(ALWAYS_ON, self.settings, on_by_default=True):
            findings = [finding for finding in findings if finding.code != ALWAYS_ON]
        if findings and self.settings.per_file_ignores:
            relative = "/".join(module.path_parts)
            ignored = [
                code
                for pattern, codes in self.settings.per_file_ignores.items()
                if _matches((pattern,), relative)
                for code in codes
            ]
            findings = [finding for finding in findings if not longest_match(finding.code, ignored)]
        return findings

    def excludes(self, parts: Sequence[str]) -> bool:
        """Tell whether the settings exclude the file whose path below the root has these segments."""
        if not self._excluded_names.isdisjoint(parts):
            return True
        return bool(self._excluded_patterns) and _matches(tuple(self._excluded_patterns), "/".join(parts))


class Linter:
    """Checks files, each under the settings of the project it stands in.

    Arguments:
        overrides: settings that win over those of every project.
        wants: tells whether a rule should run in a project.

    """

    def __init__(self, overrides: Sequence[Source] = (), wants: Wants = is_wanted) -> None:
        self._overrides = tuple(overrides)
        self._wants = wants
        self._projects: dict[str, Project] = {}

    def project_of(self, path: str) -> Project:
        """Return the project of the file or directory at the absolute `path`.

        Raises:
            ConfigurationError: its settings cannot be used.

        """
        directory = path if os.path.isdir(path) else os.path.dirname(path)
        root = project_root(directory)
        project = self._projects.get(root)
        if project is None:
            found = settings_file(directory)
            stated = [read_settings_file(found)] if found else []
            project = self._projects[root] = Project(root, resolve([*stated, *self._overrides]), self._wants)
        return project

    def check(self, path: str, tree: ast.Module, lines: Sequence[str]) -> list[Finding]:
        """Return the findings in the file at the absolute `path`, in order."""
        return self.project_of(path).check(path, tree, lines)


def _matches(patterns: tuple[str, ...], relative: str) -> bool:
    return _pattern_set(patterns)(relative)


@cache
def _pattern_set(patterns: tuple[str, ...]) -> Callable[[str], bool]:
    from pathspec import GitIgnoreSpec  # noqa: PLC0415 - only projects with patterns need it

    return GitIgnoreSpec.from_lines(patterns).match_file
