"""PYA212."""

import ast
from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import Module
from flake8_pyarch.source.naming import IGNORED_BY_RUFF, cap_words

__all__ = ["ClassName"]


class ClassName(Rule):
    """The name of a class is not in CapWords.

    ## Why is this bad?
    Capitals tell a class from a function and from a variable wherever the name is read: `BorrowBook()` makes an
    object, `borrow_book()` does something. A class in lower case hides this, and reviewers stop at every call to look
    it up. One exception makes the next one, until nobody can guess a name any more.

    ## Example
    ```python path=shop/domain/order.py
    class order_line: ...
    ```

    ## Use instead
    ```python path=shop/domain/order.py
    class OrderLine: ...
    ```

    ## Known problems
    Classes that are used like functions, such as context managers and decorators, are reported as well. Leading
    underscores are fine; a name that has no case, as in Chinese, is left alone.

    Ruff's N801 reports the same, and names with two leading underscores, with a digit after the underscore, or without
    case.
    """

    code = "PYA212"
    message = "class name '{name}' is not in CapWords: rename it '{suggestion}'"
    twins = ("N801",)

    def visit_ClassDef(self, node: ast.ClassDef, module: Module) -> Iterator[Finding]:
        bare = node.name.lstrip("_")
        if bare[:1].islower() or "_" in bare:
            twin = "N801" if node.name not in IGNORED_BY_RUFF else None
            yield self.finding(module.name_span(node), twin=twin, name=node.name, suggestion=cap_words(node.name))
