"""The tree of the file that is being checked, for all the custom rules of a project: it is parsed once at most."""

from typing import TYPE_CHECKING

from flake8_pyarch.source import Module

if TYPE_CHECKING:
    from flake8_pyarch.custom.tree import Tree

__all__ = ["Forest"]


class Forest:
    """Gives the tree of a file, and remembers the last."""

    def __init__(self) -> None:
        self._module: Module | None = None
        self._tree: Tree | None = None

    def tree_of(self, module: Module) -> "Tree":
        """Return the tree of a file."""
        if self._module is not module or self._tree is None:
            from flake8_pyarch.custom.tree import Tree  # noqa: PLC0415 - imports ast-grep

            self._module, self._tree = module, Tree("".join(module.lines))
        return self._tree
