"""Explain a rule."""

import json
import os
import sys
from argparse import ArgumentParser, Namespace
from typing import Any

from flake8_pyarch.checking import Linter, Rule, all_rules
from flake8_pyarch.cli.arguments import one_of
from flake8_pyarch.output.report import documentation_url
from flake8_pyarch.output.rule_page import rule_page, summary
from flake8_pyarch.settings import ConfigurationError, did_you_mean

__all__ = ["add_arguments", "run"]


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the options of `pyarch rule`."""
    parser.add_argument("rule", nargs="?", metavar="CODE|NAME", help="a rule, by code or by name")
    parser.add_argument("--all", action="store_true", help="every rule")
    parser.add_argument("--output-format", type=one_of(("text", "json", "markdown")), default="text", metavar="NAME")


def run(options: Namespace) -> int:
    """Run `pyarch rule` and return its exit code."""
    if options.all == (options.rule is not None):
        raise ConfigurationError("command line", "name one rule, or ask for --all")
    rules = [*all_rules(), *_custom_rules()] if options.all else [_rule(options.rule)]
    if options.output_format == "json":
        objects = [_object(rule) for rule in rules]
        text = json.dumps(objects if options.all else objects[0], indent=2, ensure_ascii=False) + "\n"
    else:
        text = "\n".join(rule_page(rule) for rule in rules)
    if options.output_format == "text" and sys.stdout.isatty():
        from rich.console import Console  # noqa: PLC0415 - only a terminal wants it
        from rich.markdown import Markdown  # noqa: PLC0415

        Console().print(Markdown(text))
    else:
        sys.stdout.write(text)
    return 0


def _custom_rules() -> tuple[Rule, ...]:
    """Return the rules of the project that the working directory belongs to."""
    custom = Linter().project_of(os.getcwd()).custom_rules
    return () if custom is None else custom.rules


def _rule(wanted: str) -> Rule:
    """Return a rule of ours, which needs no project, or else one of the project."""
    words = []
    for rules in (all_rules, _custom_rules):
        for rule in rules():
            if wanted.upper() == rule.code or wanted.lower() == rule.name.lower():
                return rule
            words += [rule.code, rule.name]
    hint = did_you_mean(wanted.upper(), words) or did_you_mean(wanted.lower(), words)
    problem = f"'{wanted}' is no rule{hint or '; `pyarch rule --all` lists them'}"
    raise ConfigurationError("command line", problem)


def _object(rule: Rule) -> dict[str, Any]:
    return {
        "code": rule.code,
        "name": rule.name,
        "summary": summary(rule),
        "message": rule.message,
        "on_by_default": rule.on_by_default,
        "fixable": rule.is_fixable,
        "in_flake8": rule.in_flake8,
        "twins": list(rule.twins),
        "url": rule.url or documentation_url(rule.code),
        "explanation": rule_page(rule),
    }
