"""What a shell sees: what is imported, pipes that close, interruption, and `--watch`."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest import mock

import pytest

from flake8_pyarch.cli import watching
from tests.cli.command import pyarch, write

PYARCH = [sys.executable, "-m", "flake8_pyarch"]
HEAVY = {"pydantic", "rich", "tomlkit", "watchfiles", "mypy", "ast_grep_py", "asyncio", "multiprocessing", "pathspec"}
UNUSED_ON_ONE_FILE = {"packaging", "dataclasses", "inspect", "tokenize", "signal", "hashlib", "json"}
IMPORTS = """\
import sys
from flake8_pyarch.cli import main
code = main(sys.argv[1:])
print(code, *sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
"""


def imported(root: Path, *words: str) -> tuple[str, set[str]]:
    """Return the exit code of a run and the top-level names of what it has imported."""
    command = [sys.executable, "-c", IMPORTS, "check", *words]
    run = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    code, *names = run.stderr.split()
    return code, set(names)


def test_a_plain_run_imports_nothing_heavy(shop: Path) -> None:
    for words in ([], ["--output-format", "concise"], ["--no-cache"], ["--output-format", "json"]):
        code, names = imported(shop, *words)
        assert (code, names & HEAVY) == ("1", set()), words


def test_a_run_on_one_file_imports_even_less(shop: Path) -> None:
    code, names = imported(shop, "--no-cache", "--select", "PYA702", "src/shop/domain/book.py")
    assert (code, names & (HEAVY | UNUSED_ON_ONE_FILE)) == ("0", set())


def test_settings_are_read_without_pydantic(shop: Path) -> None:
    write(shop, {"pyproject.toml": '[tool.pyarch]\nselect = ["PYA1"]\n'})
    for words in ([], ["--output-format", "json"], ["--no-cache"]):
        code, names = imported(shop, *words)
        assert (code, names & HEAVY) == ("1", set()), words


@pytest.fixture(autouse=True)
def _interruptible() -> Iterator[None]:
    """Let processes that a test starts be interrupted, though the tests may run where SIGINT is ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@contextlib.contextmanager
def started(root: Path, *words: str, **streams: int) -> Iterator[subprocess.Popen[bytes]]:
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    options = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | streams
    with subprocess.Popen([*PYARCH, *words], cwd=root, env=environment, **options) as process:  # type: ignore[call-overload]
        try:
            yield process
        finally:
            process.kill()


def test_a_pipe_that_closes(shop: Path) -> None:
    write(shop, {"src/shop/domain/book.py": "import sqlalchemy\n" * 3000})
    with started(shop, "check", "--no-cache") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().startswith(b"src/shop/domain/book.py:1:1: PYA102")
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(30) in {0, 1}


@pytest.mark.parametrize("words", [[], ["--no-cache"], ["--jobs=2", "--output-format", "concise"]])
def test_a_process_ends_at_once_but_prints_everything(shop: Path, words: list[str]) -> None:
    write(shop, {"src/shop/domain/book.py": "import sqlalchemy\n" * 3000})
    with started(shop, "check", "--select=PYA102", *words) as process:
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out.count(b"PYA102"), err) == (1, 3000, b"")


def test_a_full_disk(shop: Path) -> None:
    with Path("/dev/full").open("wb") as full, started(shop, "check", stdout=full.fileno()) as process:
        _, err = process.communicate(timeout=30)
        assert (process.returncode, err) == (2, b"pyarch: error: No space left on device\n")


def test_a_full_disk_that_takes_no_error_either(shop: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        streams = {"stdout": full.fileno(), "stderr": full.fileno()}
        with started(shop, "check", **streams) as process:
            assert process.wait(timeout=30) == 2


def test_interrupted(shop: Path) -> None:
    with started(shop, "check", "-") as process:
        assert process.stdin is not None
        wait_for(lambda: is_reading_stdin(process.pid))
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
        assert (process.returncode, out, err) == (130, b"", b"")


def is_reading_stdin(pid: int) -> bool:
    """Tell whether a process has imported all it needs and waits; where nobody can tell, it gets some time."""
    maps = Path(f"/proc/{pid}/wchan")
    if not maps.exists():
        time.sleep(2)
        return True
    return "pipe" in maps.read_text()


def wait_for(condition: Callable[[], bool]) -> None:
    for _ in range(2000):
        if condition():
            return
        time.sleep(0.01)
    pytest.fail("nothing happened")


def test_watch(shop: Path) -> None:
    with started(shop, "check", "--watch", "--select", "PYA102", "--output-format", "concise") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().startswith(b"src/shop/domain/book.py:1:1: PYA102")
        assert process.stdout.readline() == b"Found 1 error.\n"
        assert process.stderr.readline().endswith(b"watching for changes, Ctrl+C ends\n")
        time.sleep(0.5)
        write(shop, {"src/shop/domain/book.py": "import json\n"})
        assert process.stdout.readline() == b"All checks passed!\n"
        assert process.stderr.readline().endswith(b"watching for changes, Ctrl+C ends\n")
        write(shop, {"pyproject.toml": "[tool.pyarch]\nselekt = 1\n"})
        assert b"unknown key 'selekt'" in process.stderr.readline()
        assert process.stderr.readline().endswith(b"watching for changes, Ctrl+C ends\n")
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
        assert process.stderr.read() == b""


def test_what_a_run_writes_itself_is_no_reason_to_check_again(shop: Path) -> None:
    write(shop, {".pyarch-baseline.json": '{"version": 1, "findings": []}'})
    with mock.patch.object(watching, "changes_in", return_value=[]) as changes:
        words = ["--output-file", "found.json", "--update-baseline"]
        assert pyarch("check", "--watch", *words, cwd=shop).code == 0
        before = (shop / ".pyarch-baseline.json").stat().st_ino
        assert pyarch("check", "--watch", *words, cwd=shop).code == 0
    assert (shop / ".pyarch-baseline.json").stat().st_ino == before
    may_matter = changes.call_args.kwargs["watch_filter"]
    names = [
        "found.json",
        "other.json",
        "src/shop/domain/book.py",
        "pyproject.toml",
        "README.md",
        ".pyarch_cache/1.json",
    ]
    with contextlib.chdir(shop):
        assert [name for name in names if may_matter(None, str(shop / name))] == [
            "other.json",
            "src/shop/domain/book.py",
            "pyproject.toml",
        ]
