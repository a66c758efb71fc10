"""What a name in the text of a module stands for, from mypy's symbol tables."""

import ast
from collections.abc import Mapping

from mypy.nodes import MypyFile, SymbolNode, TypeInfo

from flake8_pyarch.source.syntax import dotted_name

__all__ = ["definition_of"]


def definition_of(expression: ast.expr, module: MypyFile, modules: Mapping[str, MypyFile]) -> SymbolNode | None:
    """Return what a name or a chain of attributes stands for at the top level of a module, None where it is unclear."""
    name = dotted_name(expression)
    first, *rest = name.split(".") if name else [""]
    found = _member(module, first, modules) or _member(modules["builtins"], first, modules)
    for part in rest:
        found = _member(found, part, modules)
    return found


def _member(owner: SymbolNode | None, name: str, modules: Mapping[str, MypyFile]) -> SymbolNode | None:
    if not isinstance(owner, MypyFile | TypeInfo):
        return None
    symbol = owner.names.get(name)
    return symbol.node if symbol else modules.get(f"{owner.fullname}.{name}")
