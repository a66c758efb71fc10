"""The routes of books. They speak HTTP and leave the work to the use cases."""

import structlog
from fastapi import APIRouter, Depends, HTTPException, Request, status

from acme.app.api.books.schemas import BookResponse, BorrowerRequest
from acme.app.api.security import require_token
from acme.app.usecases.borrowers import (
    BookChangedError,
    BookNotAvailableError,
    BookNotBorrowedError,
    BookNotFoundError,
    BookRepositoryInterface,
    BorrowBookUseCase,
    ReturnBookUseCase,
)

logger = structlog.stdlib.get_logger()
router = APIRouter(prefix="/books", tags=["books"], dependencies=[Depends(require_token)])


def get_book_repository(request: Request) -> BookRepositoryInterface:
    """Return the store of the application that answers the request."""
    repository: BookRepositoryInterface = request.app.state.book_repository
    return repository


def get_borrow_book_use_case(
    repository: BookRepositoryInterface = Depends(get_book_repository),
) -> BorrowBookUseCase:
    """Return a use case for this request alone."""
    return BorrowBookUseCase(repository)


def get_return_book_use_case(
    repository: BookRepositoryInterface = Depends(get_book_repository),
) -> ReturnBookUseCase:
    """Return a use case for this request alone."""
    return ReturnBookUseCase(repository)


@router.post("/{book_id}/borrow", status_code=status.HTTP_200_OK)
def borrow_book(
    book_id: str,
    borrower: BorrowerRequest,
    use_case: BorrowBookUseCase = Depends(get_borrow_book_use_case),
) -> BookResponse:
    """Lend a book to a borrower."""
    try:
        use_case.set_book_id(book_id).set_borrower_id(borrower.borrower_id)
        use_case.execute()
    except BookNotFoundError:
        raise HTTPException(status_code=404, detail="Book not found")
    except (BookNotAvailableError, BookChangedError):
        raise HTTPException(status_code=409, detail="Book not available")
    logger.info("Book borrowed", book_id=use_case.book.id, borrower_id=borrower.borrower_id)
    return BookResponse.model_validate(use_case.book)


@router.post("/{book_id}/return", status_code=status.HTTP_200_OK)
def return_book(
    book_id: str,
    borrower: BorrowerRequest,
    use_case: ReturnBookUseCase = Depends(get_return_book_use_case),
) -> BookResponse:
    """Take a book back from its borrower."""
    try:
        use_case.set_book_id(book_id).set_borrower_id(borrower.borrower_id)
        use_case.execute()
    except BookNotFoundError:
        raise HTTPException(status_code=404, detail="Book not found")
    except (BookNotBorrowedError, BookChangedError):
        raise HTTPException(status_code=409, detail="Book not borrowed by this borrower")
    logger.info("Book returned", book_id=use_case.book.id, borrower_id=borrower.borrower_id)
    return BookResponse.model_validate(use_case.book)
