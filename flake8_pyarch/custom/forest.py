"""The trees of files for the custom rules of a project: each file is parsed once, and searched once for all of them."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from flake8_pyarch.source import Module

if TYPE_CHECKING:
    from flake8_pyarch.custom.rule import CustomRule
    from flake8_pyarch.custom.tree import Tree

__all__ = ["Forest"]


class Forest:
    """The tree of the file that is being checked, and whether any rule finds something there."""

    def __init__(self) -> None:
        self._combined: list[Any] = []
        self._module: Module | None = None
        self._tree: Tree | None = None
        self._is_barren = False

    def plant(self, rules: Iterable["CustomRule"]) -> None:
        """Take in the rules that will ask.

        Constraints only narrow what a rule matches, so the search for all rules at once does without. A rule with
        utilities of its own is searched for by itself, for their names are known to it alone.
        """
        self._combined = [rule.matcher["rule"] for rule in rules if "utils" not in rule.matcher]

    def tree_of(self, module: Module) -> "Tree":
        """Return the tree of a file."""
        if self._module is not module or self._tree is None:
            from flake8_pyarch.custom.tree import Tree  # noqa: PLC0415 - imports ast-grep

            self._module, self._tree = module, Tree("".join(module.lines))
            self._is_barren = self._tree.root.find({"rule": {"any": self._combined}}) is None
        return self._tree

    def may_match(self, rule: "CustomRule", module: Module) -> bool:
        """Tell whether a rule may match in a file; False only where it cannot."""
        self.tree_of(module)
        return not self._is_barren or "utils" in rule.matcher
