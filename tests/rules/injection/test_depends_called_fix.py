"""What the fix of depends-called writes, and where there is none."""

from pathlib import Path

import pytest

from tests.fixes import check, fixed

HEAD = "from fastapi import Depends\nfrom shop.providers import get_session\nimport shop.providers\n"

FIXED = [
    ("a = Depends(get_session())", "a = Depends(get_session)"),
    ("a = Depends( get_session( ) )  # a session", "a = Depends( get_session )  # a session"),
    ("a = Depends(get_session(\n))", "a = Depends(get_session)"),
    ("a = Depends(get_session\t())", "a = Depends(get_session)"),
    (
        "ä = 'ä', Depends(get_session()), Depends(shop.providers.get_session())",
        "ä = 'ä', Depends(get_session), Depends(shop.providers.get_session)",
    ),
    ("a = Depends(dependency=get_session(), use_cache=False)", "a = Depends(dependency=get_session, use_cache=False)"),
    ("a = Depends((get_session()))", "a = Depends((get_session))"),
    ("a = Depends(\n    get_session(),  # a session\n)", "a = Depends(\n    get_session,  # a session\n)"),
]

LEFT_ALONE = [
    "a = Depends(get_session(  # a session\n))",
    "a = Depends((get_session)())",
    "def page(size) -> int: ...\na = Depends(page(10))",
    "def page(*sizes) -> int: ...\na = Depends(page(*[]))",
]


@pytest.mark.parametrize(("before", "after"), FIXED)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_the_parentheses_go(before: str, after: str, newline: str, tmp_path: Path) -> None:
    text = (HEAD + before + "\n").replace("\n", newline)
    assert fixed(tmp_path, "PYA401", text) == (HEAD + after + "\n").replace("\n", newline)


@pytest.mark.parametrize("before", LEFT_ALONE)
def test_there_is_no_fix(before: str, tmp_path: Path) -> None:
    findings = check(tmp_path, "PYA401", HEAD + before + "\n")
    assert [finding.fix for finding in findings] == [None]


def test_the_fix_is_safe(tmp_path: Path) -> None:
    [finding] = check(tmp_path, "PYA401", f"{HEAD}a = Depends(get_session())\n")
    assert finding.fix is not None
    assert finding.fix.is_safe
    assert finding.fix.message == "Pass 'get_session' itself"
