"""What is wrong with a rule: what its keys say of each other, and what ast-grep says of it."""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from flake8_pyarch.custom.documents import Document
from flake8_pyarch.custom.keys import RULE_FILE, problems
from flake8_pyarch.custom.template import Template, captured_names
from flake8_pyarch.globs import GlobError, path_matcher
from flake8_pyarch.patterns import lazy_pattern
from flake8_pyarch.settings import ConfigurationError, did_you_mean

if TYPE_CHECKING:
    from flake8_pyarch.custom.rule import CustomRule

__all__ = ["checked", "named", "refuse_by_ast_grep"]

_CODE = lazy_pattern(r"PYX[0-9]{3}")
_SOURCE = lazy_pattern(r"\${1,3}[A-Z][A-Z0-9_]*")
_CAUSE = lazy_pattern(r"\n\nCaused by:\n\s+(?:0: )?|\n\s+[0-9]+: ")
_LONE_VARIABLE = lazy_pattern(r"\s*\${1,3}[A-Z0-9_]*\s*")


def checked(path: str, document: Document) -> Mapping[str, Any]:
    """Return the content of a document that is a rule, as far as can be told without ast-grep.

    Raises:
        ConfigurationError: it is none.

    """
    content = document.value
    name = named(document)
    if not isinstance(content, dict):
        problem = f"{name} is no rule: expected a table with 'id', 'language' and 'rule'"
        raise ConfigurationError(path, problem)
    if "rewriters" in content:
        problem = f"{name}: 'rewriters' are not supported: ast-grep-py cannot run them"
        raise ConfigurationError(path, problem)
    found = [*problems(content, RULE_FILE)] or [*_contradictions(content)]
    if found:
        problem = f"{name}: {'; '.join(found)}"
        raise ConfigurationError(path, problem)
    return content


def named(document: Document) -> str:
    """Return how to name a document to a user."""
    content = document.value
    name = content.get("id") if isinstance(content, dict) else None
    return f"rule '{name}'" if isinstance(name, str) and name else f"the document on line {document.line}"


def _contradictions(content: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with a rule whose keys are right."""
    if content["language"].lower() not in {"python", "py"}:
        yield f"'language' is '{content['language']}', expected 'python'"
    if not content["id"]:
        yield "'id' is empty"
    code = content.get("metadata", {}).get("code")
    if code is not None and not (isinstance(code, str) and _CODE().fullmatch(code)):
        yield f"'metadata.code' is {code!r}, expected PYX and three digits, such as 'PYX001'"
    if content.get("fix") == []:
        yield "'fix' is an empty list"
    for key in ("files", "ignores"):
        for number, glob in enumerate(content.get(key, ())):
            try:
                path_matcher([glob])
            except GlobError as error:
                yield f"'{key}[{number}]' {error}"
    yield from _bad_transformations(content)
    utils = content.get("utils", {})
    rules = [content[key] for key in ("rule", "constraints", "utils", "fix") if key in content]
    missing = [name for name in _matched(rules) if name not in utils]
    for name in missing:
        yield f"'matches' names '{name}', which is not in 'utils'{did_you_mean(name, list(utils))}"
    if not missing and not _names_kinds(content["rule"], utils):
        yield "'rule' would look at every node: give it a 'pattern' or a 'kind'"
    yield from _unknown_variables(content)


def _bad_transformations(content: Mapping[str, Any]) -> Iterator[str]:
    for name, transformation in content.get("transform", {}).items():
        if isinstance(transformation, str):
            if transformation.lstrip().startswith("rewrite"):
                yield f"'transform.{name}' is a 'rewrite', which ast-grep-py cannot run"
        elif len(transformation) != 1:
            yield f"'transform.{name}' is {len(transformation)} transformations, expected one"
        else:
            ((kind, options),) = transformation.items()
            if not _SOURCE().fullmatch(options["source"]):
                yield f"'transform.{name}.{kind}.source' is {options['source']!r}, expected a metavariable such as '$A'"


def _names_kinds(rule: Mapping[str, Any], utils: Mapping[str, Any], depth: int = 0) -> bool:
    """Tell whether a rule says what kinds of nodes it may match, as ast-grep wants it to."""
    pattern = rule.get("pattern")
    text = pattern.get("selector", pattern["context"]) if isinstance(pattern, dict) else pattern
    if (text is not None and not _LONE_VARIABLE().fullmatch(text)) or "kind" in rule or depth > len(utils):
        return True
    if "matches" in rule and _names_kinds(utils[rule["matches"]], utils, depth + 1):
        return True
    position = rule.get("nthChild")
    siblings = [position["ofRule"]] if isinstance(position, dict) and "ofRule" in position else []
    if any(_names_kinds(part, utils, depth) for part in (*siblings, *rule.get("all", ()))):
        return True
    return "any" in rule and all(_names_kinds(part, utils, depth) for part in rule["any"])


def _unknown_variables(content: Mapping[str, Any]) -> Iterator[str]:
    known = {name for key in ("rule", "constraints", "utils") for name in _captured(content.get(key, {}))}
    known |= set(content.get("transform", {}))
    for key, text in _templates(content):
        for name in sorted(Template(text).names - known):
            yield f"'{key}' uses ${name}, which the rule does not capture{did_you_mean(name, sorted(known))}"
    for key in ("expandStart", "expandEnd"):
        fixes = content.get("fix", "")
        for fix in fixes if isinstance(fixes, list) else [fixes]:
            if isinstance(fix, dict) and [*_captured(fix.get(key, {}))]:
                yield f"'fix.{key}' captures metavariables, which is not supported"


def _matched(value: Any) -> Iterator[str]:
    """Yield the names of the utilities that the rules somewhere in a value ask for."""
    if isinstance(value, dict):
        if isinstance(value.get("matches"), str):
            yield value["matches"]
        value = list(value.values())
    if isinstance(value, list):
        for entry in value:
            yield from _matched(entry)


def _captured(value: Any, key: str = "") -> Iterator[str]:
    """Yield the names of the metavariables that the patterns somewhere in a rule capture."""
    if isinstance(value, dict):
        for name, entry in value.items():
            yield from _captured(entry, name)
    elif isinstance(value, list):
        for entry in value:
            yield from _captured(entry)
    elif key in {"pattern", "context"}:
        yield from captured_names(value)


def _templates(content: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield "message", content.get("message", "")
    fix = content.get("fix", "")
    for number, each in enumerate(fix if isinstance(fix, list) else [fix]):
        key = f"fix[{number}]" if isinstance(fix, list) else "fix"
        yield (f"{key}.template", each["template"]) if isinstance(each, dict) else (key, each)


def refuse_by_ast_grep(rule: "CustomRule") -> None:
    """Let ast-grep judge a rule.

    Raises:
        ConfigurationError: it cannot use the rule.

    """
    from ast_grep_py import SgRoot  # noqa: PLC0415 - only projects with custom rules need it

    root = SgRoot("", "python").root()
    fixes = rule.content.get("fix", ())
    relations = [
        (f"fix.{key}", fix[key])
        for fix in (fixes if isinstance(fixes, list) else [fixes])
        for key in ("expandStart", "expandEnd")
        if isinstance(fix, dict) and key in fix
    ]
    configs = [("rule", rule.matcher)]
    for key, relation in relations:
        nested = {name: value for name, value in relation.items() if name not in {"stopBy", "field"}}
        parts = [nested, *([relation["stopBy"]] if isinstance(relation.get("stopBy"), dict) else [])]
        configs += [(key, {"rule": part, "utils": rule.matcher.get("utils", {})}) for part in parts]
    for key, config in configs:
        try:
            root.find(config)  # type: ignore[call-overload]
        except Exception as error:
            problem = f"rule '{rule.name}': {_said(key, error)}"
            raise ConfigurationError(rule.path, problem) from error
        except BaseException as error:
            if type(error).__name__ != "PanicException":
                raise
            problem = f"rule '{rule.name}': ast-grep cannot use '{key}'"
            raise ConfigurationError(rule.path, problem) from error


def _said(key: str, error: Exception) -> str:
    """Return what ast-grep says is wrong: the part of the rule, and the innermost cause."""
    text = str(error).partition("\n\nStack backtrace:")[0]
    first, *causes = _CAUSE().split(text)
    section = re.search("`(utils|constraints|transform)`", " ".join(causes)) if key == "rule" else None
    return f"'{section[1] if section else key}': {' '.join((causes[-1] if causes else first).split())}"
