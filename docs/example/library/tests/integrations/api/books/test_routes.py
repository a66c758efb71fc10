from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import SecretStr

from acme.app.api.books.routes import get_book_repository
from acme.app.application import create_application
from acme.app.config import AppConfig, SecurityConfig
from acme.app.domain.entities import Book
from acme.app.persistence.repositories import InMemoryBookRepository
from acme.app.usecases.borrowers import BookRepositoryInterface

TOKEN = "open-sesame"
ADA = {"borrower_id": "ada"}
BOB = {"borrower_id": "bob"}


class BrokenBookRepository(BookRepositoryInterface):
    def find_by_id(self, book_id: str) -> Book | None:
        raise OSError("disk on fire")

    def save(self, book: Book) -> Book:
        raise OSError("disk on fire")


@pytest.fixture
def application(book: Book) -> FastAPI:
    application = create_application(AppConfig(security=SecurityConfig(token=SecretStr(TOKEN))))
    repository = InMemoryBookRepository([book])
    application.dependency_overrides[get_book_repository] = lambda: repository
    return application


@pytest.fixture
def client(application: FastAPI) -> Iterator[TestClient]:
    with TestClient(application, headers={"Authorization": f"Bearer {TOKEN}"}) as client:
        yield client


def test_a_book_is_borrowed_and_returned(client: TestClient) -> None:
    borrowed = client.post("/books/dune/borrow", json=ADA)
    assert borrowed.status_code == 200
    assert borrowed.json() == {"id": "dune", "title": "Dune", "author": "Frank Herbert", "available": False}

    returned = client.post("/books/dune/return", json=ADA)
    assert returned.status_code == 200
    assert returned.json()["available"] is True


@pytest.mark.parametrize("action", ["borrow", "return"])
def test_an_unknown_book_is_not_found(client: TestClient, action: str) -> None:
    response = client.post(f"/books/nowhere/{action}", json=ADA)
    assert (response.status_code, response.json()) == (404, {"detail": "Book not found"})


def test_a_book_is_lent_to_one_borrower_at_a_time(client: TestClient) -> None:
    client.post("/books/dune/borrow", json=ADA)
    assert client.post("/books/dune/borrow", json=BOB).status_code == 409
    assert client.post("/books/dune/return", json=BOB).status_code == 409


@pytest.mark.parametrize("headers", [{"Authorization": "Bearer guessed"}, {"Authorization": ""}])
def test_callers_must_know_the_token(client: TestClient, headers: dict[str, str]) -> None:
    assert client.post("/books/dune/borrow", json=ADA, headers=headers).status_code == 401


def test_unexpected_errors_tell_the_caller_nothing(application: FastAPI, client: TestClient) -> None:
    application.dependency_overrides[get_book_repository] = BrokenBookRepository
    response = client.post("/books/dune/borrow", json=ADA)
    assert (response.status_code, response.json()) == (500, {"detail": "Something went wrong"})


def test_a_correlation_id_is_taken_over_where_it_is_a_uuid(client: TestClient) -> None:
    given = str(uuid4())
    taken_over = client.post("/books/dune/borrow", json=ADA, headers={"X-Correlation-ID": given})
    assert taken_over.headers["X-Correlation-ID"] == given
    replaced = client.post("/books/dune/borrow", json=ADA, headers={"X-Correlation-ID": "forged entry"})
    assert UUID(replaced.headers["X-Correlation-ID"])
