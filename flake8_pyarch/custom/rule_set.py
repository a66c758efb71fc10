"""The custom rules of a project: found, read, checked and numbered."""

import os
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from flake8_pyarch.custom.documents import read_documents
from flake8_pyarch.custom.entry import CustomRuleEntry
from flake8_pyarch.custom.forest import Forest
from flake8_pyarch.custom.judgement import checked, refuse_by_ast_grep
from flake8_pyarch.custom.rule import CustomRule
from flake8_pyarch.custom.snippets import is_test
from flake8_pyarch.files import is_glob, matching_paths
from flake8_pyarch.settings import ConfigurationError

__all__ = ["RuleSet", "read_rule_set"]

_LAST_NUMBER = 999


class RuleSet(NamedTuple):
    """The custom rules of a project.

    Arguments:
        entries: the rules, in order of code.
        inputs: the files and directories, there or not, that decide which rules there are.
        unmatched: the globs that no file matches.

    """

    entries: tuple[CustomRuleEntry, ...]
    inputs: tuple[str, ...]
    unmatched: tuple[str, ...]

    @property
    def rules(self) -> tuple[CustomRule, ...]:
        """The rules themselves."""
        return tuple(entry.rule for entry in self.entries if isinstance(entry.rule, CustomRule))


def read_rule_set(root: str, globs: Sequence[str]) -> RuleSet:
    """Return the custom rules of a project.

    Arguments:
        root: the absolute path of the project.
        globs: the globs of the rule files, relative to it.

    Raises:
        ConfigurationError: a rule file cannot be used.

    """
    paths: dict[str, str] = {}
    unmatched = []
    inputs: set[str] = set()
    for pattern in globs:
        found, searched = _files(root, pattern)
        paths |= {os.path.relpath(path, root).replace(os.sep, "/"): path for path in found}
        inputs |= {*found, *searched}
        if not found:
            unmatched.append(pattern)
    documents = [
        (paths[name], document)
        for name in sorted(paths)
        for document in read_documents(paths[name])
        if not is_test(document)
    ]
    contents = [(path, checked(path, document)) for path, document in documents]
    forest = Forest()
    codes = _codes(contents)
    rules = [CustomRule(code, content, path, forest) for code, (path, content) in zip(codes, contents, strict=True)]
    for rule in rules:
        refuse_by_ast_grep(rule)
    entries = sorted((CustomRuleEntry(rule) for rule in rules), key=lambda entry: entry.code)
    return RuleSet(tuple(entries), tuple(sorted(inputs)), tuple(unmatched))


def _files(root: str, pattern: str) -> tuple[list[str], set[str]]:
    """Return the files that a glob matches, and the directories whose content decides that."""
    *directories, _ = os.path.normpath(pattern).split(os.sep)
    searched = {
        path
        for end in range(len(directories) + 1)
        for path in matching_paths(root, os.sep.join([*directories[:end], ""]))
        if os.path.isdir(path)
    }
    found = [path for path in matching_paths(root, pattern) if os.path.isfile(path)]
    return found, searched if is_glob(pattern) else {*searched, os.path.normpath(os.path.join(root, pattern))}


def _codes(contents: Sequence[tuple[str, Mapping[str, Any]]]) -> list[str]:
    """Return the code of each rule: the one it states, or the first that is free.

    Raises:
        ConfigurationError: two rules state the same code or `id`, or there are more rules than codes.

    """
    stated: dict[str, str] = {}
    names: dict[str, str] = {}
    for path, content in contents:
        name = content["id"]
        if name in names:
            problem = f"rule '{name}': its 'id' is also that of a rule in {names[name]}"
            raise ConfigurationError(path, problem)
        names[name] = path
        code = content.get("metadata", {}).get("code")
        if code is not None and code in stated:
            problem = f"rule '{name}': 'metadata.code' {code} is also that of {stated[code]}"
            raise ConfigurationError(path, problem)
        if code is not None:
            stated[code] = f"rule '{name}' in {path}"
    free = (code for code in (f"PYX{number:03}" for number in range(1, _LAST_NUMBER + 1)) if code not in stated)
    codes = []
    for path, content in contents:
        code = content.get("metadata", {}).get("code") or next(free, None)
        if code is None:
            problem = f"rule '{content['id']}': there are more than {_LAST_NUMBER} rules"
            raise ConfigurationError(path, problem)
        codes.append(code)
    return codes
