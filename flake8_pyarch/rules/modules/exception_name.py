"""PYA217."""

import ast
import builtins
from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import Module
from flake8_pyarch.source.classes import ClassModel
from flake8_pyarch.source.exceptions.classes import BUILTIN_EXCEPTIONS, is_exception_class

__all__ = ["ExceptionName"]

_GROUP = "Group"
_NOT_CONTROL_FLOW = (Exception, BaseExceptionGroup)


class ExceptionName(Rule):
    """The name of an exception class does not say that it is one.

    ## Why is this bad?
    `except BookNotFound` could be anything; `BookNotFoundError` can only be an exception. The ending shows it where
    the name is imported, raised, caught or documented, keeps it apart from the entity of the same name, and follows
    Python's own exceptions. Warnings end with `Warning` for the same reason.

    ## Example
    ```python path=shop/domain/errors.py
    class BookNotFound(Exception):
        pass
    ```

    ## Use instead
    ```python path=shop/domain/errors.py
    class BookNotFoundError(Exception):
        pass
    ```

    ## Options
    - `exception-suffixes`, `extend-exception-suffixes`: the accepted endings; preset `clean` adds `Exception`

    ## Known problems
    Whether a class is an exception is told by its bases, followed through the file: one from another module counts if
    its name ends with `Error` or `Exception`. Classes that come from `BaseException`, `KeyboardInterrupt` or the like,
    but not from `Exception`, steer the program and may be called anything. Groups of exceptions may end with `Group`.

    Ruff's N818 looks at the class's own plain bases and only at their names: `Exception`, or whatever ends with
    `Error`, be it an exception or not. It does not see bases reached through other classes or modules
    (`errors.ShopError`), bases that end with `Exception`, and warnings, and it accepts no other ending than `Error`.
    """

    code = "PYA217"
    message = "exception class '{name}' does not end with {suffixes}: rename it, so that its name says what it is"
    twins = ("N818",)

    def visit_ClassModel(self, model: ClassModel, module: Module) -> Iterator[Finding]:
        if not model.bases or not is_exception_class(model):
            return
        suffixes = _accepted_suffixes(model, module)
        if suffixes and not model.name.endswith(suffixes):
            shown = " or ".join(f"'{suffix}'" for suffix in suffixes if suffix != _GROUP)
            twin = "N818" if _is_bad_to_ruff(model.node) else None
            yield self.finding(module.name_span(model.node), twin=twin, name=model.name, suffixes=shown)


def _accepted_suffixes(model: ClassModel, module: Module) -> tuple[str, ...]:
    """Return the endings that an exception's name may have, nothing where it may have any."""
    if "builtins.BaseException" in model.base_names:
        return ()
    names = [name for _, name in model.foreign_bases]
    builtin = [getattr(builtins, name.rpartition(".")[2]) for name in names if name and name in BUILTIN_EXCEPTIONS]
    if len(builtin) == len(names) and not any(issubclass(each, _NOT_CONTROL_FLOW) for each in builtin):
        return ()
    if builtin and all(issubclass(each, Warning) for each in builtin):
        return ("Warning",)
    suffixes = module.settings.exception_suffixes
    if any(issubclass(each, Warning) for each in builtin):
        suffixes += ("Warning",)
    return (*suffixes, _GROUP) if any(issubclass(each, BaseExceptionGroup) for each in builtin) else suffixes


def _is_bad_to_ruff(node: ast.ClassDef) -> bool:
    bases = {base.id for base in node.bases if isinstance(base, ast.Name)}
    return not node.name.endswith("Error") and any(name == "Exception" or name.endswith("Error") for name in bases)
