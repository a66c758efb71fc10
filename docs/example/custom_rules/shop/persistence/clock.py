"""The clock."""

from datetime import UTC, datetime


def now():
    """Return what time it is."""
    return datetime.now(UTC)
