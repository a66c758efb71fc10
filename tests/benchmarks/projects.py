"""Projects to measure on: files of installed packages, put into the layers of a service."""

import shutil
from itertools import cycle, islice
from pathlib import Path

__all__ = ["write_project"]

_LAYERS = ("domain", "usecases", "api", "persistence", "external", "infrastructure", "config")
_SMALLEST, _LARGEST = 500, 30_000
_PER_PACKAGE = 25


def write_project(directory: Path, packages: Path, count: int) -> Path:
    """Write a service of `count` files, and return its directory.

    Arguments:
        directory: where to write it; what is there is deleted.
        packages: the directory of installed packages that the files are from.
        count: how many.

    """
    shutil.rmtree(directory, ignore_errors=True)
    sources = [path for path in sorted(packages.rglob("*.py")) if _SMALLEST < path.stat().st_size < _LARGEST]
    for number, source in enumerate(islice(cycle(sources[:: max(1, len(sources) // count)]), count)):
        layer = _LAYERS[number % len(_LAYERS)]
        folder = directory / "src/shop" / layer / f"part_{number // len(_LAYERS) // _PER_PACKAGE}"
        if not folder.exists():
            folder.mkdir(parents=True)
            (folder / "__init__.py").touch()
            (folder.parent / "__init__.py").touch()
        shutil.copyfile(source, folder / f"module_{number}.py")
    (directory / "src/shop/__init__.py").touch()
    (directory / "pyproject.toml").write_text(_PYPROJECT, encoding="utf-8")
    (directory / "tach.toml").write_text(_TACH, encoding="utf-8")
    (directory / ".importlinter").write_text(_IMPORT_LINTER, encoding="utf-8")
    return directory


_PYPROJECT = '[project]\nname = "shop"\nversion = "1"\n\n[tool.pyarch]\nsrc = ["src"]\nruff-aware = false\n'
_IMPORT_LINTER = """[importlinter]
root_package = shop

[importlinter:contract:layers]
name = Layers
type = layers
layers =
    shop.api
    shop.persistence
    shop.usecases
    shop.domain
"""
_TACH = 'source_roots = ["src"]\n' + "".join(
    f'\n[[modules]]\npath = "shop.{name}"\ndepends_on = {below}\n'
    for name, below in (
        ("api", '["shop.usecases", "shop.domain"]'),
        ("persistence", '["shop.usecases", "shop.domain"]'),
        ("usecases", '["shop.domain"]'),
        ("domain", "[]"),
    )
)
