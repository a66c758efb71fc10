"""`--since REV`: only what has changed since a revision is reported on, and the rest is still known."""

import subprocess
from pathlib import Path

import pytest

from tests.cli.command import pyarch, write
from tests.cli.conftest import LENDING

COMMIT = [
    "-c",
    "user.name=Ada",
    "-c",
    "user.email=ada@example.org",
    "commit",
    "--quiet",
    "--no-gpg-sign",
    "-m",
    "Books",
]


def git(root: Path, *words: str) -> None:
    subprocess.run(["git", *words], cwd=root, check=True, capture_output=True)


@pytest.fixture
def repository(shop: Path) -> Path:
    """Return the directory of a repository with a commit."""
    write(shop, {"src/shop/domain/old.py": "import fastapi\n", ".gitignore": ".pyarch_cache\nignored.py\n"})
    git(shop, "init", "--quiet", "--initial-branch", "main")
    git(shop, "add", ".")
    git(shop, *COMMIT)
    return shop


def files(root: Path, *words: str, cwd: Path | None = None) -> set[str]:
    """Return the names of the files that a run since the commit reports on."""
    run = pyarch("check", "--since", "HEAD", "--quiet", *words, cwd=cwd or root)
    assert run.err == ""
    return {Path(line.partition(":")[0]).name for line in run.lines}


def test_nothing_has_changed(repository: Path) -> None:
    assert pyarch("check", "--since", "HEAD", cwd=repository) == (0, "All checks passed!\n", "")
    assert pyarch("check", cwd=repository).code == 1


def test_edited_staged_and_untracked_files(repository: Path) -> None:
    write(
        repository,
        {
            "src/shop/domain/book.py": "import sqlalchemy\n",
            "src/shop/domain/staged.py": "import httpx\n",
            "src/shop/domain/untracked.py": "import httpx\n",
            "src/shop/domain/ignored.py": "import httpx\n",
            "src/shop/domain/bücher buch.py": "import httpx\n",
        },
    )
    git(repository, "add", "src/shop/domain/staged.py")
    expected = {"book.py", "staged.py", "untracked.py", "bücher buch.py"}
    assert files(repository) == expected
    assert files(repository, "../..", cwd=repository / "src/shop/domain") == expected
    assert files(repository, "--show-files") == expected


def test_committed_renamed_and_deleted_files(repository: Path) -> None:
    git(repository, "mv", "src/shop/domain/old.py", "src/shop/domain/new.py")
    (repository / "src/shop/domain/book.py").unlink()
    git(repository, *COMMIT, "--all")
    run = pyarch("check", "--since", "HEAD~1", "--quiet", cwd=repository)
    assert [line.partition(":")[0] for line in run.lines] == ["src/shop/domain/new.py"]
    assert files(repository) == set()


def test_a_file_that_is_called_like_a_revision(repository: Path) -> None:
    write(repository, {"HEAD": "", "src/shop/domain/book.py": "import sqlalchemy\n"})
    assert files(repository) == {"book.py"}


def test_rules_about_the_project_still_see_all_of_it(repository: Path) -> None:
    ring = {f"src/shop/usecases/{one}.py": f"import shop.usecases.{other}\n" for one, other in ("ab", "bc", "ca")}
    write(repository, ring)
    git(repository, "add", ".")
    git(repository, *COMMIT)
    write(repository, {"src/shop/usecases/b.py": "import shop.usecases.c\n\nSHELVES = 1\n"})
    everything = pyarch("check", "--select", "PYA111", cwd=repository)
    assert everything.code == 1
    assert pyarch("check", "--select", "PYA111", "--since", "HEAD", cwd=repository) == everything


def test_with_fix_only_those_files_are_written(repository: Path) -> None:
    write(repository, {"src/shop/usecases/giving.py": LENDING})
    pyarch("check", "--since", "HEAD", "--fix", cwd=repository)
    assert (repository / "src/shop/usecases/lending.py").read_text() == LENDING
    assert "from error" in (repository / "src/shop/usecases/giving.py").read_text()


@pytest.mark.parametrize("revision", ["nothere", "--output=x", "-h", "", "HEAD:src", "HEAD..HEAD"])
def test_what_is_no_revision(revision: str, repository: Path) -> None:
    run = pyarch("check", f"--since={revision}", cwd=repository)
    problem = f"command line, --since: {revision!r} is no revision here"
    assert run == (2, "", f"pyarch: error: {problem}\n")
    assert not (repository / "x").exists()


def test_no_repository(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(shop.parent))
    run = pyarch("check", "--since", "HEAD", cwd=shop)
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith("pyarch: error: command line, --since: fatal: not a git repository")


def test_no_git(repository: Path) -> None:
    run = pyarch("check", "--since", "HEAD", cwd=repository, environment={"PATH": ""})
    assert run == (
        2,
        "",
        "pyarch: error: command line, --since: git cannot be run: No such file or directory\n",
    )
