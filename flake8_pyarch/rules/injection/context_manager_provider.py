"""PYA405."""

import ast
from collections.abc import Iterator

from flake8_pyarch.checking import Edit, Finding, Fix, Rule
from flake8_pyarch.patterns import lazy_pattern
from flake8_pyarch.source import Module
from flake8_pyarch.source.injection.callables import is_generator
from flake8_pyarch.source.injection.depends import Provider
from flake8_pyarch.source.syntax import dotted_name

__all__ = ["ContextManagerProvider"]

_DECORATORS = frozenset({"contextlib.contextmanager", "contextlib.asynccontextmanager"})
_DECORATOR_LINE = lazy_pattern(rb"(?P<indent>[ \t]*)@[ \t]*(?P<name>[\w.]+)[ \t]*(?P<comment>#.*)?\r?\n?")


class ContextManagerProvider(Rule):
    """A generator that `Depends` names is decorated as a context manager.

    ## Why is this bad?
    FastAPI makes a context manager of a generator provider by itself: it runs the code up to the `yield`, injects what
    is yielded, and runs the rest after the response. With `@contextmanager` or `@asynccontextmanager` on top, calling
    the provider gives a context manager object, which nobody enters: the route gets that object, or an error on the
    first request.

    ## Example
    ```python path=shop/api/books.py
    from collections.abc import Iterator
    from contextlib import contextmanager

    from fastapi import Depends
    from sqlalchemy.orm import Session

    from shop.persistence.database import engine


    @contextmanager
    def get_session() -> Iterator[Session]:
        with Session(engine) as session:
            yield session


    def list_books(session: Session = Depends(get_session)) -> list[str]:
        return []
    ```

    ## Use instead
    ```python path=shop/api/books.py
    from collections.abc import Iterator

    from fastapi import Depends
    from sqlalchemy.orm import Session

    from shop.persistence.database import engine


    def get_session() -> Iterator[Session]:
        with Session(engine) as session:
            yield session


    def list_books(session: Session = Depends(get_session)) -> list[str]:
        return []
    ```

    ## Known problems
    Only a provider in the file that injects it is seen.

    ## Fix safety
    The decorator's line is removed, but for a comment on it; the import is left to whoever removes unused imports.
    There is no fix where the file uses the function in another way than as a provider. A `with get_session()` in
    another file cannot be seen: keep a decorated twin of the function for it.
    """

    code = "PYA405"
    message = (
        "provider '{name}' is decorated with '{decorator}', so the context manager is injected: remove the decorator"
    )
    is_fixable = True

    def visit_Provider(self, provider: Provider, module: Module) -> Iterator[Finding]:
        function = provider.function
        if not provider.is_injected or not function.decorator_list:
            return
        for decorator in function.decorator_list:
            if module.resolve(decorator) in _DECORATORS and is_generator(function):
                name = (dotted_name(decorator) or "").rpartition(".")[2]
                fix = _removal(decorator, name, module) if _is_only_injected(function.name, module) else None
                yield self.finding(decorator, name=function.name, decorator=name, fix=fix)


def _is_only_injected(name: str, module: Module) -> bool:
    """Tell whether the file never names a function but as the argument of `Depends`."""
    injected = {id(entry.provider) for entry in module.depends_calls}
    return all(id(node) in injected for node in module.syntax.of(ast.Name) if node.id == name)


def _removal(decorator: ast.expr, name: str, module: Module) -> Fix | None:
    line = decorator.lineno
    found = _DECORATOR_LINE().fullmatch(module.lines[line - 1].encode()) if line <= len(module.lines) else None
    if found is None:
        return None
    start, end = (line, len(found["indent"])), (line, found.start("comment"))
    edit = Edit(line, 0, line + 1, 0, "") if found["comment"] is None else Edit(*start, *end, "")
    return Fix(f"Remove '@{name}'", (edit,), is_safe=True)
