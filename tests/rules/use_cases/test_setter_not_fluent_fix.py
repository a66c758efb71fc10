"""What the fix of setter-not-fluent writes, and where there is none."""

from pathlib import Path
from textwrap import dedent, indent

import pytest

from tests.fixes import check, fixed

CODE = "PYA308"
NAME = "src/shop/usecases/borrow_book.py"
CLASS = "class BorrowBookUseCase:\n    def execute(self) -> None: ...\n"

FIXED = """
def set_a(self, a: str):
    self._a = a
---
def set_a(self, a: str):
    self._a = a
    return self
===
def set_a(self, a: str) -> None:
    self._a = a  # kept
---
def set_a(self, a: str) -> "BorrowBookUseCase":
    self._a = a  # kept
    return self
===
def set_a(self, a: str) -> None:
    if a:
        self._a = a
    # end
---
def set_a(self, a: str) -> "BorrowBookUseCase":
    if a:
        self._a = a
    return self
    # end
===
def set_a(self, a): self._a = a
---
def set_a(self, a): self._a = a; return self
===
x = "ä"
def set_ä(self, ä): self._ä = ä  # ä
---
x = "ä"
def set_ä(self, ä): self._ä = ä; return self  # ä
===
def set_a(self, a): self._a = a;
---
def set_a(self, a): self._a = a; return self;
===
def set_a(this, a) -> "object":
    if not a:
        return
    this._a = a
    return None
---
def set_a(this, a) -> "BorrowBookUseCase":
    if not a:
        return this
    this._a = a
    return this
===
def set_a(self, a: str) -> object:
    return self
---
def set_a(self, a: str) -> "BorrowBookUseCase":
    return self
===
class InnerUseCase:
    def set_a(self, a) -> None:
        self._a = a; x = 1

    def execute(self): ...
---
class InnerUseCase:
    def set_a(self, a) -> "BorrowBookUseCase.InnerUseCase":
        self._a = a; x = 1
        return self

    def execute(self): ...
===
def set_a(self, a):
    try:
        self._a = int(a)
    except ValueError:
        return
---
def set_a(self, a):
    try:
        self._a = int(a)
    except ValueError:
        return self
    return self
===
async def set_a(self, a) -> (
    None  # nothing
):
    self._a = 1
---
async def set_a(self, a) -> (
    "BorrowBookUseCase"  # nothing
):
    self._a = 1
    return self
===
def set_a(self, a):
    self._a = 1
def set_b(self, b):
    self._b = b
---
def set_a(self, a):
    self._a = 1
    return self
def set_b(self, b):
    self._b = b
    return self
"""

LEFT_ALONE = """
def set_a(self, a):
    self._a = a
    return a
===
def set_a(self, a):
    if a:
        return a
    self._a = a
===
def set_a(self, a):
    yield self
===
def set_a(*a):
    pass
===
def set_a(self, a) -> dict[
    str, str  # nothing
]:
    self._a = a
===
def set_a(self, a):
    return (
        None  # nothing
    )
"""


def of_class(setter: str) -> str:
    return CLASS + indent(dedent(setter).strip("\n") + "\n", "    ")


@pytest.mark.parametrize("case", FIXED.split("===\n"))
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_what_is_written(case: str, newline: str, tmp_path: Path) -> None:
    before, after = (of_class(part).replace("\n", newline) for part in case.split("---\n"))
    assert fixed(tmp_path, CODE, before, NAME) == after
    assert check(tmp_path, CODE, after, NAME) == []


def test_at_the_end_of_a_file_without_newline(tmp_path: Path) -> None:
    text = CLASS + "    def set_a(self, a):\n\t    self._a = a"
    assert fixed(tmp_path, CODE, text, NAME) == f"{text}\n\t    return self"


def test_after_a_text_of_several_lines(tmp_path: Path) -> None:
    text = CLASS + '    def set_a(self, a):\n        self._a = """\nx"""\n'
    assert fixed(tmp_path, CODE, text, NAME) == f"{text}        return self\n"


@pytest.mark.parametrize(
    ("head", "annotation"),
    [
        ("from typing import Self\n", "Self"),
        ("from typing_extensions import Self\n", "Self"),
        ("from typing import Self as Me\n", '"BorrowBookUseCase"'),
        ("from somewhere import Self\n", '"BorrowBookUseCase"'),
        ("if TYPE_CHECKING:\n    from typing import Self\n", '"BorrowBookUseCase"'),
        ("import typing\n", '"BorrowBookUseCase"'),
    ],
)
def test_the_annotation(head: str, annotation: str, tmp_path: Path) -> None:
    text = f"{head}{CLASS}    def set_a(self, a) -> None:\n        self._a = a\n"
    expected = f"{head}{CLASS}    def set_a(self, a) -> {annotation}:\n        self._a = a\n        return self\n"
    assert fixed(tmp_path, CODE, text, NAME) == expected


def test_self_does_not_fit_an_annotated_receiver(tmp_path: Path) -> None:
    text = f'from typing import Self\n{CLASS}    def set_a(self: "X", a) -> None:\n        return self\n'
    assert '-> "BorrowBookUseCase":' in fixed(tmp_path, CODE, text, NAME)


@pytest.mark.parametrize("setter", LEFT_ALONE.split("===\n"))
def test_what_is_not_certain_is_not_fixed(setter: str, tmp_path: Path) -> None:
    findings = check(tmp_path, CODE, of_class(setter), NAME)
    assert [finding.fix for finding in findings] == [None]


def test_a_line_that_goes_on_is_not_touched(tmp_path: Path) -> None:
    [finding] = check(tmp_path, CODE, f"{CLASS}    def set_a(self, a):\n        self._a = a \\\n\n", NAME)
    assert finding.fix is None


def test_the_fix_is_safe(tmp_path: Path) -> None:
    [finding] = check(tmp_path, CODE, f"{CLASS}    def set_a(self, a): ...\n", NAME)
    assert finding.fix is not None
    assert finding.fix.is_safe
    assert finding.fix.message == "Return self"
