"""PYA612."""

import ast
from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import Module
from flake8_pyarch.source.flow import value_before
from flake8_pyarch.source.logging.log_calls import LogCall
from flake8_pyarch.source.logging.loggers import LOG_METHODS
from flake8_pyarch.source.syntax import FUNCTIONS, dotted_name, literal_string
from flake8_pyarch.source.texts import assembly_of, is_static, text_parts

__all__ = ["ComputedLogEvent"]


class ComputedLogEvent(Rule):
    """The event of a log call is a variable.

    ## Why is this bad?
    An event names what happened, so that entries of one kind can be found and counted. What stands in a variable, or
    comes from a call, is a different event each time, may hold anything from outside, and cannot be searched for in the
    code. `logger.exception(error)` says twice what the exception is, and not at all what went wrong.

    Fine are literals, UPPER_CASE constants, members of an enum and their `.value`, and a name that this file binds to
    literals alone, for a message that is then also raised.

    ## Example
    ```python path=shop/usecases/borrow_book.py
    import structlog

    logger = structlog.get_logger()


    def refuse(reason: str) -> None:
        logger.warning(reason)
    ```

    ## Use instead
    ```python path=shop/usecases/borrow_book.py
    import structlog

    logger = structlog.get_logger()


    def refuse(reason: str) -> None:
        logger.warning("borrowing refused", reason=reason)
    ```

    ## Options
    - `logger-names`, `extend-logger-names`: names that hold a logger wherever they come from

    ## Known problems
    Attributes of a class (`Events.created`) are taken for members of an enum. Wrappers are left alone: functions named
    like a log method that hand on a parameter of their own. Texts that are put together in the call itself are
    `PYA601`'s.
    """

    code = "PYA612"
    message = "the event of '{name}' is computed: log a static event and pass the value beside it"

    def visit_LogCall(self, log: LogCall, module: Module) -> Iterator[Finding]:
        event = log.event
        if event is None or not _is_computed(event):
            return
        if not _is_wrapper(event, module) and not _is_fixed(event, module):
            yield self.finding(event, name=log.name)


def _is_computed(event: ast.expr) -> bool:
    match event:
        case ast.Await(value=ast.Call()):
            return True
        case ast.Call():
            return assembly_of(event) is None
        case ast.Subscript(value=owner, slice=key):
            return not (_is_constant(owner) and literal_string(key) is not None)
        case ast.Name() | ast.Attribute():
            return not _is_constant(event)
    return False


def _is_constant(node: ast.expr) -> bool:
    """Tell whether a name says that it is a constant, a member of an enum, or its `.value` or `.name`."""
    if isinstance(node, ast.Attribute) and node.attr in {"name", "value"}:
        node = node.value
    return (dotted_name(node) or "").rpartition(".")[2].isupper() or _is_member(node)


def _is_member(node: ast.expr) -> bool:
    """Tell whether an expression is an attribute of what is named like a class."""
    owner = dotted_name(node.value) if isinstance(node, ast.Attribute) else None
    return owner is not None and owner.rpartition(".")[2].lstrip("_")[:1].isupper()


def _is_fixed(event: ast.expr, module: Module) -> bool:
    """Tell whether a name stands for a literal: `message = "borrowing refused"`, which is then also raised."""
    if not isinstance(event, ast.Name):
        return False
    before = value_before(event, module)
    if before is not None:
        return is_static(before)
    bindings = module.bindings(event)
    return bool(bindings) and all(isinstance(binding, ast.expr) and is_static(binding) for binding in bindings)


def _is_wrapper(event: ast.expr, module: Module) -> bool:
    """Tell whether the event is a parameter of a function that is itself named like a log method, or `str()` of one."""
    bindings = (
        binding for part in text_parts(event) if isinstance(part, ast.Name) for binding in module.bindings(part)
    )
    functions = (module.syntax.parents[module.syntax.parents[each]] for each in bindings if isinstance(each, ast.arg))
    return any(isinstance(each, FUNCTIONS) and each.name.strip("_") in LOG_METHODS for each in functions)
