"""Answers to errors that no route expects."""

import structlog
from fastapi import Request, status
from fastapi.responses import JSONResponse

logger = structlog.stdlib.get_logger()


async def answer_use_case_error(request: Request, error: Exception) -> JSONResponse:
    """Log the error in full and tell the caller no more than that there was one."""
    logger.error("Use case failed", path=request.url.path, exc_info=error)
    return JSONResponse(
        status_code=status.HTTP_500_INTERNAL_SERVER_ERROR,
        content={"detail": "Something went wrong"},
    )
