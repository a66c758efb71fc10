"""The names of what manifests declare, whichever tool they are written for."""

import os
from pathlib import Path

import pytest

from flake8_pyarch.source.manifests.declared_names import declared_names


@pytest.mark.parametrize(
    "text",
    [
        "[project]\ndependencies = [\"{}>=22.1 ; python_version > '3.11'\"]\n",
        '[project.optional-dependencies]\nweb = ["{}[dev]"]\n',
        '[dependency-groups]\ndev = [{{include-group = "web"}}, "{}"]\n',
        '[tool.poetry.dependencies]\n{} = "^22.1"\n',
        '[tool.poetry.dev-dependencies]\n{} = {{ version = "*" }}\n',
        '[tool.poetry.group.dev.dependencies]\n{} = "*"\n',
        '[tool.uv]\ndev-dependencies = ["{}"]\n',
        '[tool.rye]\ndev-dependencies = ["{}"]\n',
        '[tool.pdm.dev-dependencies]\nweb = ["{}"]\n',
    ],
)
@pytest.mark.parametrize("name", ["struct-log", "Struct_Log"])
def test_tables(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(text.format(name), encoding="utf-8")
    assert declared_names([str(tmp_path / "pyproject.toml")]) == {"struct-log"}


@pytest.mark.parametrize(
    "text",
    [
        '[tool.uv]\nconstraint-dependencies = ["structlog"]\n',
        '[project]\ndependencies = "structlog"\n',
        '[project]\ndependencies = [["structlog"], 1, ""]\n',
        "[tool]\npoetry = 1\n",
        "[project",
        "\0",
    ],
)
def test_nothing_declared(text: str, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(text, encoding="utf-8")
    assert declared_names([str(tmp_path / "pyproject.toml")]) == frozenset()


def test_requirements_files(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text(
        "# web\n fastapi==0.115.13\n-r more.txt\n\nzope.event\n", encoding="utf-8"
    )
    (tmp_path / "requirements.in").write_text("structlog\n", encoding="utf-8")
    paths = [str(tmp_path / name) for name in ("requirements.txt", "requirements.in", "nothere.txt")]
    assert declared_names(paths) == {"fastapi", "zope-event", "structlog"}


def test_what_is_no_text_declares_nothing(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_bytes(b"structlog\n\xff\n")
    os.mkfifo(tmp_path / "requirements-dev.txt")
    assert declared_names(map(str, tmp_path.iterdir())) == frozenset()
