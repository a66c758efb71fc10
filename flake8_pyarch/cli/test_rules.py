"""Try the project's custom rules on the snippets that stand beside them."""

import os
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence

from flake8_pyarch.checking import Linter
from flake8_pyarch.cli.overrides import CONFIG_OPTION
from flake8_pyarch.custom import CustomRule, SnippetTest, read_tests, tests_beside, verdict
from flake8_pyarch.output.text import count_of
from flake8_pyarch.settings import ConfigurationError, MissingPathError, did_you_mean

__all__ = ["add_arguments", "run"]

_ALL_RIGHT = {"quiet", "reported"}
_MARKS = {"quiet": ".", "reported": ".", "noisy": "N", "missing": "M", "broken": "B"}
_SAYS = {
    "noisy": "noisy: valid code is reported",
    "missing": "missing: invalid code is not reported",
    "broken": "broken: its fix leaves what is no Python",
}


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the options of `pyarch test-rules`."""
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files with tests (default: those beside the rules)")
    parser.add_argument("--config", **CONFIG_OPTION)


def run(options: Namespace) -> int:
    """Run `pyarch test-rules` and return its exit code."""
    project = Linter(config=options.config).project_of(os.getcwd())
    if project.custom_rules is None:
        raise ConfigurationError(project.origin, "there are no rules to test: 'custom-rules' is empty")
    rules = {rule.name: rule for rule in project.custom_rules.rules}
    tests = list(_tests(options.paths, list(rules.values())))
    for test in tests:
        if test.rule not in rules:
            problem = f"tests of '{test.rule}', which is the 'id' of no rule{did_you_mean(test.rule, list(rules))}"
            raise ConfigurationError(test.path, problem)
    named = {test.rule for test in tests} if options.paths else rules.keys()
    verdicts = [_passes(rules[name], [test for test in tests if test.rule == name]) for name in rules if name in named]
    failed = verdicts.count(False)
    count = count_of(len(verdicts), "rule")
    print(f"{failed} of {count} failed" if failed else f"{count} passed")
    return 1 if failed else 0


def _tests(paths: Sequence[str], rules: Sequence[CustomRule]) -> Iterator[SnippetTest]:
    for path in paths:
        if not os.path.isfile(path):
            raise MissingPathError(path)
    for path in [os.path.abspath(path) for path in paths] or tests_beside(rules):
        yield from read_tests(path)


def _passes(rule: CustomRule, tests: Sequence[SnippetTest]) -> bool:
    """Print the verdicts on a rule, and tell whether all are right."""
    snippets = [(text, False) for test in tests for text in test.valid]
    snippets += [(text, True) for test in tests for text in test.invalid]
    verdicts = [verdict(rule, text, is_invalid=is_invalid) for text, is_invalid in snippets]
    passes = _ALL_RIGHT.issuperset(verdicts)
    shown = "".join(_MARKS[each] for each in verdicts) or "no tests"
    print(f"{'PASS' if passes else 'FAIL'}  {rule.code} {rule.name}  {shown}")
    for (text, _), each in zip(snippets, verdicts, strict=True):
        if each in _SAYS:
            indented = "\n".join(f"    | {line}" for line in text.rstrip("\n").split("\n"))
            print(f"  {_SAYS[each]}\n{indented}")
    return passes
