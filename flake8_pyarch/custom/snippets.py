"""Tests of custom rules: what a rule must report, and what it must not."""

import os
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from flake8_pyarch.custom.documents import Document, read_documents
from flake8_pyarch.custom.judgement import named
from flake8_pyarch.custom.keys import TEST_FILE, problems
from flake8_pyarch.custom.rule import CustomRule
from flake8_pyarch.settings import ConfigurationError
from flake8_pyarch.source.text import SourceText, UnparsableError

__all__ = ["SnippetTest", "is_test", "read_tests", "tests_beside", "verdict"]

_TEST_KEYS = ("id", "valid", "invalid")
_ENDINGS = ("-test.yml", "-test.yaml", "_test.yml", "_test.yaml")

Verdict = Literal["quiet", "reported", "noisy", "missing", "broken"]


class SnippetTest(NamedTuple):
    """What a document says a rule must and must not report.

    Arguments:
        rule: the rule's `id`.
        valid: what it must not report.
        invalid: what it must report.
        path: the absolute path of the document's file.

    """

    rule: str
    valid: tuple[str, ...]
    invalid: tuple[str, ...]
    path: str


def read_tests(path: str) -> Iterator[SnippetTest]:
    """Yield the tests in the file at `path`: those of a rule's own document, and those of a document of their own.

    Raises:
        ConfigurationError: the file cannot be used.

    """
    for document in read_documents(path):
        content = document.value
        if not isinstance(content, dict) or not ("valid" in content or "invalid" in content):
            continue
        judged = content if is_test(document) else {key: content[key] for key in _TEST_KEYS if key in content}
        for wrong in problems(judged, TEST_FILE):
            problem = f"{named(document)}: {wrong}"
            raise ConfigurationError(path, problem)
        yield SnippetTest(content["id"], tuple(content.get("valid", ())), tuple(content.get("invalid", ())), path)


def is_test(document: Document) -> bool:
    """Tell whether a document only tests a rule that stands elsewhere."""
    content = document.value
    return isinstance(content, dict) and "rule" not in content and ("valid" in content or "invalid" in content)


def tests_beside(rules: Iterable[CustomRule]) -> list[str]:
    """Return the files that may hold tests: those of the rules, and those named `…-test.yml` in their directories."""
    files = {rule.path for rule in rules}
    for directory in {os.path.dirname(path) for path in files}:
        with os.scandir(directory) as entries:
            files.update(entry.path for entry in entries if entry.name.endswith(_ENDINGS) and entry.is_file())
    return sorted(files)


def verdict(rule: CustomRule, text: str, *, is_invalid: bool) -> Verdict:
    """Return what a rule makes of a snippet.

    Arguments:
        rule: the rule.
        text: the snippet.
        is_invalid: whether the rule should report it.

    Returns:
        `quiet` and `reported` as it should be; `noisy` where it reports what is valid, `missing` where it does not
        report what is invalid, `broken` where its fix turns Python into something else.

    """
    from flake8_pyarch.custom.tree import Tree  # noqa: PLC0415 - imports ast-grep

    tree = Tree(text)
    matches = list(rule.matches(tree))
    if not is_invalid:
        return "noisy" if matches else "quiet"
    if not matches:
        return "missing"
    replacements = (match.replacement for match in matches if match.replacement is not None)
    results = (tree.text[: each.start] + each.text + tree.text[each.end :] for each in replacements)
    is_broken = _is_python(text) and not all(_is_python(result) for result in results)
    return "broken" if is_broken else "reported"


def _is_python(text: str) -> bool:
    try:
        SourceText(text.encode()).parse()
    except UnparsableError:
        return False
    return True
