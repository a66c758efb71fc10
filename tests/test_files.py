import os
from pathlib import Path

import pytest

from flake8_pyarch.files import matching_paths
from tests.files import write_files

_FILES = ["a/x.yml", "a/b/x.yml", "a/b/c/y.yml", "a/.hidden/x.yml", "[d]/x.yml", "z.yml"]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("z.yml", ["z.yml"]),
        ("y.yml", []),
        ("*.yml", ["z.yml"]),
        (".", ["."]),
        ("*", ["[d]", "a", "z.yml"]),
        ("a/*", ["a/b", "a/x.yml"]),
        ("a/*.yml", ["a/x.yml"]),
        ("a/.*/*.yml", ["a/.hidden/x.yml"]),
        ("a/?/x.yml", ["a/b/x.yml"]),
        ("[[]d]/*", ["[d]/x.yml"]),
        ("**/x.yml", ["[d]/x.yml", "a/b/x.yml", "a/x.yml"]),
        ("**/b/**/y.yml", ["a/b/c/y.yml"]),
        ("a/**", ["a", "a/b", "a/b/c", "a/b/c/y.yml", "a/b/x.yml", "a/x.yml"]),
        ("a/**/**/**/c", ["a/b/c"]),
        ("a/../z*", ["z.yml"]),
        ("a/b/./c/", ["a/b/c"]),
    ],
)
def test_paths_by_globs(pattern: str, expected: list[str], tmp_path: Path) -> None:
    root = tmp_path / "[root]*"
    write_files(root, dict.fromkeys(_FILES, ""))
    assert matching_paths(str(root), pattern) == [os.path.normpath(root / path) for path in expected]
    assert matching_paths(str(root / "a"), os.path.join("..", pattern)) == matching_paths(str(root), pattern)


def test_an_absolute_glob_does_not_care_for_the_root(tmp_path: Path) -> None:
    write_files(tmp_path, {"a/x.yml": ""})
    assert matching_paths("/elsewhere", str(tmp_path / "*/x.yml")) == [str(tmp_path / "a/x.yml")]


def test_circles_of_links_are_left(tmp_path: Path) -> None:
    write_files(tmp_path, {f"{name}/x.yml": "" for name in ("a", "b", "c")})
    for name in ("a", "b", "c"):
        for number in range(5):
            (tmp_path / name / f"link{number}").symlink_to(tmp_path)
    expected = [str(tmp_path / name / "x.yml") for name in ("a", "b", "c")]
    assert matching_paths(str(tmp_path), "**/x.yml") == expected
    assert matching_paths(str(tmp_path), "/".join(["*"] * 40) + "/x.yml") == []
    assert matching_paths(str(tmp_path), "a/link1/b/*.yml") == [str(tmp_path / "a/link1/b/x.yml")]
