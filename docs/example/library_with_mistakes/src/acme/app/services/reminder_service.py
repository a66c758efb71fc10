"""Reminds borrowers of the books they have."""

import smtplib

import structlog
from sqlalchemy import create_engine, text

logger = structlog.stdlib.get_logger()


class ReminderService:
    """Writes to borrowers."""

    def __init__(self) -> None:
        self._engine = create_engine("postgresql://library:Tr0ub4dor@db/library")

    def remind(self, borrower: str, book_id: str, mail_password: str) -> None:
        """Write to a borrower that a book is due."""
        logger.debug("Logging in to the mail server", password=mail_password)
        with smtplib.SMTP("mail.acme.test") as mail:
            mail.login("library", mail_password)
            mail.sendmail("library@acme.test", borrower, "Your book is due")
        logger.info("Reminder for book %s sent" % book_id)

    def cancel(self, book_id: str) -> None:
        """Forget about a book."""
        with self._engine.begin() as connection:
            connection.execute(text("DELETE FROM reminders WHERE book_id = :book_id"), {"book_id": book_id})
        logger.info("Reminder for book " + book_id + " cancelled")
