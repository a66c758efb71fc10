"""Show the settings and where they come from."""

import json
import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Mapping
from typing import Any

from flake8_pyarch.checking import Linter, Project
from flake8_pyarch.cli.overrides import add_settings_arguments, overrides_of
from flake8_pyarch.settings import MissingPathError, Settings, keys_of, origins_of
from flake8_pyarch.settings.ruff import ruff_settings

__all__ = ["add_arguments", "describe", "run"]


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the options of `pyarch config`."""
    parser.add_argument("path", nargs="?", default=".", metavar="PATH", help="a file or directory (default: .)")
    parser.add_argument("--schema", action="store_true", help="print the JSON Schema of [tool.pyarch]")
    add_settings_arguments(parser)


def run(options: Namespace) -> int:
    """Run `pyarch config` and return its exit code."""
    if options.schema:
        from flake8_pyarch.settings.validation import json_schema  # noqa: PLC0415 - imports pydantic

        print(json.dumps(json_schema(), indent=2, ensure_ascii=False))
        return 0
    path = os.path.abspath(options.path)
    if not os.path.exists(path):
        raise MissingPathError(options.path)
    linter = Linter(overrides_of(options), config=options.config)
    sys.stdout.write(describe(linter.project_of(path), path))
    return 0


def _plain(name: str, value: Any) -> Any:
    if name == "layers":
        return {layer: vars(settings) for layer, settings in value.items()}
    return [vars(contract) for contract in value] if name == "contracts" else value


def describe(project: Project, path: str | None = None) -> str:
    """Return the settings of a project as they apply, as text: each with its value and its origin.

    Arguments:
        project: the project.
        path: the absolute path of the file or directory in it to explain them for; the project's own where None.

    """
    origins = origins_of(project.sources)
    lines = [f"project: {project.root}", f"settings: {project.origin}", ""]
    for key in keys_of(Settings):
        value = getattr(project.settings, key.name)
        plain = _plain(key.name, value)
        shown = json.dumps(dict(plain) if isinstance(plain, Mapping) else plain, ensure_ascii=False)
        lines.append(f"{key.written} = {shown}  # {origins.get(key.name, 'default')}")
    lines += ["", "rules: " + " ".join(rule.code for rule in project.rules)]
    lines += ["", *_about_ruff(project, path or project.root)]
    return "".join(f"{line}\n" for line in lines)


def _about_ruff(project: Project, path: str) -> Iterator[str]:
    """Yield which rules are silent at a path because the project's Ruff reports the same, and why."""
    if not project.settings.ruff_aware:
        yield "ruff: not asked, for 'ruff-aware' is false"
        return
    directory = path if os.path.isdir(path) else os.path.dirname(path)
    ruff = ruff_settings(directory)
    if ruff is None:
        yield "ruff: no settings found, so no rule is silent"
        return
    yield f"ruff: {', which extends '.join(ruff.files)}"
    if ruff.problem is not None:
        yield f"  Ruff would refuse them, so no rule is silent: {ruff.problem}"
        return
    reported = ruff.reported_in(path if path != directory else os.path.join(directory, "module.py"))
    twins = {entry.rule: [twin for twin in entry.rule.twins if twin in reported] for entry in project.rules}
    silent = {rule: codes for rule, codes in twins.items() if codes}
    yield "silent where Ruff reports the same:" if silent else "  Ruff reports nothing that a rule here does"
    for rule, codes in silent.items():
        reasons = {reason: [code for code in codes if reported[code] == reason] for reason in map(reported.get, codes)}
        shown = "; ".join(f"{', '.join(its_codes)} ({reason})" for reason, its_codes in reasons.items())
        yield f"  {rule.code} {rule.name}: {shown}"
