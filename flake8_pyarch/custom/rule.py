"""A custom rule."""

import ast
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from flake8_pyarch.checking.finding import About, Edit, Finding, Fix
from flake8_pyarch.checking.rule import Rule
from flake8_pyarch.custom.prefilter import text_filter
from flake8_pyarch.custom.template import Template
from flake8_pyarch.source import Module

if TYPE_CHECKING:
    from ast_grep_py import SgNode

    from flake8_pyarch.custom.forest import Forest
    from flake8_pyarch.custom.tree import Tree

__all__ = ["CustomRule"]

_MATCHER_KEYS = ("rule", "constraints", "utils", "transform")


class Replacement(NamedTuple):
    """What a fix puts in the place of a part of the text.

    Arguments:
        start, end: the part, in characters from the beginning of the file.
        text: what stands there afterwards.

    """

    start: int
    end: int
    text: str


class Match(NamedTuple):
    """What a rule matches.

    Arguments:
        start, end: the matched text, in characters from the beginning of the file.
        message: what to say of it.
        replacement: the fix, or None.

    """

    start: int
    end: int
    message: str
    replacement: Replacement | None


class CustomRule(Rule):
    """A rule made of a document of an ast-grep rule file.

    Arguments:
        code: its code.
        content: the document, which is known to be right.
        path: the absolute path of its file.
        forest: gives the trees of files.

    """

    def __init__(self, code: str, content: Mapping[str, Any], path: str, forest: "Forest") -> None:
        self.code = code
        self.content = content
        self.path = path
        self.message = content.get("message", "").strip() or content["id"]
        self.on_by_default = content.get("severity") != "off"
        self.is_fixable = "fix" in content
        self.url = content.get("url")
        self.matcher = {key: content[key] for key in _MATCHER_KEYS if content.get(key)}
        self._forest = forest
        self._may_match = text_filter(content["rule"])
        transformed = content.get("transform", {})
        self._message = Template(self.message, transformed)
        fix = content.get("fix", "")
        if isinstance(fix, list):
            # Of several fixes to choose from, the first is the one that ast-grep applies.
            fix = fix[0]
        self._fix: Mapping[str, Any] = {"template": fix} if isinstance(fix, str) else fix
        self._replacement = Template(self._fix["template"], transformed)
        severity = content.get("severity", "error")
        self._about = About(self.name, "error" if severity == "off" else severity, content.get("note", ""), self.url)

    @property
    def name(self) -> str:
        """The rule's `id`."""
        return str(self.content["id"])

    @property
    def documentation(self) -> str:
        """The rule's page, made of what its file says."""
        import yaml  # noqa: PLC0415 - only for those who read the page

        content = dict(self.content)
        snippets = {"Example": content.pop("invalid", ()), "Use instead": content.pop("valid", ())}
        parts = [self.message]
        if content.get("note"):
            parts.append(f"## Why is this bad?\n\n{content['note'].strip()}")
        for heading, texts in snippets.items():
            if texts:
                parts.append("\n\n".join([f"## {heading}", *(f"```python\n{text.rstrip()}\n```" for text in texts)]))
        text = yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=110).rstrip()
        parts.append(f"## Rule\n\n```yaml\n{text}\n```")
        return "\n\n".join(parts)

    def looks_at(self, module: Module) -> bool:
        """Tell whether the rule may match anything in a file."""
        return self._may_match(self._forest.tree_of(module).text)

    def visit_Module(self, node: ast.Module, module: Module) -> Iterator[Finding]:
        """Yield a finding for each match in the file."""
        del node
        tree = self._forest.tree_of(module)
        for match in self.matches(tree):
            fix = None
            if match.replacement is not None:
                start, end, text = match.replacement
                edit = Edit(*tree.place(start), *tree.place(end), text)
                fix = Fix(self._fix.get("title") or f"Rewrite as '{self.name}' says", (edit,), is_safe=True)
            places = (*tree.place(match.start), *tree.place(match.end))
            yield Finding(self.code, match.message, *places, fix, about=self._about)

    def matches(self, tree: "Tree") -> Iterator[Match]:
        """Yield what the rule matches in a tree."""
        for node in tree.root.find_all(self.matcher):  # type: ignore[call-overload]
            message = self._message.sentence(node, tree.text) or self.name
            replacement = None
            if self.is_fixable:
                first = self._expanded(node, "expandStart", node.prev_all)
                last = self._expanded(node, "expandEnd", node.next_all)
                text = self._replacement.filled(node, tree.text)
                replacement = Replacement(first.range().start.index, last.range().end.index, text)
            yield Match(node.range().start.index, node.range().end.index, message, replacement)

    def _expanded(self, match: "SgNode", key: str, siblings: Any) -> "SgNode":
        """Return the sibling that a fix reaches to, the match itself where it reaches no farther."""
        relation = self._fix.get(key)
        if relation is None:
            return match
        stop = relation.get("stopBy", "neighbor")
        rule = {name: value for name, value in relation.items() if name not in {"stopBy", "field"}}
        nodes: Sequence[SgNode] = siblings()
        for node in nodes[:1] if stop == "neighbor" else nodes:
            if self._is(node, rule):
                return node
            if isinstance(stop, dict) and self._is(node, stop):
                break
        return match

    def _is(self, node: "SgNode", rule: Mapping[str, Any]) -> bool:
        config = {"rule": rule} | {key: self.matcher[key] for key in ("utils",) if key in self.matcher}
        found: SgNode | None = node.find(config)  # type: ignore[call-overload]
        return found == node
