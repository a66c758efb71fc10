"""PYA609."""

from collections.abc import Iterator

from flake8_pyarch.checking import Finding, Rule
from flake8_pyarch.source import Module
from flake8_pyarch.source.logging.log_calls import LogCall

__all__ = ["CorrelationIdByHand"]


class CorrelationIdByHand(Rule):
    """A log call passes a correlation ID by hand.

    ## Why is this bad?
    The ID of the request belongs to every entry, so it is bound once, where the request comes in, and a processor adds
    it. Passed by hand it has to travel through every function on the way, and the entries that nobody thought of are
    the ones missing when a request is traced.

    ## Example
    ```python path=shop/usecases/borrow_book.py
    import structlog

    logger = structlog.get_logger()


    def borrow(book_id: str, request_id: str) -> None:
        logger.info("book borrowed", book_id=book_id, request_id=request_id)
    ```

    ## Use instead
    ```python path=shop/api/middleware.py
    import structlog


    def start_request(request_id: str) -> None:
        structlog.contextvars.bind_contextvars(request_id=request_id)
    ```
    ```python path=shop/usecases/borrow_book.py
    import structlog

    logger = structlog.get_logger()


    def borrow(book_id: str) -> None:
        logger.info("book borrowed", book_id=book_id)
    ```

    ## Options
    - `correlation-keys`, `extend-correlation-keys`: keywords that carry a correlation ID
    - `logger-names`, `extend-logger-names`: names that hold a logger wherever they come from

    ## Known problems
    An ID that is not that of the current request, but of another one that the entry is about, deserves a name that
    says so: `failed_request_id`.
    """

    code = "PYA609"
    message = "'{key}' is passed to '{name}' by hand: bind it once with 'bind_contextvars' and let a processor add it"

    def visit_LogCall(self, log: LogCall, module: Module) -> Iterator[Finding]:
        for keyword in log.call.keywords:
            if keyword.arg in module.settings.correlation_keys:
                yield self.finding(keyword, key=keyword.arg, name=log.name)
