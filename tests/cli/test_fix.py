"""`--fix`, `--unsafe-fixes`, `--diff`, `--show-fixes`: what is written, and what is not."""

import os
import stat
import subprocess
from pathlib import Path

import pytest

from flake8_pyarch.checking import Edit, Fix
from flake8_pyarch.cli import fixes
from flake8_pyarch.files import replace_file
from flake8_pyarch.rules.exceptions.cause_dropped import CauseDropped
from tests.cli.command import pyarch, tree, write
from tests.cli.conftest import LENDING

NAME = "src/shop/usecases/lending.py"
FIXED = """\
def lend(books):
    try:
        look(books)
    except KeyError as error:
        raise ValueError(books) from error
"""
UNSAFE = "import structlog\n\nlogger = structlog.get_logger()\n\n\ndef lend(book):\n    logger.info(f'lent {book}')\n"
UNSAFE_FIXED = UNSAFE.replace("f'lent {book}'", "'lent', book=book")


def test_safe_fixes(shop: Path) -> None:
    write(shop, {"src/shop/usecases/logs.py": UNSAFE})
    before = tree(shop)
    run = pyarch("check", "--fix", cwd=shop)
    assert run.code == 1
    assert [line.split(" ")[1] for line in run.lines[:2]] == ["PYA102", "PYA601"]
    assert run.lines[2:] == [
        "Found 3 errors (1 fixed, 2 remaining).",
        "1 unsafe fix available with `--fix --unsafe-fixes`.",
    ]
    assert tree(shop) == before | {NAME: FIXED.encode()}


def test_unsafe_fixes(shop: Path) -> None:
    write(shop, {"src/shop/usecases/logs.py": UNSAFE})
    before = tree(shop)
    run = pyarch("check", "--fix", "--unsafe-fixes", cwd=shop)
    assert run.lines[-1] == "Found 3 errors (2 fixed, 1 remaining)."
    expected = {NAME: FIXED.encode(), "src/shop/usecases/logs.py": UNSAFE_FIXED.encode()}
    assert tree(shop) == before | expected
    assert pyarch("check", "--fix", "--unsafe-fixes", cwd=shop).lines[-1] == "Found 1 error."
    assert tree(shop) == before | expected


def test_unsafe_fixes_alone_write_nothing(shop: Path) -> None:
    write(shop, {"src/shop/usecases/logs.py": UNSAFE})
    before = tree(shop)
    run = pyarch("check", "--unsafe-fixes", cwd=shop)
    assert run.lines[-1] == "[*] 2 fixable with `--fix`."
    assert tree(shop) == before


def test_show_fixes(shop: Path) -> None:
    run = pyarch("check", "--fix", "--show-fixes", "--quiet", cwd=shop)
    times = "\N{MULTIPLICATION SIGN}"
    assert run.lines[1:] == ["", "Fixed 1 error:", f"- {NAME}:", f"    1 {times} PYA508 (cause-dropped)", ""]


@pytest.mark.parametrize("end", ["\n", ""], ids=["newline", "no newline"])
def test_diff_is_what_fix_does(end: str, shop: Path) -> None:
    write(shop, {NAME: LENDING.rstrip() + end})
    before = tree(shop)
    run = pyarch("check", "--diff", cwd=shop)
    assert (run.code, run.err, tree(shop)) == (1, "Would fix 1 error.\n", before)
    subprocess.run(["git", "apply", "-p0", "-"], cwd=shop, input=run.out.encode(), check=True)
    applied = tree(shop)
    assert applied == before | {NAME: (FIXED.rstrip() + end).encode()}
    write(shop, {NAME: LENDING.rstrip() + end})
    pyarch("check", "--fix", cwd=shop)
    assert tree(shop) == applied
    assert pyarch("check", "--diff", cwd=shop) == (0, "", "")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"\xef\xbb\xbf" + LENDING.encode(), b"\xef\xbb\xbf" + FIXED.encode()),
        (LENDING.replace("\n", "\r\n").encode(), FIXED.replace("\n", "\r\n").encode()),
        (
            f"# -*- coding: latin-1 -*-\n# ä\n{LENDING}".encode("latin-1"),
            f"# -*- coding: latin-1 -*-\n# ä\n{FIXED}".encode("latin-1"),
        ),
        (f"x = 1\n\f\n{LENDING}# \v\x85\u2028\n".encode(), f"x = 1\n\f\n{FIXED}# \v\x85\u2028\n".encode()),
        (
            f"x = '''\r\n'''\n{LENDING}".encode(),
            f"x = '''\r\n'''\n{FIXED}".encode(),
        ),
        (LENDING.replace("    ", "\t").encode(), FIXED.replace("    ", "\t").encode()),
    ],
    ids=["BOM", "CRLF", "latin-1", "form feed", "mixed line ends", "tabs"],
)
def test_bytes_stay(before: bytes, after: bytes, shop: Path) -> None:
    write(shop, {NAME: before})
    pyarch("check", "--fix", cwd=shop)
    assert (shop / NAME).read_bytes() == after


def test_mode_stays(shop: Path) -> None:
    (shop / NAME).chmod(0o754)
    pyarch("check", "--fix", cwd=shop)
    assert (shop / NAME).read_text() == FIXED
    assert stat.S_IMODE((shop / NAME).stat().st_mode) == 0o754


def test_a_link_within_the_project_stays_a_link(shop: Path) -> None:
    (shop / "src/shop/alias.py").symlink_to("usecases/lending.py")
    run = pyarch("check", "--fix", cwd=shop)
    assert run.lines[-1] == "Found 2 errors (1 fixed, 1 remaining)."
    assert (shop / "src/shop/alias.py").is_symlink()
    assert (shop / NAME).read_text() == FIXED


def test_a_link_out_of_the_project_is_not_followed(shop: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    write(elsewhere, {"lending.py": LENDING})
    (shop / NAME).unlink()
    (shop / NAME).symlink_to(elsewhere / "lending.py")
    run = pyarch("check", "--fix", cwd=shop)
    assert run.code == 2
    assert run.err == f"pyarch: error: {NAME}: not fixed, for it is a link that leads out of the project\n"
    assert run.lines[-2:] == ["Found 2 errors.", "[*] 1 fixable with `--fix`."]
    assert tree(elsewhere) == {"lending.py": LENDING.encode()}


def test_a_file_that_changes_meanwhile_is_left_alone(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fix_text = fixes.fix_text

    def fix(path: str, content: bytes, *rest: object, **options: object) -> fixes.Fixed:
        Path(path).write_text("# saved by an editor\n")
        return fix_text(path, content, *rest, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(fixes, "fix_text", fix)
    run = pyarch("check", "--fix", cwd=shop)
    assert run.code == 2
    assert run.err == f"pyarch: error: {NAME}: not fixed, for it has changed meanwhile\n"
    assert (shop / NAME).read_text() == "# saved by an editor\n"


@pytest.mark.parametrize("step", ["tempfile.mkstemp", "os.fdopen", "os.stat", "os.chmod", "os.replace", "os.unlink"])
@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(28, "No space left on device")], ids=["Ctrl+C", "full"])
def test_interrupted_at_any_point(step: str, error: BaseException, shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pyarch("check", cwd=shop)
    before = tree(shop)

    def replace(path: str, content: bytes) -> None:
        def fail(*_: object, **__: object) -> None:
            raise error

        with monkeypatch.context() as patch:
            patch.setattr(step, fail)
            replace_file(path, content)

    monkeypatch.setattr(fixes, "replace_file", replace)
    run = pyarch("check", "--fix", "--no-cache", cwd=shop)
    after = tree(shop)
    if run.code == 1:
        assert after == before | {NAME: FIXED.encode()}
    else:
        assert after == before
        assert run.code == (130 if isinstance(error, KeyboardInterrupt) else 2)


def test_a_fix_that_breaks_the_syntax_is_left_out(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    finding = CauseDropped.finding

    def broken(self: CauseDropped, *arguments: object, **values: object) -> object:
        found = finding(self, *arguments, **values)  # type: ignore[arg-type]
        return found._replace(fix=Fix("Break it", (Edit(1, 0, 1, 3, "fed"),), is_safe=True))

    monkeypatch.setattr(CauseDropped, "finding", broken)
    before = tree(shop)
    run = pyarch("check", "--fix", "--no-cache", cwd=shop)
    assert run.code == 1
    crash = "PYA000 the fix of rule PYA508 breaks the syntax here and was left out: please report this as a bug"
    assert f"{NAME}:5:9: {crash}" in run.lines
    assert tree(shop) == before


def test_fixes_that_overlap_wait_for_the_next_pass(shop: Path) -> None:
    raises = "        if books:\n            raise KeyError(books)\n        raise ValueError(books)\n"
    write(shop, {NAME: LENDING.replace("        raise ValueError(books)\n", raises)})
    run = pyarch("check", "--fix", "--show-fixes", cwd=shop)
    assert run.lines[-1] == "Found 3 errors (2 fixed, 1 remaining)."
    fixed = raises.replace("(books)\n", "(books) from error\n")
    assert (shop / NAME).read_text() == FIXED.replace("        raise ValueError(books) from error\n", fixed)


def test_fixes_that_never_end_do(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    finding = CauseDropped.finding

    def endless(self: CauseDropped, *arguments: object, **values: object) -> object:
        found = finding(self, *arguments, **values)  # type: ignore[arg-type]
        return found._replace(fix=Fix("Go on", (Edit(1, 0, 1, 0, "# again\n"),), is_safe=True))

    monkeypatch.setattr(CauseDropped, "finding", endless)
    run = pyarch("check", "--fix", "--no-cache", cwd=shop)
    assert run.code == 1
    assert (shop / NAME).read_text() == "# again\n" * 10 + LENDING


def test_a_fix_that_the_encoding_has_no_letters_for_is_left_out(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    finding = CauseDropped.finding

    def cyrillic(self: CauseDropped, *arguments: object, **values: object) -> object:
        found = finding(self, *arguments, **values)  # type: ignore[arg-type]
        return found._replace(fix=Fix("Say it", (Edit(2, 0, 2, 0, "# \N{CYRILLIC SMALL LETTER ZHE}\n"),), is_safe=True))

    monkeypatch.setattr(CauseDropped, "finding", cyrillic)
    content = f"# -*- coding: latin-1 -*-\n{LENDING}".encode("latin-1")
    write(shop, {NAME: content})
    run = pyarch("check", "--fix", "--no-cache", cwd=shop)
    assert [line.split(" ")[1] for line in run.lines if line.startswith(NAME)] == ["PYA000", "PYA508"]
    assert (shop / NAME).read_bytes() == content


def test_silenced_and_accepted_findings_are_not_fixed(shop: Path) -> None:
    write(shop, {NAME: LENDING.replace("(books)\n", "(books)  # noqa: PYA508\n"), "src/shop/usecases/b.py": LENDING})
    pyarch("check", "--update-baseline", cwd=shop)
    before = tree(shop)
    run = pyarch("check", "--fix", cwd=shop)
    assert (run.code, run.out, tree(shop)) == (0, "All checks passed!\n", before)


def test_stdin(shop: Path) -> None:
    before = tree(shop)
    crlf = b"\xef\xbb\xbf" + LENDING.replace("\n", "\r\n").encode()
    run = pyarch("check", "-", "--fix", "--stdin-filename", NAME, cwd=shop, stdin=crlf)
    assert run.code == 0
    assert run.out.encode() == b"\xef\xbb\xbf" + FIXED.replace("\n", "\r\n").encode()
    assert run.err == "Found 1 error (1 fixed, 0 remaining).\n"
    run = pyarch("check", "-", "--diff", "--stdin-filename", NAME, cwd=shop, stdin=LENDING.encode())
    assert (run.code, run.lines[:2], run.err) == (1, [f"--- {NAME}", f"+++ {NAME}"], "Would fix 1 error.\n")
    broken = b"def (:\n"
    run = pyarch("check", "-", "--fix", "--stdin-filename", NAME, cwd=shop, stdin=broken)
    assert (run.code, run.out.encode()) == (1, broken)
    assert tree(shop) == before


def test_nothing_is_written_outside_the_files(shop: Path) -> None:
    pyarch("check", "--fix", cwd=shop)
    assert sorted(os.listdir(shop / "src/shop/usecases")) == ["__init__.py", "lending.py"]
