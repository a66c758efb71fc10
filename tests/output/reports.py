"""Small reports made by hand."""

from collections.abc import Callable, Sequence
from typing import Any

from flake8_pyarch.checking import Edit, Finding, Fix, Identity, Reported
from flake8_pyarch.output.report import Entry, Report

__all__ = ["SMALL", "entry", "report"]

FILES = {
    "/shop/usecases/borrow_book.py": """\
from fastapi import HTTPException

from shop.persistence.orm import Session


class BorrowBookUseCase:
    def execute(self, *, now=clock()):
        raise HTTPException(
            status_code=404,
        )
""",
    "/shop/api/größe.py": 'GRÖSSE = "漢字"; log.info(f"{GRÖSSE}")\n',
}

INWARD = "'shop.persistence' imported in the application layer: depend on a port"
RAISED = "'HTTPException' raised in the application layer: raise an application exception"
BUILT = "'clock()' is built here: inject it"
DYNAMIC = "the event of this log call is not static: log a name and pass 100% of the values as keywords, 'as:this'"


def entry(path: str, finding: Finding, symbol: str = "", digest: str = "0123456789abcdef") -> Entry:
    return Entry(path, Reported(finding, Identity(finding.code, symbol, digest), finding.line))


def report(*entries: Entry, **options: Any) -> Report:
    return Report(entries, _lines_of(FILES), **options)


def _lines_of(files: dict[str, str]) -> Callable[[str], Sequence[str]]:
    return lambda path: files.get(path, "").splitlines(keepends=True)


SMALL = (
    entry(
        "/shop/api/größe.py",
        Finding(
            "PYA601",
            DYNAMIC,
            *(1, 24, 1, 35),
            fix=Fix("Pass the values as keywords", (Edit(1, 24, 1, 35, '"größe", größe=GRÖSSE'),), is_safe=False),
        ),
    ),
    entry("/shop/usecases/borrow_book.py", Finding("PYA101", INWARD, 3, 0, 3, 40)),
    entry(
        "/shop/usecases/borrow_book.py",
        Finding(
            "PYA401",
            BUILT,
            *(7, 29, 7, 36),
            fix=Fix("Inject it", (Edit(7, 28, 7, 36, ": Clock"), Edit(1, 0, 1, 0, "import clocks\n")), is_safe=True),
        ),
        symbol="BorrowBookUseCase.execute",
    ),
    entry(
        "/shop/usecases/borrow_book.py",
        Finding("PYA504", RAISED, 8, 14, 10, 9),
        symbol="BorrowBookUseCase.execute",
    ),
)
