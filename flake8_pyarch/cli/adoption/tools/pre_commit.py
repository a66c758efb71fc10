"""pre-commit: its `flake8` hook knows the plugin, or there is a hook of ours."""

import yaml

from flake8_pyarch.cli.adoption.drafts import Drafts
from flake8_pyarch.cli.adoption.tools.requirement import REQUIREMENT
from flake8_pyarch.cli.adoption.yaml_edits import (
    end_of,
    item_of,
    items_of,
    read_yaml,
    scalar,
    uneditable,
    with_flow_entry,
    with_lines,
)

__all__ = ["PURPOSE", "edit", "let_hook_know_us", "wants_us"]

PURPOSE = "the hook `pyarch`, or our plugin for the hook `flake8`"

_FILE = ".pre-commit-config.yaml"
_WITHOUT_ENVIRONMENT = frozenset({"system", "script", "unsupported", "unsupported_script", "pygrep", "fail"})
"""Languages whose hooks have no Python environment of their own."""

_HOOK = [
    "- repo: local",
    "  hooks:",
    "    - id: pyarch",
    "      name: pyarch",
    "      entry: pyarch check",
    "      language: python",
    f"      additional_dependencies: [{REQUIREMENT}]",
    "      types: [python]",
    "      require_serial: true",
]


def wants_us(drafts: Drafts) -> bool:
    """Tell whether there is a configuration of pre-commit."""
    return drafts.exists(_FILE)


def edit(drafts: Drafts) -> None:
    """Add the plugin to the `flake8` hook, or where there is none, add a hook of ours."""
    text = drafts.text(_FILE)
    if any(_hooks(drafts, "flake8")):
        let_hook_know_us(drafts, "flake8")
    elif not text.strip():
        drafts.put(_FILE, "".join(f"{line}\n" for line in ["repos:", *(f"  {line}" for line in _HOOK)]))
    elif not any(_hooks(drafts, "pyarch")) and not any(_hooks(drafts, "flake8-pyarch")):
        repositories = item_of(read_yaml(drafts.path(_FILE), text), "repos")
        if not isinstance(repositories, yaml.SequenceNode) or repositories.flow_style:
            raise uneditable(drafts.path(_FILE), _HOOK)
        margin = " " * repositories.start_mark.column
        drafts.put(_FILE, with_lines(text, end_of(repositories), [f"{margin}{line}" for line in _HOOK]))


def let_hook_know_us(drafts: Drafts, name: str) -> None:
    """Let every hook with an id that has an environment of its own have us in it."""
    for number in range(len(_hooks(drafts, name))):
        hook = _hooks(drafts, name)[number]
        dependencies = item_of(hook, "additional_dependencies")
        has_us = any((scalar(each) or "").startswith("flake8-pyarch") for each in items_of(dependencies))
        if not has_us and scalar(item_of(hook, "language")) not in _WITHOUT_ENVIRONMENT:
            drafts.put(_FILE, _with_us(drafts, hook, dependencies))


def _with_us(drafts: Drafts, hook: yaml.MappingNode, dependencies: yaml.Node | None) -> str:
    text = drafts.text(_FILE)
    option = f"additional_dependencies: [{REQUIREMENT}]"
    if dependencies is None and hook.flow_style:
        return with_flow_entry(text, hook, option)
    if dependencies is None:
        return with_lines(text, end_of(hook), [" " * hook.start_mark.column + option])
    if not isinstance(dependencies, yaml.SequenceNode):
        raise uneditable(drafts.path(_FILE), [option])
    if dependencies.flow_style:
        return with_flow_entry(text, dependencies, REQUIREMENT)
    return with_lines(text, end_of(dependencies), [" " * dependencies.start_mark.column + f"- {REQUIREMENT}"])


def _hooks(drafts: Drafts, name: str) -> list[yaml.MappingNode]:
    """Return the hooks with an id."""
    if not drafts.exists(_FILE):
        return []
    repositories = items_of(item_of(read_yaml(drafts.path(_FILE), drafts.text(_FILE)), "repos"))
    hooks = [hook for repository in repositories for hook in items_of(item_of(repository, "hooks"))]
    return [hook for hook in hooks if isinstance(hook, yaml.MappingNode) and scalar(item_of(hook, "id")) == name]
