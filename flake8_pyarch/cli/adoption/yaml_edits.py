"""Additions to YAML files that leave the rest, comments included, as it is.

PyYAML tells where each value begins and ends; text is inserted there, and the file is never printed anew.
"""

from collections.abc import Iterator

import yaml

from flake8_pyarch.settings import ConfigurationError, unreadable

__all__ = ["end_of", "item_of", "items_of", "read_yaml", "scalar", "uneditable", "with_flow_entry", "with_lines"]


def read_yaml(origin: str, text: str) -> yaml.Node | None:
    """Return the top node of a YAML text, None where it is empty.

    Raises:
        ConfigurationError: it is no YAML; the error names `origin` and the line.

    """
    try:
        return yaml.compose(text, yaml.SafeLoader)
    except (RecursionError, yaml.YAMLError) as error:
        mark = getattr(error, "problem_mark", None)
        place = "" if mark is None else f" (at line {mark.line + 1}, column {mark.column + 1})"
        raise unreadable(origin, f"{getattr(error, 'problem', None) or type(error).__name__}{place}") from error


def item_of(node: yaml.Node | None, key: str) -> yaml.Node | None:
    """Return the value of a key of a mapping, None where there is none."""
    if isinstance(node, yaml.MappingNode):
        return next((value for name, value in node.value if scalar(name) == key), None)
    return None


def items_of(node: yaml.Node | None) -> Iterator[yaml.Node]:
    """Yield the entries of a list; none where the node is something else."""
    if isinstance(node, yaml.SequenceNode):
        yield from node.value


def scalar(node: yaml.Node | None) -> str | None:
    """Return the text of a scalar, None for everything else."""
    return node.value if isinstance(node, yaml.ScalarNode) else None


def end_of(node: yaml.Node) -> yaml.Mark:
    """Return the place after the last character of a value; of a list in lines, comments after it do not count."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    return node.end_mark


def with_lines(text: str, after: yaml.Mark, lines: list[str]) -> str:
    """Return a text with lines after the one that a place lies on."""
    old = text.splitlines()
    # A text in several lines ends where the next line begins, and blank lines after it belong to it.
    at = after.line if after.column == 0 else after.line + 1
    while not old[at - 1].strip():
        at -= 1
    return "".join(f"{line}\n" for line in [*old[:at], *lines, *old[at:]])


def with_flow_entry(text: str, node: yaml.CollectionNode, entry: str) -> str:
    """Return a text with an entry at the end of a list or mapping that is written in brackets."""
    if node.value:
        last = node.value[-1]
        at = (last[1] if isinstance(last, tuple) else last).end_mark.index
        return f"{text[:at]}, {entry}{text[at:]}"
    at = node.start_mark.index + 1
    return f"{text[:at]}{entry}{text[at:]}"


def uneditable(origin: str, lines: list[str]) -> ConfigurationError:
    """Return the error that says what to add by hand."""
    added = "\n".join(lines)
    return ConfigurationError(origin, f"is written in a way that init cannot edit; add by hand:\n{added}")
