"""Texts: which string expressions are put together at run time, and of what."""

import ast
from collections.abc import Iterator

__all__ = ["assembly_of", "is_static", "text_parts"]

_CONVERSIONS = frozenset({"str", "repr", "ascii", "format"})


def assembly_of(node: ast.expr | None) -> str | None:
    """Return what a text is put together with, in words, None for a static text and for any other expression."""
    match node:
        case ast.JoinedStr(values=values):
            return "an f-string" if any(isinstance(value, ast.FormattedValue) for value in values) else None
        case ast.BinOp(op=ast.Mod()):
            return None if is_static(node) else "'%'"
        case ast.BinOp(op=ast.Add()):
            return None if is_static(node) else "'+'"
        case ast.Call(func=ast.Attribute(attr="format")):
            return "'.format()'"
        case ast.Call(func=ast.Attribute(value=separator, attr="join")):
            return "'.join()'" if _is_text(separator) else None
    return None


def is_static(node: ast.expr) -> bool:
    """Tell whether an expression is made of literals alone."""
    stack = [node]
    while stack:
        match stack.pop():
            case ast.Constant():
                pass
            case ast.BinOp(left=left, right=right):
                stack += (left, right)
            case ast.UnaryOp(operand=operand):
                stack.append(operand)
            case ast.JoinedStr(values=elements) | ast.Tuple(elts=elements) | ast.List(elts=elements):
                stack += elements
            case ast.Dict(keys=keys, values=values):
                if None in keys:
                    return False
                stack += (*(key for key in keys if key is not None), *values)
            case _:
                return False
    return True


def text_parts(node: ast.expr) -> Iterator[ast.expr]:
    """Yield the expressions whose values a text shows; for anything that is no text, the expression itself.

    Seen through are f-strings, `%`, `+`, `.format()`, `.join()`, `str()` and its like, and what `or`, `and` and
    `if` choose from. Literals are left out.
    """
    stack = [node]
    while stack:
        node = stack.pop()
        inner = _inner_parts(node)
        if inner is None:
            yield node
        else:
            stack += reversed(inner)


def _inner_parts(node: ast.expr) -> list[ast.expr] | None:
    match node:
        case ast.Constant():
            return []
        case ast.JoinedStr(values=values):
            return values
        case ast.FormattedValue(value=value, format_spec=None) | ast.NamedExpr(value=value) | ast.Await(value=value):
            return [value]
        case ast.FormattedValue(value=value, format_spec=ast.expr() as specification):
            return [value, specification]
        case ast.BinOp(left=left, right=right, op=ast.Add()):
            return [left, right]
        case ast.BinOp(left=left, right=right, op=ast.Mod()):
            return [left, *_elements(right)]
        case ast.BoolOp(op=ast.Or(), values=values):
            return values
        case ast.BoolOp(op=ast.And(), values=[*_, last]):
            return [last]
        case ast.IfExp(body=body, orelse=orelse):
            return [body, orelse]
        case ast.Call(func=ast.Attribute(value=template, attr="format")):
            return [template, *_arguments(node)]
        case ast.Call(func=ast.Attribute(value=separator, attr="join"), args=[joined]) if _is_text(separator):
            return [separator, *_elements(joined)]
        case ast.Call(func=ast.Name(id=name)) if name in _CONVERSIONS:
            return _arguments(node)
    return None


def _arguments(call: ast.Call) -> list[ast.expr]:
    return [*(_unstarred(argument) for argument in call.args), *(keyword.value for keyword in call.keywords)]


def _elements(node: ast.expr) -> list[ast.expr]:
    match node:
        case ast.Tuple(elts=elements) | ast.List(elts=elements):
            return [_unstarred(element) for element in elements]
        case ast.Dict(values=values):
            return values
    return [node]


def _unstarred(node: ast.expr) -> ast.expr:
    return node.value if isinstance(node, ast.Starred) else node


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))
