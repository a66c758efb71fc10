"""The cache: whatever state it is in, and whatever else runs, the output is the same bytes."""

import json
import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from flake8_pyarch.cli import cache, running
from flake8_pyarch.source.text import SourceText
from tests.cli.command import Run, pyarch, write
from tests.files import make_old

CACHE = ".pyarch_cache"
COMMAND = [sys.executable, "-m", "flake8_pyarch", "check", "--output-format", "json"]


@pytest.fixture
def large(shop: Path) -> Path:
    """Return the directory of a service of thirty modules with a finding each, none of them just written."""
    write(shop, {f"src/shop/domain/book{n}.py": f"import os\nimport sqlalchemy as orm{n}\n" for n in range(30)})
    make_old(shop)
    return shop


def uncached(root: Path, *options: str) -> Run:
    return pyarch("check", "--no-cache", *options, cwd=root)


def contents(root: Path) -> list[Path]:
    """Return the files of the cache that hold results."""
    return sorted(path for path in (root / CACHE).rglob("*.json"))


def parsed_files(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the list that the content of every file goes into that is parsed from now on."""
    parsed: list[str] = []
    parse = SourceText.parse

    def note(self: SourceText) -> object:
        parsed.append(self.data.decode())
        return parse(self)

    monkeypatch.setattr(SourceText, "parse", note)
    return parsed


def test_same_bytes_whatever_the_jobs_the_order_and_the_cache(large: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "_BYTES_WORTH_A_PROCESS", 0)
    monkeypatch.setattr(running, "_CHUNK_BYTES", 100)
    orders = [["src/shop/domain", "src/shop/usecases"], ["src/shop/usecases", "src/shop/domain", "src/shop/domain"]]
    expected = uncached(large, "--jobs", "1", *orders[0])
    assert expected.lines[-2:] == ["Found 32 errors.", "[*] 1 fixable with `--fix`."]
    for order, jobs, options in product(orders, ("1", "3"), ([], [], ["--no-cache"])):
        assert pyarch("check", "--jobs", jobs, *options, *order, cwd=large) == expected


def test_same_bytes_where_processes_cannot_be_forked(large: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = uncached(large, "--jobs", "1")
    monkeypatch.setattr(running, "_BYTES_WORTH_A_PROCESS", 0)
    monkeypatch.setattr(multiprocessing, "get_all_start_methods", lambda: ["spawn"])
    assert uncached(large, "--jobs", "2") == expected


def test_a_process_that_is_killed_ends_the_run(large: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def die(*_: object, **__: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    monkeypatch.setattr(running, "_BYTES_WORTH_A_PROCESS", 0)
    monkeypatch.setattr(running, "_SECONDS_BETWEEN_LOOKS", 0.1)
    monkeypatch.setattr(running, "check_file", die)
    run = pyarch("check", "--jobs", "2", cwd=large)
    problem = "a process was killed from outside, for want of memory perhaps; fewer processes need less"
    assert run == (2, "", f"pyarch: error: command line, --jobs: {problem}\n")


def test_a_warm_run_parses_nothing(large: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_old(large)
    expected = pyarch("check", cwd=large)
    parsed = parsed_files(monkeypatch)
    assert pyarch("check", cwd=large) == expected
    assert pyarch("check", "--output-format", "json", cwd=large).code == 1
    assert parsed == []


def test_only_what_has_changed_is_parsed(large: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_old(large)
    pyarch("check", cwd=large)
    write(large, {"src/shop/domain/book7.py": "import json\n"})
    parsed = parsed_files(monkeypatch)
    assert pyarch("check", cwd=large) == uncached(large)
    assert parsed.count("import json\n") == 2
    assert len(parsed) < 2 + 2 * len(list(large.rglob("*.py")))


def test_settings_and_selection_have_results_of_their_own(large: Path) -> None:
    for options in ([], ["--select", "PYA5"], ["--preset", "minimal"], ["--ignore", "PYA102"], []):
        assert pyarch("check", *options, cwd=large) == uncached(large, *options)
    write(large, {"pyproject.toml": '[tool.pyarch]\nignore = ["PYA102"]\n'})
    assert pyarch("check", cwd=large) == uncached(large)


def test_a_change_without_a_new_size_or_time_is_seen(shop: Path) -> None:
    book = shop / "src/shop/domain/book.py"
    pyarch("check", cwd=shop)
    status = book.stat()
    book.write_text("import json # as long as it was\n"[: status.st_size])
    os.utime(book, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert pyarch("check", cwd=shop) == uncached(shop)


def test_it_is_marked(shop: Path) -> None:
    pyarch("check", cwd=shop)
    assert (shop / CACHE / ".gitignore").read_text() == "*\n"
    assert (shop / CACHE / "CACHEDIR.TAG").read_text() == "Signature: 8a477f597d28d172789f06886806bc55\n"


def test_another_place(shop: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("cache") / "deep"
    assert pyarch("check", "--cache-dir", elsewhere, cwd=shop) == uncached(shop)
    assert list(elsewhere.rglob("*.json"))
    assert not (shop / CACHE).exists()


def test_none(shop: Path) -> None:
    uncached(shop)
    assert not (shop / CACHE).exists()


def _truncated(content: bytes) -> bytes:
    return content[: len(content) // 2]


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda _: b"\0" * 100,
        lambda _: b"\xff\xfe",
        lambda _: b"[]",
        lambda _: b"null",
        lambda _: b"[" * 100_000,
        _truncated,
        lambda content: content.replace(b'"format":', b'"format":9'),
        lambda content: content.replace(b"PYA102", b"PYA101"),
        lambda content: content + b" ",
    ],
    ids=["empty", "zeros", "no text", "a list", "null", "deep", "truncated", "format", "forged", "longer"],
)
def test_dammake_old(damage: Callable[[bytes], bytes], shop: Path) -> None:
    expected = pyarch("check", cwd=shop)
    for path in contents(shop):
        path.write_bytes(damage(path.read_bytes()))
    run = pyarch("check", cwd=shop)
    assert (run.code, run.err) == (1, "")
    if b"PYA101" not in damage(b"PYA102"):
        assert run == expected


def test_hostile(shop: Path) -> None:
    """Values of other kinds, sizes and signs, anywhere in it: no crash, and nothing that steers the terminal."""
    pyarch("check", cwd=shop)
    (path,) = contents(shop)
    content = path.read_bytes()
    choice = random.Random(0)  # noqa: S311 - the same mutations each time
    strange: list[Any] = [None, True, -1, 10**9, 1.5, "", "\x1b]0;title\x07", "\udcff", [], [[]], {}, {"a": 1}]
    formats = ["concise", "full", "json", "sarif", "grouped"]
    for number in range(60):
        document = json.loads(content)
        parent, key = choice.choice(list(_places(document)))
        parent[key] = choice.choice(strange)
        path.write_text(json.dumps(document))
        if number % 3 == 0:
            write(shop, {"src/shop/domain/book.py": f"import sqlalchemy as number{number}\n"})
        run = pyarch("check", "--output-format", formats[number % len(formats)], cwd=shop)
        assert run.code in {0, 1, 2}, (key, parent[key])
        assert "\x1b" not in run.out + run.err, (key, parent[key])


def _places(document: Any) -> list[tuple[Any, Any]]:
    found: list[tuple[Any, Any]] = []
    pending = [document]
    while pending:
        parent = pending.pop()
        keys = parent.keys() if isinstance(parent, dict) else range(len(parent))
        found += [(parent, key) for key in keys]
        pending += [parent[key] for key in keys if isinstance(parent[key], dict | list)]
    return found


def test_of_another_version(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = pyarch("check", cwd=shop)
    monkeypatch.setattr(cache, "__version__", "9.9.9")
    assert pyarch("check", "--output-format", "concise", cwd=shop) == expected
    assert (shop / CACHE / "9.9.9").is_dir()


@pytest.mark.parametrize("obstacle", ["a file", "a file below", "a loop", "a directory"])
def test_where_it_cannot_be_written(obstacle: str, shop: Path) -> None:
    expected = pyarch("check", cwd=shop)
    (path,) = contents(shop)
    match obstacle:
        case "a file":
            shutil.rmtree(shop / CACHE)
            (shop / CACHE).write_text("")
        case "a file below":
            shutil.rmtree(path.parent)
            path.parent.write_text("")
        case "a loop":
            shutil.rmtree(shop / CACHE)
            (shop / CACHE).symlink_to(CACHE)
        case _:
            path.unlink()
            path.mkdir()
    assert pyarch("check", cwd=shop) == expected
    assert pyarch("check", cwd=shop) == expected


def test_read_only(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str, _: bytes) -> None:
        raise PermissionError(30, "Read-only file system", path)

    expected = uncached(shop)
    monkeypatch.setattr(cache, "replace_file", refuse)
    assert pyarch("check", cwd=shop) == expected
    assert not contents(shop)


def test_it_does_not_lead_out_of_the_project(shop: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (shop / CACHE).symlink_to(elsewhere)
    assert pyarch("check", cwd=shop) == uncached(shop)
    assert list(elsewhere.iterdir()) == []


def test_two_runs_at_once_and_a_killed_one(large: Path) -> None:
    runs = [subprocess.Popen(COMMAND, cwd=large, stdout=subprocess.PIPE) for _ in range(3)]
    while not (large / CACHE).exists() and runs[0].poll() is None:
        time.sleep(0.005)
    runs[0].kill()
    first, second = (run.communicate()[0] for run in runs[1:])
    runs[0].communicate()
    expected = pyarch("check", "--no-cache", "--output-format", "json", cwd=large).out
    assert first.decode() == second.decode() == expected
    assert pyarch("check", "--output-format", "json", cwd=large).out == expected
