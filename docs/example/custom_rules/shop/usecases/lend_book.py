"""Lending a book."""

from datetime import UTC, datetime, timedelta

import structlog

log = structlog.get_logger()


def due_date(book):
    """Return when a book has to be back."""
    due = datetime.now(UTC) + timedelta(days=14)
    log.info("due date set", id=book.book_id)
    return due
