"""Files that are hard to read: each is checked, or named as one that cannot be, and the others do not suffer."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from flake8_pyarch.cli import main, running
from flake8_pyarch.settings import forget_settings
from tests.robustness.projects import SHOP, check, write

_FINDING = "from sqlalchemy import select\n"
_PLACE = "shop/domain/odd.py"
_FOUND = f"{_PLACE}:1:1: PYA102"


def _checked(
    content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> str:
    write(tmp_path, SHOP | {_PLACE: content, "shop/domain/plain.py": _FINDING})
    monkeypatch.chdir(tmp_path)
    code, out, err = check("--no-cache", "--select=PYA102,PYA001,PYA000", capsys=capsys)
    assert (code, err) == (1, "")
    assert "shop/domain/plain.py:1:1: PYA102" in out
    assert "PYA000" not in out
    return "".join(line for line in out.splitlines(keepends=True) if line.startswith(_PLACE))


_HEAD = _FINDING.encode()
_READABLE = {
    "Windows line endings": _HEAD.replace(b"\n", b"\r\n") + b"x = 1\r\n",
    "old line endings": b"from sqlalchemy import select\rx = 1\r",
    "form feeds": b"\f" + _HEAD + b"\f\nx = 1\n",
    "a byte order mark": b"\xef\xbb\xbf" + _HEAD,
    "no last line ending": _HEAD.rstrip(),
    "a long line": _HEAD + b"x = '" + b"a" * 50_000 + b"'\n",
    "a long line of names": _HEAD + b"x = [" + b"name, " * 10_000 + b"]\n",
    "a long line of several bytes each": _HEAD + b"x = ['" + "\u00e9\u4e2d\U0001f600".encode() * 10_000 + b"']\n",
    "five megabytes of comments": _HEAD + b"# a comment that is as long as comments are\n" * 120_000,
    "a text of many lines": _HEAD + b"x = '''" + b"a line\n" * 50_000 + b"'''\n",
    "a deep expression": _HEAD + b"x = a" + b".b" * 10_000 + b"\n",
    "a deep sum": _HEAD + b"x = a" + b" + b" * 1_000 + b"\n",
}


@pytest.mark.parametrize("name", _READABLE)
def test_what_can_be_read_is_checked(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = _checked(_READABLE[name], tmp_path, monkeypatch, capsys)
    if "PYA001" in found:
        # Python 3.11 parses less deep expressions than later versions.
        assert "deep" in name
    else:
        assert found.startswith((_FOUND, _FOUND.replace(":1:1:", ":1:2:")))


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "utf-8", "koi8-r", "shift_jis", "gbk", "euc_kr", "big5"])
def test_every_declared_encoding_is_read(
    encoding: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    letter = {"koi8-r": "\u0444", "shift_jis": "\u3042", "gbk": "\u4e2d", "euc_kr": "\ud55c", "big5": "\u4e2d"}
    text = f"# coding: {encoding}\nx = '{letter.get(encoding, chr(0xE9))}'; from sqlalchemy import select\n"
    found = _checked(text.encode(encoding), tmp_path, monkeypatch, capsys)
    assert found.startswith(f"{_PLACE}:2:10: PYA102")


_UNREADABLE = {
    "a NUL byte": b"x = 1\0\n",
    "bytes of another encoding": b"x = '\xff'\n",
    "an encoding that does not exist": b"# coding: klingon\nx = 1\n",
    "an encoding of bytes": b"# coding: hex\nx = 1\n",
    "a mark and another encoding": b"\xef\xbb\xbf# coding: latin-1\nx = 1\n",
    "a template": b"{% if cookiecutter.database %}\nfrom sqlalchemy import select\n{% endif %}\n",
    "too many brackets": b"x = " + b"(" * 100_000 + b")" * 100_000 + b"\n",
    "too many operators": b"x = " + b"-" * 200_000 + b"1\n",
    "too large a number": b"x = 1" + b"0" * 5_000 + b"\n",
    "too deep blocks": b"".join(b" " * n + b"if x:\n" for n in range(200)) + b" " * 200 + b"x\n",
    "a picture": bytes(range(256)) * 64,
}


@pytest.mark.parametrize("name", _UNREADABLE)
def test_what_cannot_be_read_is_named(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = _checked(_UNREADABLE[name], tmp_path, monkeypatch, capsys)
    assert "PYA001" in found
    assert found.count("\n") == 1


def test_links_and_directories_with_odd_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, SHOP | {"shop/domain/dir.py/inner.py": "", "shop/domain/plain.py": _FINDING})
    domain = tmp_path / "shop/domain"
    (domain / "loop").symlink_to(domain, target_is_directory=True)
    (domain / "itself.py").symlink_to("itself.py")
    (domain / "nowhere.py").symlink_to("gone.py")
    (domain / "with space.py").write_text(_FINDING, encoding="utf-8")
    os.mkfifo(domain / "pipe.py")
    monkeypatch.chdir(tmp_path)
    code, out, err = check("--no-cache", "--select=PYA102", capsys=capsys)
    assert (code, err) == (1, "")
    assert [line.partition(": ")[0] for line in out.splitlines() if "PYA102" in line] == [
        "shop/domain/plain.py:1:1",
        "shop/domain/with space.py:1:1",
    ]


def test_a_file_that_changes_or_goes_while_it_is_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, SHOP | {f"shop/domain/{name}.py": _FINDING for name in ("a", "b", "c")})
    monkeypatch.chdir(tmp_path)
    real = running.check_file

    def disturbed(path: str, *rest: object, **more: object) -> object:
        if path.endswith("a.py"):
            (tmp_path / "shop/domain/b.py").unlink()
            (tmp_path / "shop/domain/c.py").write_text("x = 1\n", encoding="utf-8")
        return real(path, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(running, "check_file", disturbed)
    code, out, err = check("--select=PYA102", capsys=capsys)
    assert code == 2
    assert "shop/domain/a.py:1:1: PYA102" in out
    assert "c.py" not in out
    assert err.startswith("pyarch: error: shop/domain/b.py: ")
    monkeypatch.setattr(running, "check_file", real)
    code, out, err = check("--select=PYA102", capsys=capsys)
    assert (code, err) == (1, "")
    assert out.count("PYA102") == 1


_READ_BY_NAME = [
    *("shop/domain/x.py", "shop/domain/__init__.py", "shop/__init__.py", "setup.py", "pyproject.toml", "pyarch.toml"),
    *("ruff.toml", ".gitignore", "requirements.txt", "poetry.lock", ".pyarch-baseline.json", ".pyarch_cache"),
]


@pytest.mark.parametrize("name", _READ_BY_NAME)
@pytest.mark.parametrize("command", ["check", "check --no-cache", "graph"])
def test_a_pipe_is_not_waited_for(command: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asking_others = {
        "shop/usecases/borrow_book.py": "class BorrowBook:\n    def execute(self) -> None: ...\n",
        "shop/api/books.py": "import logging\n\nlogger = logging.getLogger(__name__)\nprint(logger)\n",
    }
    files = SHOP | {"shop/domain/plain.py": _FINDING} | asking_others
    write(tmp_path, {path: text for path, text in files.items() if name != "setup.py" or path != "pyproject.toml"})
    (tmp_path / name).unlink(missing_ok=True)
    os.mkfifo(tmp_path / name)
    monkeypatch.chdir(tmp_path)
    forget_settings()
    with _alarm_after(seconds=20):
        assert main(command.split()) in {0, 1, 2}


@pytest.mark.parametrize("arguments", [[], ["--show-fixes"]], ids=["replayed", "from the cache"])
def test_a_pipe_in_the_cache_is_not_waited_for(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, SHOP | {"shop/domain/plain.py": _FINDING})
    monkeypatch.chdir(tmp_path)
    expected = check(*arguments, capsys=capsys)
    for path in [path for path in (tmp_path / ".pyarch_cache").rglob("*") if path.is_file()]:
        path.unlink()
        os.mkfifo(path)
    with _alarm_after(seconds=20):
        assert check(*arguments, capsys=capsys) == expected


def test_a_pipe_that_is_named_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, SHOP)
    os.mkfifo(tmp_path / "shop/domain/pipe.py")
    monkeypatch.chdir(tmp_path)
    with _alarm_after(seconds=20):
        code, _, err = check("--no-cache", "shop/domain/pipe.py", capsys=capsys)
    assert (code, err) == (2, "pyarch: error: shop/domain/pipe.py: it is no regular file\n")


@contextmanager
def _alarm_after(*, seconds: int) -> Iterator[None]:
    """Fail, rather than wait for ever, where something waits for a pipe."""

    def fail(*_: object) -> None:
        pytest.fail("it waits")

    before = signal.signal(signal.SIGALRM, fail)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
