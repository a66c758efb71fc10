"""PYA204."""

import ast
from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import Module
from flake8_pyarch.source.outlines import ExportStatement
from flake8_pyarch.source.syntax import literal_string, without_subscript

__all__ = ["UnstaticAll"]

_BUILDERS = frozenset({"builtins.list", "builtins.tuple"})


class UnstaticAll(Rule):
    """An `__all__` is not built from string literals.

    ## Why is this bad?
    An `__all__` is read by people, type checkers, documentation tools and editors, none of which run the module. If it
    is computed, they see no public API at all, and a name that is added by accident becomes public without anybody
    deciding so. A list of literals costs a line per name, and each line is a decision that shows in the review.

    Literal lists and tuples, put together with `+`, `+=`, `.extend()` and `.append()`, are fine, and so is what takes
    over the `__all__` of another module: `[*orders.__all__, "Customer"]`.

    ## Example
    ```python path=shop/domain/__init__.py
    from shop.domain.order import Order

    __all__ = [Order.__name__]
    ```

    ## Use instead
    ```python path=shop/domain/__init__.py
    from shop.domain.order import Order

    __all__ = ["Order"]
    ```

    ## Known problems
    Ruff's PLE0604 reports elements that are no string literals, PLE0605 values that are neither list nor tuple. They
    do not see `.extend()` and `.append()`, accept comprehensions and calls of `list()` and `tuple()`, and report
    `[*orders.__all__]` and an `__all__` that was imported by another name, which are fine here.
    """

    code = "PYA204"
    message = "'__all__' of '{module}' is computed: list the public names as string literals"
    twins = ("PLE0604", "PLE0605")

    def looks_at(self, module: Module) -> bool:
        return module.mentions("__all__")

    def visit_Module(self, node: ast.Module, module: Module) -> Iterator[Finding]:
        del node
        for statement in module.outline.exports:
            if statement.computed:
                twins = _twins(statement, module)
                yield self.finding(statement.target, twin=twins, module=module.name)


def _twins(statement: ExportStatement, module: Module) -> tuple[str, ...]:
    """Return the rules of Ruff that report the value of an `__all__`, which it looks for first among the targets."""
    parent = module.syntax.parents.get(statement.target)
    if statement.value is None or (isinstance(parent, ast.Assign) and parent.targets[0] is not statement.target):
        return ()
    is_format_wrong = has_wrong_object = False
    for part in _operands(statement.value):
        elements = _elements(part, module)
        is_format_wrong |= elements is None
        has_wrong_object |= any(literal_string(element) is None for element in elements or ())
    return (*(("PLE0604",) if has_wrong_object else ()), *(("PLE0605",) if is_format_wrong else ()))


def _operands(value: ast.expr) -> Iterator[ast.expr]:
    while isinstance(value, ast.BinOp):
        yield value.right
        value = value.left
    yield value


def _elements(part: ast.expr, module: Module) -> list[ast.expr] | None:
    """Return the elements of an operand that Ruff can tell, None where it is in no right format."""
    while isinstance(part, ast.NamedExpr):
        part = part.value
    match part:
        case ast.List(elts=elements) | ast.Tuple(elts=elements):
            return elements
        case ast.ListComp() | ast.Name(id="__all__") | ast.Attribute(attr="__all__"):
            return []
        case ast.Call(func=function, args=arguments, keywords=[]) if len(arguments) <= 1:
            if module.resolve(without_subscript(function)) in _BUILDERS:
                argument = arguments[0] if arguments else None
                return argument.elts if isinstance(argument, (ast.List, ast.Set, ast.Tuple)) else []
    return None
