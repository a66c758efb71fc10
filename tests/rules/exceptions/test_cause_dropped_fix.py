"""What the fix of cause-dropped writes."""

import sys
from pathlib import Path

import pytest

from tests.fixes import check, fixed

CODE = "PYA508"

FIXED = [
    ("except KeyError as e:\n    raise Gone(1)\n", "except KeyError as e:\n    raise Gone(1) from e\n"),
    ("except KeyError as e:\n    raise Gone\n", "except KeyError as e:\n    raise Gone from e\n"),
    ("except KeyError:\n    raise Gone(1)\n", "except KeyError as error:\n    raise Gone(1) from error\n"),
    ("except KeyError :\n    raise Gone(1)\n", "except KeyError as error:\n    raise Gone(1) from error\n"),
    (
        "except (KeyError, OSError):  # both\n    raise Gone(1)  # gone\n",
        "except (KeyError, OSError) as error:  # both\n    raise Gone(1) from error  # gone\n",
    ),
    ("except (KeyError):\n    raise Gone(1)\n", "except (KeyError) as error:\n    raise Gone(1) from error\n"),
    ("except(KeyError):\n    raise(Gone(1))\n", "except(KeyError) as error:\n    raise(Gone(1)) from error\n"),
    (
        "except (\n    KeyError,  # a: colon\n    OSError,\n):\n    raise Gone(\n        1)\n",
        "except (\n    KeyError,  # a: colon\n    OSError,\n) as error:\n    raise Gone(\n        1) from error\n",
    ),
    (
        "except (\n    KeyError  # a: colon\n):\n    raise Gone(1)\n",
        "except (\n    KeyError  # a: colon\n) as error:\n    raise Gone(1) from error\n",
    ),
    ("except KeyError \\\n:\n    raise Gone(1)\n", "except KeyError as error:\n    raise Gone(1) from error\n"),
    ("except kinds['a:b']:\n    raise Gone(1)\n", "except kinds['a:b'] as error:\n    raise Gone(1) from error\n"),
    ("except *KeyError:\n    raise Gone(1)\n", "except *KeyError as error:\n    raise Gone(1) from error\n"),
    ("except*(KeyError):\n    raise Gone(1)\n", "except*(KeyError) as error:\n    raise Gone(1) from error\n"),
    ("except* KeyError:\n    raise Gone(1)\n", "except* KeyError as error:\n    raise Gone(1) from error\n"),
    ("except :\n    raise Gone(1)\n", "except BaseException as error:\n    raise Gone(1) from error\n"),
    ("except:\n    raise Gone(1)\n", "except BaseException as error:\n    raise Gone(1) from error\n"),
    (
        "except KeyError: 'ä'; raise Gone('ö'); print(1)\n",
        "except KeyError as error: 'ä'; raise Gone('ö') from error; print(1)\n",
    ),
    (
        "except Größe as ä:\n    'ö'; raise Gone(f'{1}ß').with_traceback(None)\n",
        "except Größe as ä:\n    'ö'; raise Gone(f'{1}ß').with_traceback(None) from ä\n",
    ),
    ("except KeyError:\n    raise (Gone)\n", "except KeyError as error:\n    raise (Gone) from error\n"),
    (
        "except KeyError:\n    if f():\n        raise Gone(1)\n    raise Gone(2)\n",
        "except KeyError as error:\n    if f():\n        raise Gone(1) from error\n    raise Gone(2) from error\n",
    ),
]

if sys.version_info >= (3, 14):
    FIXED += [
        (
            "except KeyError, OSError:\n    raise Gone(1)\n",
            "except (KeyError, OSError) as error:\n    raise Gone(1) from error\n",
        ),
        (
            "except (KeyError), (OSError):\n    raise Gone(1)\n",
            "except ((KeyError), (OSError)) as error:\n    raise Gone(1) from error\n",
        ),
    ]


@pytest.mark.parametrize(("before", "after"), FIXED)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_fix(tmp_path: Path, before: str, after: str, newline: str) -> None:
    head = "class Gone(Exception): ...\ntry:\n    f()\n"
    expected = (head + after).replace("\n", newline)
    assert fixed(tmp_path, CODE, (head + before).replace("\n", newline)) == expected
    assert check(tmp_path, CODE, expected) == []


@pytest.mark.parametrize(
    ("taken", "name"),
    [
        ("error = 1", "exc"),
        ("print(error)", "exc"),
        ("error = exc = 1", "caught"),
        ("error = exc = caught = 1", "error_2"),
        ("error = exc = caught = error_2 = 1", "error_3"),
        ("global error", "exc"),
        ("import error", "exc"),
        ("import a as error", "exc"),
        ("import error.codes", "exc"),
        ("from a import error", "exc"),
        ("def error(): ...", "exc"),
        ("class error: ...", "exc"),
        ("lambda error: 1", "exc"),
        ("[error for error in f()]", "exc"),
        ("del error", "exc"),
        ("def g():\n        return error", "exc"),
        ("match f():\n        case [*error]: ...", "exc"),
        ("match f():\n        case {'a': 1, **error}: ...", "exc"),
        ("match f():\n        case int() as error: ...", "exc"),
        ("try: ...\n    except OSError as error: ...", "exc"),
        ("f(error=1)", "error"),
        ("a.error = 1", "error"),
        ("'error'", "error"),
    ],
)
def test_new_name_clashes_with_nothing(tmp_path: Path, taken: str, name: str) -> None:
    text = f"def find():\n    {taken}\n    try:\n        f()\n    except KeyError:\n        raise ValueError(1)\n"
    result = fixed(tmp_path, CODE, text)
    assert f"except KeyError as {name}:\n        raise ValueError(1) from {name}\n" in result


def test_names_of_other_functions_do_not_clash(tmp_path: Path) -> None:
    text = "error = 1\n\ndef find():\n    try:\n        f()\n    except KeyError:\n        raise ValueError(1)\n"
    assert "as error:" in fixed(tmp_path, CODE, text)


def test_parameter_clashes(tmp_path: Path) -> None:
    text = "def find(error, /, *exc):\n    try:\n        f()\n    except KeyError:\n        raise ValueError(1)\n"
    assert "as caught:" in fixed(tmp_path, CODE, text)


@pytest.mark.parametrize(
    "body",
    ["e = 1", "del e", "for e in f(): ...", "import e", "try: ...\n    except OSError as e: ...", "(e := 1)"],
)
def test_no_fix_where_the_name_is_bound_anew(tmp_path: Path, body: str) -> None:
    text = f"try:\n    f()\nexcept KeyError as e:\n    {body}\n    raise ValueError(1)\n"
    assert [finding.fix for finding in check(tmp_path, CODE, text)] == [None]


def test_fixes_are_safe_and_say_what_they_do(tmp_path: Path) -> None:
    (finding,) = check(tmp_path, CODE, "try:\n    f()\nexcept KeyError:\n    raise ValueError(1)\n")
    assert finding.fix is not None
    assert finding.fix.is_safe
    assert finding.fix.message == "Add 'from error'"


def test_fixes_of_one_handler_overlap(tmp_path: Path) -> None:
    text = "try:\n    f()\nexcept KeyError:\n    if 1:\n        raise ValueError(1)\n    raise ValueError(2)\n"
    first, second = (finding.fix for finding in check(tmp_path, CODE, text))
    assert first is not None
    assert second is not None
    shared = set(first.edits) & set(second.edits)
    assert [(edit.line, edit.column, edit.end_line, edit.end_column) for edit in shared] == [(3, 0, 3, 15)]


@pytest.mark.parametrize(
    ("body", "seen"),
    [
        ("raise ValueError(1)", True),
        ("if 1: raise ValueError(1)", True),
        ("for x in y: raise ValueError(1)", True),
        ("while 1: raise ValueError(1)", True),
        ("with x: raise ValueError(1)", True),
        ("match x:\n        case 1: raise ValueError(1)", True),
        ("for x in y: ...\n    else: raise ValueError(1)", False),
        ("while 1: ...\n    else: raise ValueError(1)", False),
        ("try: raise ValueError(1)\n    finally: ...", False),
        ("class A: raise ValueError(1)", False),
    ],
)
def test_twin(tmp_path: Path, body: str, seen: bool) -> None:  # noqa: FBT001
    (finding,) = check(tmp_path, CODE, f"try:\n    f()\nexcept KeyError as e:\n    {body}\n")
    assert finding.twins == (("B904",) if seen else ())
