"""The application factory: the one place where the parts are put together."""

from fastapi import FastAPI

from acme.app.api.books import router as books_router
from acme.app.api.error_handlers import answer_use_case_error
from acme.app.api.middlewares import add_correlation_id
from acme.app.config import AppConfig
from acme.app.persistence.repositories import InMemoryBookRepository
from acme.app.usecases.borrowers import UseCaseError


def create_application(config: AppConfig | None = None) -> FastAPI:
    """Return the service, configured from the environment unless told otherwise."""
    config = config or AppConfig()
    application = FastAPI(title="Library", debug=config.debug)
    application.state.config = config
    application.state.book_repository = InMemoryBookRepository.from_catalogue(config.database.catalogue)
    application.middleware("http")(add_correlation_id)
    application.add_exception_handler(UseCaseError, answer_use_case_error)
    application.include_router(books_router)
    return application
