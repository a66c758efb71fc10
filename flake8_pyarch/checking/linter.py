"""The check of files of any project, each under its own project's settings."""

import ast
import os
from collections.abc import Sequence

from flake8_pyarch.checking.finding import Finding
from flake8_pyarch.checking.project import Project, Wants
from flake8_pyarch.checking.registry import RuleEntry, rule_entries
from flake8_pyarch.settings import (
    ConfigurationError,
    Settings,
    Source,
    did_you_mean,
    is_selected,
    project_root,
    read_settings_file,
    resolve,
    settings_file,
    stated_selectors,
)

__all__ = ["Linter", "is_wanted"]


def is_wanted(rule: RuleEntry, settings: Settings) -> bool:
    """Tell whether the settings alone want a rule."""
    return is_selected(rule.code, settings, on_by_default=rule.on_by_default)


class Linter:
    """Checks files, each under the settings of the project it stands in.

    Arguments:
        overrides: settings that win over those of every project.
        wants: tells whether a rule should run in a project.
        config: the absolute path of a settings file to read instead of any project's own.

    """

    def __init__(
        self, overrides: Sequence[Source] = (), wants: Wants = is_wanted, *, config: str | None = None
    ) -> None:
        self._overrides = tuple(overrides)
        self._wants = wants
        self._config = config
        self._projects: dict[str, Project] = {}

    @property
    def projects(self) -> tuple[Project, ...]:
        """The projects that have been looked into."""
        return tuple(self._projects.values())

    def project_of(self, path: str) -> Project:
        """Return the project of the file or directory at the absolute `path`.

        Raises:
            ConfigurationError: its settings cannot be used.

        """
        return self.project_of_directory(path if os.path.isdir(path) else os.path.dirname(path))

    def project_of_directory(self, directory: str) -> Project:
        """Return the project of the directory at the absolute path.

        Raises:
            ConfigurationError: its settings cannot be used.

        """
        root = project_root(directory)
        project = self._projects.get(root)
        if project is None:
            found = self._config or settings_file(directory)
            sources = [*([read_settings_file(found)] if found else []), *self._overrides]
            settings = resolve(sources)
            project = Project(root, settings, self._wants, sources)
            _refuse_unknown_codes(project, found)
            self._projects[root] = project
        return project

    def check(self, path: str, tree: ast.Module, lines: Sequence[str]) -> list[Finding]:
        """Return the findings in the file at the absolute `path`, in order."""
        return self.project_of(path).check(path, tree, lines)


def _refuse_unknown_codes(project: Project, found: str | None) -> None:
    """Refuse codes of rules that do not exist, once the form of the settings is known to be right.

    Outside the project's own settings, a code of a custom rule may be that of another project in the run.

    Arguments:
        project: the project.
        found: the path of its own settings, or None.

    """
    custom = project.custom_rules
    ours = [rule.code for rule in rule_entries()]
    for source in project.sources:
        is_judged = custom is not None and source.origin == found
        known = [*ours, *(entry.code for entry in custom.entries)] if custom is not None and is_judged else ours
        for key, code in stated_selectors(source.values):
            if code.startswith("PYX") and (code == "PYX" or not is_judged):
                continue
            if not any(each.startswith(code) for each in known):
                problem = f"'{key}' holds '{code}', which no rule has{did_you_mean(code, known)}"
                raise ConfigurationError(source.origin, problem)
