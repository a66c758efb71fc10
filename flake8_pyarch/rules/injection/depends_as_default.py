"""PYA409."""

import ast
from collections.abc import Iterator

from flake8_pyarch.checking import Edit, Finding, Fix, Rule
from flake8_pyarch.source import Module
from flake8_pyarch.source.classes import Function
from flake8_pyarch.source.injection.depends import DependsCall
from flake8_pyarch.source.literals import end_of, text_between

__all__ = ["DependsAsDefault"]

_ANNOTATED = frozenset({"typing.Annotated", "typing_extensions.Annotated"})
_ROUTERS = frozenset({"fastapi.APIRouter", "fastapi.FastAPI"})
_DEPENDS = frozenset({"fastapi.Depends", "fastapi.Security"})
_ROUTES = frozenset({"get", "post", "put", "patch", "delete", "head", "options", "trace"})


class DependsAsDefault(Rule):
    """A dependency is declared as a parameter's default value instead of in its type.

    ## Why is this bad?
    `session: Session = Depends(get_session)` says that the default of a session is something that is no session. Who
    calls the function directly, in a test or from another function, and forgets the argument, gets the `Depends`
    object. `Annotated[Session, Depends(get_session)]` keeps the type and the default honest, can be given a name, and
    does not care which parameters have defaults.

    The rule is off because both forms work, and many projects keep to the older one.

    ## Example
    ```python path=shop/api/books.py
    from fastapi import Depends
    from sqlalchemy.orm import Session

    from shop.api.providers import get_session


    def list_books(session: Session = Depends(get_session)) -> list[str]:
        return []
    ```

    ## Use instead
    ```python path=shop/api/books.py
    from typing import Annotated

    from fastapi import Depends
    from sqlalchemy.orm import Session

    from shop.api.providers import get_session


    def list_books(session: Annotated[Session, Depends(get_session)]) -> list[str]:
        return []
    ```

    ## Options
    - `depends-functions`, `extend-depends-functions`: what counts as `Depends`

    ## Known problems
    `FAST002` looks only at route handlers whose router is made in the same file, or is an annotated parameter, and
    only at `Depends` and `Security` imported from `fastapi`; of these it also reports `Query`, `Path` and their like.
    This rule looks at every function, providers and constructors included.

    ## Fix safety
    The parameter loses its default, so a direct call without the argument stops working: the fix is unsafe. It adds the
    import of `Annotated` where there is none. There is no fix where a parameter before it keeps a default, for Python
    does not allow that; where that one is a dependency too, the fix comes in the next round.
    """

    code = "PYA409"
    message = "dependency '{name}' is declared as a default value: declare it in the type, with 'Annotated'"
    on_by_default = False
    twins = ("FAST002",)
    is_fixable = True

    def visit_DependsCall(self, entry: DependsCall, module: Module) -> Iterator[Finding]:
        parameter, function = entry.parameter, entry.function
        if function is None or parameter is None or not entry.is_default or parameter.annotation is None:
            return
        if _is_annotated(parameter.annotation, module):
            return
        twin = "FAST002" if _is_seen_by_ruff(entry, function, module) else None
        fix = _move_into_type(entry.call, parameter, parameter.annotation, function, module)
        yield self.finding(entry.call, name=parameter.arg, twin=twin, fix=fix)


def _is_annotated(annotation: ast.expr, module: Module) -> bool:
    return isinstance(annotation, ast.Subscript) and module.resolve(annotation.value) in _ANNOTATED


def _is_seen_by_ruff(entry: DependsCall, function: Function, module: Module) -> bool:
    return module.resolve(entry.call.func) in _DEPENDS and any(
        _is_made_here(decorator.func.value, module)
        for decorator in function.decorator_list
        if isinstance(decorator, ast.Call)
        and isinstance(decorator.func, ast.Attribute)
        and decorator.func.attr in _ROUTES
    )


def _is_made_here(router: ast.expr, module: Module) -> bool:
    """Tell whether a router is a name for what this file makes, or for a parameter annotated as a router."""
    for binding in module.bindings(router) if isinstance(router, ast.Name) else ():
        made_by = binding.func if isinstance(binding, ast.Call) else None
        annotation = binding.annotation if isinstance(binding, ast.arg) else None
        if any(node is not None and module.resolve(node) in _ROUTERS for node in (made_by, annotation)):
            return True
    return False


def _move_into_type(
    call: ast.Call, parameter: ast.arg, annotation: ast.expr, function: Function, module: Module
) -> Fix | None:
    if parameter not in function.args.kwonlyargs and _first_default(function) is not call:
        return None
    if text_between(module.lines, end_of(annotation), (call.lineno, call.col_offset)).strip() != "=":
        return None
    name = _name_of_annotated(module)
    line = _line_for_imports(module.tree) if name is None else None
    if name is None and line is None:
        return None
    start = (annotation.lineno, annotation.col_offset)
    edits = (
        *([] if line is None else [Edit(line, 0, line, 0, "from typing import Annotated\n")]),
        Edit(*start, *start, f"{name or 'Annotated'}["),
        Edit(*end_of(annotation), call.lineno, call.col_offset, ", "),
        Edit(*end_of(call), *end_of(call), "]"),
    )
    return Fix("Declare the dependency in the type", edits, is_safe=False)


def _first_default(function: Function) -> ast.expr | None:
    return function.args.defaults[0] if function.args.defaults else None


def _name_of_annotated(module: Module) -> str | None:
    """Return how the file may write `Annotated`, None where it has not imported it."""
    for entry in module.static_imports:
        if entry.bound is None or entry.statement not in module.tree.body:
            continue
        if entry.qualified_name in _ANNOTATED:
            return entry.bound
        if entry.name is None and entry.module in {"typing", "typing_extensions"}:
            return f"{entry.bound}.Annotated"
    return None


def _line_for_imports(tree: ast.Module) -> int | None:
    """Return the line of the first statement after the docstring and the imports from `__future__`.

    It is None where they share a line.
    """
    last_line = 0
    for place, statement in enumerate(tree.body):
        match statement:
            case ast.Expr(value=ast.Constant(value=str())) if place == 0:
                last_line = statement.end_lineno or 1
            case ast.ImportFrom(module="__future__"):
                last_line = statement.end_lineno or 1
            case _:
                line = min([statement.lineno, *(node.lineno for node in getattr(statement, "decorator_list", ()))])
                return line if line > last_line else None
    return None
