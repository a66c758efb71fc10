"""Which files a run looks at."""

from pathlib import Path

from flake8_pyarch.checking import Linter
from flake8_pyarch.project.discovery import discover


def test_line_of_a_gitignore_that_is_no_pattern_is_passed_over(tmp_path: Path) -> None:
    for name in ("kept.py", "left_out.py"):
        (tmp_path / name).touch()
    (tmp_path / ".git").touch()
    (tmp_path / ".gitignore").write_text("!\nleft_out.py\n")
    assert list(discover([str(tmp_path)], Linter()).files) == [str(tmp_path / "kept.py")]
