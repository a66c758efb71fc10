"""Which classes are use cases, and what goes into them and comes out."""

from pathlib import Path

import pytest

from flake8_pyarch.source.use_cases import UseCaseModel
from tests.source.projects import Project

FILES = "src/shop/__init__.py src/shop/usecases/__init__.py src/shop/usecases/borrow_book.py src/shop/api/__init__.py"
OUTSIDE = "src/shop/lending.py"
INSIDE = "src/shop/usecases/borrow_book.py"
METHOD = "def execute(self): ..."


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path, FILES)


def names(project: Project, text: str, path: str = OUTSIDE) -> list[str]:
    return [use_case.name for use_case in project.module(path, text).use_cases]


def only(project: Project, text: str) -> UseCaseModel:
    (use_case,) = project.module(OUTSIDE, text).use_cases
    return use_case


@pytest.mark.parametrize("name", ["BorrowBookUseCase", "BorrowBookUsecase", "BorrowBookInteractor", "UseCase"])
def test_a_name_makes_a_use_case(project: Project, name: str) -> None:
    assert names(project, f"class {name}:\n    def run(self): ...") == [name]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (INSIDE, ["BorrowBook"]),
        ("src/shop/use_cases/books/lend.py", ["BorrowBook"]),
        ("src/shop/interactors/lend.py", ["BorrowBook"]),
        ("src/shop/usecases.py", []),
        (OUTSIDE, []),
    ],
)
def test_execute_in_a_use_case_package_makes_one(project: Project, path: str, expected: list[str]) -> None:
    assert names(project, f"class BorrowBook:\n    {METHOD}\nclass Helper:\n    def run(self): ...", path) == expected


def test_settings_decide(tmp_path: Path) -> None:
    project = Project(tmp_path, FILES, use_case_suffixes=["Command"], use_case_method="run")
    text = "class BorrowBookCommand:\n    def go(self): ...\nclass BorrowBook:\n    def run(self): ..."
    assert names(project, text, INSIDE) == ["BorrowBookCommand", "BorrowBook"]


@pytest.mark.parametrize(
    "text",
    [
        f"from typing import Protocol\nclass BorrowUseCase(Protocol):\n    {METHOD}",
        f"import typing\nclass BorrowUseCase(typing.Protocol[T]):\n    {METHOD}",
        f"from abc import ABC, abstractmethod\nclass BorrowUseCase(ABC):\n    @abstractmethod\n    {METHOD}",
        f"import abc\nclass BorrowUseCase(abc.ABC):\n    @abc.abstractmethod\n    def go(self): ...\n    {METHOD}",
        f"class BorrowUseCase(Exception):\n    {METHOD}",
        f"from pydantic import BaseModel\nclass BorrowUseCase(BaseModel):\n    {METHOD}",
        f"from enum import Enum\nclass BorrowUseCase(Enum):\n    {METHOD}",
        f"from enum import StrEnum\nclass Kind(StrEnum): ...\nclass BorrowUseCase(Kind):\n    {METHOD}",
        f"from typing import TypedDict\nclass BorrowUseCase(TypedDict):\n    {METHOD}",
        f"from typing import NamedTuple\nclass BorrowUseCase(NamedTuple):\n    {METHOD}",
        "class BorrowUseCase: ...",
        "class BorrowUseCase:\n    book = 1",
        "class BorrowUseCase:\n    def __init__(self): ...\n    def __call__(self): ...",
    ],
)
def test_what_is_none(project: Project, text: str) -> None:
    assert names(project, text) == []


def test_an_implementation_is_one_although_its_interface_is_not(project: Project) -> None:
    text = (
        "from abc import ABC, abstractmethod\n"
        f"class IBorrowUseCase(ABC):\n    @abstractmethod\n    {METHOD}\n"
        f"class BorrowUseCase(IBorrowUseCase):\n    {METHOD}\n"
        "class HalfUseCase(IBorrowUseCase):\n    def help(self): ...\n"
    )
    assert names(project, text) == ["BorrowUseCase"]


@pytest.mark.parametrize(
    ("name", "suffix", "bare"),
    [
        ("BorrowBookUseCase", "UseCase", "BorrowBook"),
        ("BorrowBookInteractor", "Interactor", "BorrowBook"),
        ("_BorrowUsecase", "Usecase", "Borrow"),
    ],
)
def test_suffix(project: Project, name: str, suffix: str, bare: str) -> None:
    use_case = only(project, f"class {name}:\n    {METHOD}")
    assert (use_case.suffix, use_case.bare_name) == (suffix, bare)


@pytest.mark.parametrize(
    "name", ["UseCase", "BaseUseCase", "AbstractUseCase", "Interactor", "BaseInteractor", "_Step", "_BorrowUseCase"]
)
def test_bases_and_helpers_by_name(project: Project, name: str) -> None:
    (use_case,) = project.module(INSIDE, f"class {name}:\n    {METHOD}").use_cases
    assert use_case.is_base_or_helper


def test_bases_by_what_derives_from_them(project: Project) -> None:
    text = f"class LendUseCase:\n    {METHOD}\nclass BorrowBookUseCase(LendUseCase):\n    def help(self): ..."
    found = {use_case.name: use_case.is_base_or_helper for use_case in project.module(INSIDE, text).use_cases}
    assert found == {"LendUseCase": True, "BorrowBookUseCase": False}


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("src/shop/usecases/other.py", "class Other(\n    shop.LendUseCase[int], metaclass=M\n):", True),
        ("src/shop/usecases/other.py", "class Other[T](LendUseCase):", True),
        ("src/shop/usecases/other.py", "class Other(XLendUseCase): # LendUseCase", False),
        ("src/shop/usecases/other.py", "class Other(Route[dict[str, LendUseCase]], A[LendUseCase]):", False),
        ("src/shop/usecases/other.py", "LendUseCase()\nclass Other:", False),
        ("src/shop/tests/fakes.py", "class Other(LendUseCase):", False),
        ("tests/fakes.py", "class Other(LendUseCase):", False),
    ],
)
def test_bases_by_what_derives_from_them_elsewhere(project: Project, path: str, text: str, *, expected: bool) -> None:
    file = project.root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    (use_case,) = project.module(INSIDE, f"class LendUseCase:\n    {METHOD}").use_cases
    assert use_case.is_base_or_helper is expected


FULL = """
class BorrowBookUseCase:
    _note: str | None = None

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._book_id: str | None = None
        self._borrower_id = self._day = None
        self._result_book: Book | None = None
        self._fee: int | None = None
        self._unused = None
        self._now = None
        self._now = 1

    def set_book_id(self, book_id: str) -> "BorrowBookUseCase":
        self._book_id = book_id
        return self

    def set_borrower_id(self, borrower_id: str) -> "BorrowBookUseCase":
        self._keep(borrower_id)
        return self

    def set_note(self, note: str) -> "BorrowBookUseCase":
        setattr(self, "_note", note)
        return self

    def set_now(self, now: int) -> "BorrowBookUseCase":
        self._now = now
        return self

    def set_result(self, book: Book) -> "BorrowBookUseCase":
        self._result_book = book
        return self

    @staticmethod
    def set_up() -> None: ...

    def _keep(self, borrower_id: str) -> None:
        self._borrower_id = borrower_id

    @property
    def book(self) -> Book:
        return self._result_book

    @book.setter
    def book(self, book: Book) -> None: ...

    @property
    def fee(self) -> int:
        return self._fee

    @property
    def unused(self) -> int:
        return self._unused

    def execute(self) -> None:
        self._work()

    def _work(self) -> None:
        self._fee = 1
        self._scratch = 2
"""


def test_inputs_and_results(project: Project) -> None:
    use_case = only(project, FULL)
    assert set(use_case.inputs) == {"_book_id", "_borrower_id", "_note"}
    assert set(use_case.empty_attributes) == {
        *("_book_id", "_borrower_id", "_day", "_result_book", "_fee", "_unused", "_note")
    }
    assert [setter.name for setter in use_case.setters] == [
        *("set_book_id", "set_borrower_id", "set_note", "set_now", "set_result")
    ]
    assert use_case.results == {"_result_book", "_fee"}
    assert set(use_case.result_properties) == {"book", "fee"}
    assert [setter.name for setter in use_case.setters_of("_borrower_id")] == ["set_borrower_id"]
    assert use_case.execute is use_case.own_execute is not None


def test_inputs_of_a_dataclass_and_of_an_ancestor(project: Project) -> None:
    text = """
from dataclasses import dataclass, field

class Base:
    def __init__(self):
        self._book_id = None
        self._day = None

    def execute(self): ...

@dataclass
class BorrowBookUseCase(Base):
    _repository: Repository
    _note: str | None = field(default=None, init=False)
    _day = 1

    def set_book_id(self, book_id):
        self._book_id = book_id

    def set_note(self, note):
        self._note, rest = note, 1

    def set_day(self, day):
        self._day = day
"""
    use_case = next(each for each in project.module(OUTSIDE, text).use_cases if each.name == "BorrowBookUseCase")
    assert set(use_case.inputs) == {"_book_id", "_note"}
    assert use_case.own_execute is None
    assert use_case.execute is not None


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ("", False),
        ("(object)", False),
        ("(ABC)", False),
        ("(Generic[T])", False),
        ("(Local)", False),
        ("(Elsewhere)", True),
        ("(unknown.Base)", True),
        ("(factory())", True),
    ],
)
def test_unknown_bases(project: Project, base: str, *, expected: bool) -> None:
    text = (
        "from abc import ABC\nfrom typing import Generic\nfrom shop.base import Elsewhere\nclass Local: ...\n"
        f"class BorrowBookUseCase{base}:\n    {METHOD}"
    )
    assert only(project, text).has_unknown_base is expected


def test_the_style_decides_which_are_setter_property_use_cases(tmp_path: Path) -> None:
    text = f"class BorrowBookUseCase:\n    {METHOD}"
    for style, count in (("setter-property", 1), ("call", 0), ("any", 0)):
        project = Project(tmp_path, FILES, use_case_style=style)
        assert len(project.module(OUTSIDE, text).setter_property_use_cases) == count
