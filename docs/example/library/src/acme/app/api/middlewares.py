"""What happens to every request."""

from collections.abc import Awaitable, Callable
from uuid import UUID, uuid4

from fastapi import Request, Response
from structlog.contextvars import bind_contextvars, clear_contextvars

CORRELATION_ID_HEADER = "X-Correlation-ID"


async def add_correlation_id(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    """Give the request an id that stands in every log entry about it, and in the answer."""
    correlation_id = _accepted(request.headers.get(CORRELATION_ID_HEADER)) or str(uuid4())
    clear_contextvars()
    bind_contextvars(correlation_id=correlation_id)
    response = await call_next(request)
    response.headers[CORRELATION_ID_HEADER] = correlation_id
    return response


def _accepted(given: str | None) -> str | None:
    """Return the caller's id where it is a UUID, since anything else would let callers write into our logs."""
    try:
        return str(UUID(given)) if given else None
    except ValueError:
        return None
