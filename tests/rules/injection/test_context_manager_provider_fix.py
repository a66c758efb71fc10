"""What the fix of context-manager-provider writes, and where there is none."""

from pathlib import Path

import pytest

from tests.fixes import check, fixed

HEAD = "import contextlib\nfrom contextlib import contextmanager as manager\nfrom fastapi import Depends\n"
FUNCTION = "def get_session():\n    yield 1\n"
TAIL = "def a(session=Depends(get_session)): ...\n"

FIXED = [
    ("@manager\n", ""),
    ("@contextlib.contextmanager\n", ""),
    ("@ manager \n", ""),
    ("@manager  # for scripts\n", "# for scripts\n"),
    ("@print\n@manager\n# a session\n@repr\n", "@print\n# a session\n@repr\n"),
]

LEFT_ALONE = [
    (f"@(manager)\n{FUNCTION}", TAIL),
    (f"@manager \\\n\n{FUNCTION}", TAIL),
    (f"@(\n    manager\n)\n{FUNCTION}", TAIL),
    (f"@manager\n{FUNCTION}", f"{TAIL}with get_session() as session: ...\n"),
    (f"@manager\n{FUNCTION}", f"{TAIL}sessions = [get_session]\n"),
    ("if 1:\n  @manager\n  def get_session(): yield 1\nelse:\n  get_session = None\n", TAIL),
]


@pytest.mark.parametrize(("before", "after"), FIXED)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_the_decorator_goes(before: str, after: str, newline: str, tmp_path: Path) -> None:
    text = (HEAD + before + FUNCTION + TAIL).replace("\n", newline)
    assert fixed(tmp_path, "PYA405", text) == (HEAD + after + FUNCTION + TAIL).replace("\n", newline)


def test_the_indentation_stays(tmp_path: Path) -> None:
    text = f"{HEAD}class Books:\n\t@staticmethod\n\t@manager  # ä\n\tdef b(): yield 1\n\tdef a(c=Depends(b)): ...\n"
    assert fixed(tmp_path, "PYA405", text) == text.replace("@manager  # ä", "# ä")


@pytest.mark.parametrize(("function", "tail"), LEFT_ALONE)
def test_there_is_no_fix(function: str, tail: str, tmp_path: Path) -> None:
    findings = check(tmp_path, "PYA405", HEAD + function + tail)
    assert [finding.fix for finding in findings] == [None]


def test_the_fix_is_safe(tmp_path: Path) -> None:
    [finding] = check(tmp_path, "PYA405", f"{HEAD}@manager\n{FUNCTION}{TAIL}")
    assert finding.fix is not None
    assert finding.fix.is_safe
    assert finding.fix.message == "Remove '@manager'"
