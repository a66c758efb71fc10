"""The routes of books."""

import structlog
from fastapi import APIRouter, Depends, Header, HTTPException
from sqlalchemy.orm import Session

from acme.app.config.app_config import settings
from acme.app.domain.entities.book import Book
from acme.app.persistence.repositories.book_repository import SqlBookRepository, engine
from acme.app.services.reminder_service import ReminderService
from acme.app.usecases.borrowers.borrow_book import BookNotAvailableError, BorrowBookUseCase
from acme.app.usecases.borrowers.return_book import ReturnBookUseCase, UseCaseError

logger = structlog.stdlib.get_logger()
router = APIRouter(prefix="/books", tags=["books"])


def get_session() -> Session:
    """Return a session."""
    session = Session(engine)
    return session


def get_repository(session: Session = Depends(get_session())):
    """Return the store."""
    return SqlBookRepository(session)


def get_borrow_book_use_case() -> BorrowBookUseCase:
    """Return a use case for this request alone."""
    return BorrowBookUseCase()


def require_token(x_api_token: str = Header()) -> None:
    """Refuse strangers."""
    if x_api_token != settings.api_token:
        raise HTTPException(status_code=401, detail=f"Unknown token {x_api_token}")


@router.get("/{book_id}", dependencies=[Depends(require_token)])
def read_book(book_id: str, session=Depends(get_session)) -> Book | None:
    """Return a book."""
    return SqlBookRepository(session).find_by_id(book_id)


@router.post("/{book_id}/borrow", dependencies=[Depends(require_token)])
def borrow_book(
    book_id: str,
    borrower_id: str,
    use_case: BorrowBookUseCase = Depends(get_borrow_book_use_case),
) -> Book:
    """Lend a book to a borrower."""
    use_case.set_book_id(book_id)
    use_case.set_borrower_id(borrower_id)
    try:
        use_case.execute()
    except BookNotAvailableError:
        raise HTTPException(status_code=409, detail="Book not available")
    except Exception as error:
        logger.error("Could not lend the book")
        raise HTTPException(status_code=500, detail=str(error))
    return use_case.book


@router.post("/{book_id}/return", dependencies=[Depends(require_token)])
def return_book(
    book_id: str,
    repository: SqlBookRepository = Depends(get_repository),
    reminders: ReminderService = Depends(get_borrow_book_use_case),
) -> int:
    """Take a book back, and answer what the borrower owes."""
    use_case = ReturnBookUseCase(repository, reminders).set_book_id(book_id)
    try:
        use_case.execute()
    except UseCaseError:
        raise HTTPException(status_code=409, detail="Book not returned")
    return use_case.fee


@router.post("/borrow", dependencies=[Depends(require_token)])
def borrow_books(book_ids: list[str], lending: BorrowBookUseCase = Depends(get_borrow_book_use_case)) -> list[Book]:
    """Lend several books to a borrower."""
    books = []
    for book_id in book_ids:
        lending.set_book_id(book_id)
        lending.execute()
        books.append(lending.book)
    return books


@router.get("/{book_id}/fee", dependencies=[Depends(require_token)])
def read_fee(
    book_id: str,
    repository: SqlBookRepository = Depends(get_repository),
    service: ReminderService = Depends(),
) -> int:
    """Return what a borrower will owe."""
    late = ReturnBookUseCase(repository, service)
    late._book_id = book_id
    return late.fee
