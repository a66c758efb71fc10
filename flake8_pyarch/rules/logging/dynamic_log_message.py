"""PYA601."""

import ast
import keyword
import re
from collections.abc import Iterator

from flake8_pyarch.checking import Edit, Finding, Fix, Rule
from flake8_pyarch.source import Module
from flake8_pyarch.source.literals import GAP, StaticText, end_of, static_text_of, text_between
from flake8_pyarch.source.logging.log_calls import LogCall, is_seen_by_ruff
from flake8_pyarch.source.secrets.sensitive import is_sensitive
from flake8_pyarch.source.syntax import dotted_name
from flake8_pyarch.source.texts import assembly_of

__all__ = ["DynamicLogMessage"]

_TWINS = {"'.format()'": "G001", "'%'": "G002", "'+'": "G003", "an f-string": "G004"}
_SHORT_FOR_ERROR = frozenset({"e", "err", "ex", "exc"})
_RESERVED = frozenset(
    {"event", "exc_info", "exception", "extra", "level", "logger", "positional_args", "self", "stack_info", "timestamp"}
)


class DynamicLogMessage(Rule):
    """A log message is put together at run time.

    ## Why is this bad?
    A message with values inside is a new message each time. Nobody can count it, alert on it or find all of its kind,
    and the values cannot be searched for. A value that comes from outside may also hold a line break and forge entries
    of its own: log injection. A static event with the values beside it, as attributes, has none of these problems.

    Reported are f-strings with a placeholder, `%` and `+` with anything but literals, `.format()` and `str.join`, as
    the message of any log method, on any logger and on the `logging` module itself. Lazy arguments of the standard
    library, `logger.info("… %s", value)`, keep the message static and are fine here.

    ## Example
    ```python path=shop/usecases/borrow_book.py
    import structlog

    logger = structlog.get_logger()


    def borrow(book_id: str) -> None:
        logger.info(f"book {book_id} borrowed")
    ```

    ## Use instead
    ```python path=shop/usecases/borrow_book.py
    import structlog

    logger = structlog.get_logger()


    def borrow(book_id: str) -> None:
        logger.info("book borrowed", book_id=book_id)
    ```

    ## Options
    - `logger-names`, `extend-logger-names`: names that hold a logger wherever they come from

    ## Known problems
    Ruff's `G001` to `G004` see the same on loggers they know. They do not follow `.bind()` chains, imported loggers,
    names such as `_log`, the async methods, `fatal`, `msg` and `event=`, nor `.join()` and `.format()` of anything but
    a literal. In turn they also report what is static all the same: an f-string without placeholders, literals that
    are added or formatted.

    ## Fix safety
    The fix writes a static event and passes the values as keywords. It is unsafe: the text of the log entry changes,
    and whatever reads the old text no longer finds it. It is offered only for loggers that are known to be structlog's,
    where every placeholder is a plain name or attribute without format or conversion, and where the keywords clash
    with nothing, are no secrets and no correlation IDs. Check the event that is left: it should still read well.
    """

    code = "PYA601"
    message = "log message is built with {how}: log a static event and pass the values {remedy}"
    twins = ("G001", "G002", "G003", "G004")
    is_fixable = True

    def visit_LogCall(self, log: LogCall, module: Module) -> Iterator[Finding]:
        how = assembly_of(log.event)
        if log.event is None or how is None:
            return
        yield self.finding(
            log.event,
            how=how,
            remedy="as keywords" if log.is_structlog else "beside it",
            twin=_twin(log, log.event, how, module),
            fix=_fix(log, log.event, module),
        )


def _twin(log: LogCall, event: ast.expr, how: str, module: Module) -> str | None:
    is_format_of_name = isinstance(event, ast.Call) and not isinstance(getattr(event.func, "value", None), ast.Constant)
    if is_format_of_name or log.keyword("event") is event:
        return None
    return _TWINS.get(how) if is_seen_by_ruff(log, module) else None


def _fix(log: LogCall, event: ast.expr, module: Module) -> Fix | None:
    if not log.is_structlog or log.values or log.has_unknown_keywords() or not _is_bare(log, event, module):
        return None
    text = static_text_of(event, module.lines)
    context = _context(log, text, module) if text is not None else None
    if text is None or context is None:
        return None
    *pieces, last = (Edit(*piece) for piece in text.pieces)
    whole = last._replace(text=last.text + "".join(f", {key}={value}" for key, value in context.items()))
    return Fix("Log a static event and pass the values as keywords", (*pieces, whole), is_safe=False)


def _is_bare(log: LogCall, event: ast.expr, module: Module) -> bool:
    """Tell whether the event stands directly in the argument list, without parentheses round it."""
    call = log.call
    named = next((argument for argument in call.keywords if argument.value is event), None)
    if named is not None:
        begin, opening = (named.lineno, named.col_offset), r"event\s*="
    elif call.args[0] is event:
        begin, opening = end_of(call.func), r"\s*\("
    else:
        begin, opening = end_of(call.args[0]), r"\s*,"
    before = text_between(module.lines, begin, (event.lineno, event.col_offset))
    return re.fullmatch(rf"{opening}{GAP}", before) is not None


def _context(log: LogCall, text: StaticText, module: Module) -> dict[str, str] | None:
    """Return keyword → value for what stood in the placeholders, None where a keyword would not do."""
    context: dict[str, str] = {}
    taken = _RESERVED.union(module.settings.correlation_keys, (argument.arg or "" for argument in log.call.keywords))
    for given, node in text.values:
        value = dotted_name(node) or ""
        key = given or _key(value)
        if key in taken or not key.isidentifier() or keyword.iskeyword(key) or context.get(key, value) != value:
            return None
        if is_sensitive(key, module.settings) or is_sensitive(value, module.settings):
            return None
        context[key] = value
    return context


def _key(name: str) -> str:
    """Return the keyword for a name or attribute: `book_id` for `book_id`, `self._book_id` and `book.id`."""
    parts = [part.strip("_") for part in name.split(".")]
    own = parts[1:] if parts[0] in {"self", "cls"} and len(parts) > 1 else parts
    key = "_".join(part for part in own if part)
    return "error" if key in _SHORT_FOR_ERROR else key
