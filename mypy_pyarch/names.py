"""What a name in the text of a module stands for, from mypy's symbol tables."""

import ast
from collections.abc import Mapping

from mypy.nodes import MypyFile, SymbolTableNode, TypeInfo

from mypy_pyarch.sources import dotted_name

__all__ = ["symbol_of"]


def symbol_of(expression: ast.expr, module: MypyFile, modules: Mapping[str, MypyFile]) -> SymbolTableNode | None:
    """Return what a name or a chain of attributes stands for at the top level of a module, None where it is unclear."""
    name = dotted_name(expression)
    if name is None:
        return None
    first, *rest = name.split(".")
    symbol = module.names.get(first) or modules["builtins"].names.get(first)
    for part in rest:
        owner = symbol.node if symbol else None
        if not isinstance(owner, MypyFile | TypeInfo):
            return None
        symbol = owner.names.get(part)
    return symbol
