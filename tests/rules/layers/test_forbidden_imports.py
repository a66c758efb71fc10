"""PYA101, PYA104 and PYA105 share the forbidden imports among them: each is reported, and by one rule alone."""

import ast
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from flake8_pyarch.checking import Linter
from flake8_pyarch.settings import LAYERS, Layer, Source
from flake8_pyarch.source.layers import Place
from tests.source.projects import Project, write

DIRECTORIES = {layer: f"src/shop/{layer}" for layer in Layer}
NO_SETTINGS: dict[str, Any] = {}
NOTHING_ALLOWED: dict[str, Any] = {"layers": {layer.value: {"may-import": []} for layer in Layer}}
PERSISTENCE_ALLOWED: dict[str, Any] = {"layers": {layer.value: {"may-import": ["persistence"]} for layer in Layer}}


@pytest.mark.parametrize(
    "settings", [NO_SETTINGS, NOTHING_ALLOWED, PERSISTENCE_ALLOWED], ids=["default", "none", "one"]
)
def test_each_forbidden_import_is_reported_once(tmp_path: Path, settings: dict[str, Any]) -> None:
    write(tmp_path, ["pyproject.toml", "src/shop/container.py", *(f"{path}/a.py" for path in DIRECTORIES.values())])
    linter = Linter([Source("the test", {"select": ["PYA101", "PYA104", "PYA105"], **settings})])
    tree = Project(tmp_path, **settings).tree
    targets = {f"shop.{layer}.a": Place(layer=layer) for layer in Layer} | {
        "shop.container": Place(is_composition=True)
    }
    for layer, (target, place) in product(LAYERS, targets.items()):
        text = f"import {target}\n"
        found = linter.check(str(tmp_path / DIRECTORIES[layer] / "b.py"), ast.parse(text), [text])
        assert len(found) == tree.forbids(layer, place), (layer, target, found)
