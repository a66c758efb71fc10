"""PYA608."""

import ast
from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import Module
from flake8_pyarch.source.lists import list_elements
from flake8_pyarch.source.syntax import dotted_name, without_call
from flake8_pyarch.source.words import split_words

__all__ = ["CorrelationProcessorMissing"]

_PROCESSORS_POSITION = {"structlog.configure": 0, "structlog.configure_once": 0, "structlog.wrap_logger": 1}
_CORRELATING = frozenset({"correlation", "request", "trace", "otel", "opentelemetry", "context", "contextvars", "span"})


class CorrelationProcessorMissing(Rule):
    """structlog is configured without a processor that adds correlation IDs.

    ## Why is this bad?
    A request leaves entries in many modules and many services. Only an ID that every entry carries ties them together.
    A processor adds it to all of them: `merge_contextvars` whatever the middleware has bound, a tracing processor the
    ID of the trace. Without one, somebody has to pass the ID by hand, and forgets.

    ## Example
    ```python path=shop/config/logs.py
    import structlog

    structlog.configure(processors=[structlog.processors.add_log_level, structlog.processors.JSONRenderer()])
    ```

    ## Use instead
    ```python path=shop/config/logs.py
    import structlog

    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.JSONRenderer(),
        ]
    )
    ```

    ## Known problems
    A processor is judged by its name: one of its words has to be `correlation`, `request`, `trace`, `otel`,
    `opentelemetry`, `context`, `contextvars` or `span`. A list that the file does not show in full is never reported.
    """

    code = "PYA608"
    message = (
        "structlog is configured without a processor for correlation IDs: add 'structlog.contextvars.merge_contextvars'"
    )
    packages = frozenset({"structlog"})

    def visit_Call(self, call: ast.Call, module: Module) -> Iterator[Finding]:
        processors = _processors(call, module)
        elements = list_elements(processors, module) if processors is not None else None
        if processors is not None and elements and not any(_correlates(each, module) for each in elements):
            yield self.finding(processors)


def _processors(call: ast.Call, module: Module) -> ast.expr | None:
    position = _PROCESSORS_POSITION.get(module.resolve(call.func) or "")
    if position is None:
        return None
    positional = call.args[position] if len(call.args) > position else None
    return next((keyword.value for keyword in call.keywords if keyword.arg == "processors"), positional)


def _correlates(processor: ast.expr, module: Module) -> bool:
    function = without_call(processor)
    names = (dotted_name(function), module.resolve(function))
    return any(not _CORRELATING.isdisjoint(split_words(name)) for name in names if name is not None)
