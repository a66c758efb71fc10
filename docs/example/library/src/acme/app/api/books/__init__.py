"""Books over HTTP."""

from acme.app.api.books.routes import router

__all__ = ["router"]
