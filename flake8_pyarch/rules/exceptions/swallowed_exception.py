"""PYA507."""

import ast
from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.checking.rule import Span
from flake8_pyarch.source import Module
from flake8_pyarch.source.exceptions.classes import GENERIC_EXCEPTIONS, catches_everything, is_named_directly

__all__ = ["SwallowedException"]

_SUPPRESS = "contextlib.suppress"


class SwallowedException(Rule):
    """Everything that may go wrong is caught, and nobody hears of it.

    ## Why is this bad?
    `except Exception: pass` hides the error it was written for, and every other: the misspelt attribute, the full disk,
    the bug of next year. The program goes on with half the work done, and the log says nothing. Catch what you expect;
    log or raise what you do not.

    Reported is a handler that is bare or catches `Exception` or `BaseException`, alone or in a tuple, and whose body
    consists of nothing but `pass`, `continue`, `...`, `return` and `return None`; and `contextlib.suppress(Exception)`.

    ## Example
    ```python path=shop/external/mail.py
    def notify(send) -> None:
        try:
            send("Your book is due")
        except Exception:
            pass
    ```

    ## Use instead
    ```python path=shop/external/mail.py
    import structlog

    logger = structlog.stdlib.get_logger()


    def notify(send) -> None:
        try:
            send("Your book is due")
        except ConnectionError:
            logger.exception("Reminder not sent")
    ```

    ## Known problems
    Any other statement in the handler silences the rule: `return False`, `break`, a default that is assigned, a helper
    that is called.

    Ruff splits this: `S110` reports a lone `pass`, `S112` a lone `continue`, `E722` every bare `except`, `BLE001` every
    `except Exception` that does not log or raise. None of them knows `contextlib.suppress`, nor a type that hides
    behind a variable.
    """

    code = "PYA507"
    message = "{what} hides whatever goes wrong: catch what you expect, and log or raise the rest"
    twins = ("S110", "S112", "BLE001", "E722")

    def visit_ExceptHandler(self, handler: ast.ExceptHandler, module: Module) -> Iterator[Finding]:
        if all(map(_does_nothing, handler.body)) and catches_everything(handler, module):
            what = "bare 'except'" if handler.type is None else "'except' of every exception"
            yield self.finding(_head(handler), what=what, twin=_twins(handler, module))

    def visit_Module(self, _: ast.Module, module: Module) -> Iterator[Finding]:
        if "contextlib" not in module.imported_packages:
            return
        names = {entry.bound for entry in module.static_imports if entry.qualified_name == _SUPPRESS} | {"suppress"}
        for call in module.syntax.of(ast.Call):
            match call.func:
                case ast.Name(id=name) | ast.Attribute(attr=name) if name in names:
                    everything = any(module.resolve(argument) in GENERIC_EXCEPTIONS for argument in call.args)
                    if everything and module.resolve(call.func) == _SUPPRESS:
                        yield self.finding(call, what="'suppress' of every exception")


def _does_nothing(statement: ast.stmt) -> bool:
    match statement:
        case ast.Pass() | ast.Continue() | ast.Expr(value=ast.Constant()):
            return True
        case ast.Return(value=None | ast.Constant(value=None)):
            return True
    return False


def _head(handler: ast.ExceptHandler) -> Span:
    """Return where `except` and the type stand; `except` alone where the type ends on another line."""
    end = handler.col_offset + len("except")
    if handler.type is not None and handler.type.end_lineno == handler.lineno:
        end = handler.type.end_col_offset or end
    return handler.lineno, handler.col_offset, end


def _twins(handler: ast.ExceptHandler, module: Module) -> tuple[str, ...]:
    if handler.type is None:
        seen = ("E722",)
    else:
        kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
        if not any(module.resolve(kind) in GENERIC_EXCEPTIONS and is_named_directly(kind, module) for kind in kinds):
            return ()
        seen = ("BLE001",)
    match handler.body:
        case [ast.Pass()]:
            return ("S110", *seen)
        case [ast.Continue()]:
            return ("S112", *seen)
    return seen
