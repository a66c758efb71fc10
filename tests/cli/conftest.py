"""A small service with two mistakes, one of which can be fixed."""

from pathlib import Path

import pytest

from tests.cli.command import write

LENDING = """\
def lend(books):
    try:
        look(books)
    except KeyError:
        raise ValueError(books)
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Return its directory."""
    files = {
        "pyproject.toml": "[tool.pyarch]\n",
        "src/shop/__init__.py": "",
        "src/shop/domain/__init__.py": "",
        "src/shop/domain/book.py": "from sqlalchemy import select\n",
        "src/shop/usecases/__init__.py": "",
        "src/shop/usecases/lending.py": LENDING,
    }
    write(tmp_path, files)
    return tmp_path
