"""What the tests of the mypy plugin share."""

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.mypy.running import run_mypy, write


@pytest.fixture(autouse=True)
def _recursion_limit() -> Iterator[None]:
    """Mypy raises the recursion limit of the process it runs in; the other tests run in it too."""
    limit = sys.getrecursionlimit()
    yield
    sys.setrecursionlimit(limit)


@pytest.fixture(scope="session")
def libraries(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache of mypy's that holds the libraries, and nothing of any project."""
    root = tmp_path_factory.mktemp("libraries")
    write(root, {"uses.py": "import attrs, fastapi, fastapi.security, pydantic, unittest.mock\n"})
    assert run_mypy(root, root / "cache") == []
    return root / "cache"


@pytest.fixture(scope="session")
def new_cache(libraries: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """Return a cache that knows nothing of any project: the libraries need not be checked again in each test."""

    def new() -> Path:
        return Path(shutil.copytree(libraries, tmp_path_factory.mktemp("cache") / "cache"))

    return new


@pytest.fixture
def cache(new_cache: Callable[[], Path]) -> Path:
    """A cache of mypy's that knows nothing of any project."""
    return new_cache()
