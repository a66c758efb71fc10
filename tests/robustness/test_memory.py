"""A run keeps nothing of the files it has checked but their results."""

import gc
from pathlib import Path

from flake8_pyarch.checking import Linter
from flake8_pyarch.cli.running import check_file
from flake8_pyarch.settings import Source
from tests.robustness.constructs import CONSTRUCTS
from tests.robustness.projects import SHOP, write

_LEFT_BY_IMPORTS = 500


def test_a_file_is_freed_without_a_search_for_cycles(tmp_path: Path) -> None:
    texts = {f"shop/usecases/x{number}.py": text(20) for number, text in enumerate(CONSTRUCTS.values())}
    provider = "from fastapi import Depends\nfrom shop.usecases.x0 import f\n\n\ndef g(a=Depends(f())): ...\n"
    write(tmp_path, SHOP | texts | {"shop/api/x.py": provider})
    linter = Linter([Source("the test", {"preset": "strict"})])
    paths = [str(path) for path in tmp_path.rglob("*.py")]
    for path in paths:
        check_file(path, linter, signs=False)
    gc.collect()
    gc.disable()
    try:
        results = [check_file(path, linter, signs=False) for path in paths]
        assert gc.collect() < _LEFT_BY_IMPORTS
    finally:
        gc.enable()
    assert any(checked.result.reported for checked in results)
