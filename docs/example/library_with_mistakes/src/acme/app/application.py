"""Puts the service together."""

import structlog
from fastapi import FastAPI

from acme.app.api.books.routes import router as books_router


def create_application() -> FastAPI:
    """Return the service."""
    structlog.configure(processors=[structlog.processors.add_log_level, structlog.processors.JSONRenderer()])
    application = FastAPI(title="Library")
    application.include_router(books_router)
    return application
