"""Settings that are evidently right are read without pydantic, and mean what pydantic would make of them."""

import subprocess
import sys
from typing import Any

import pytest

from flake8_pyarch.settings.evident import evident_settings
from flake8_pyarch.settings.validation import validate

_RIGHT: list[dict[str, Any]] = [
    {},
    {"preset": "clean", "select": ["PYA1"], "extend-select": [], "ruff-aware": False, "max-module-lines": 300},
    {"per-file-ignores": {"tests/*": ["PYA6", "PYA101"]}, "exclude": ["*.pyi"], "src": ["lib"]},
    {"layers": {"domain": {"packages": ["core"], "may-import": []}, "api": {"extend-packages": ["web.*"]}}},
    {"stack": {"fastapi": ">=0.100"}, "plugin-order": [["a", "b"]], "use-case-method": "run"},
    {"contracts": [{"type": "layers", "name": "x", "layers": ["a", "b"]}]},
    {"contracts": [{"type": "forbidden", "name": "x", "source-modules": "a", "forbidden_modules": ["b"]}]},
    {"contracts": []},
]
_UNCLEAR: list[dict[str, Any]] = [
    {"max-module-lines": "300"},
    {"max-module-lines": 0},
    {"max-module-lines": True},
    {"ruff-aware": 1},
    {"select": "PYA1"},
    {"select": [1]},
    {"select": ["E501"]},
    {"extend_select": ["PYA1"]},
    {"preset": "none"},
    {"use-case-method": ""},
    {"layers": {"domain": {"packages": []}}},
    {"layers": {"core": {}}},
    {"layers": {"domain": {"package": []}}},
    {"layers": []},
    {"stack": {"fastapi": "new"}},
    {"stack": {"django": ">=4"}},
    {"plugin-order": [["a"]]},
    {"contracts": [{"type": "layers", "name": "x"}]},
    {"contracts": [{"type": "layers", "name": "", "layers": ["a"]}]},
    {"contracts": [{"type": "layers", "name": "x", "layers": []}]},
    {"contracts": [{"type": "layers", "name": "x", "layers": ["a b"]}]},
    {"contracts": [{"type": ["layers"], "name": "x", "layers": ["a"]}]},
    {"contracts": ["x"]},
    {"contracts": "x"},
]


@pytest.mark.parametrize("values", _RIGHT, ids=repr)
def test_evident_settings_are_what_pydantic_makes_of_them(values: dict[str, Any]) -> None:
    settings = evident_settings(values)
    assert settings is not None
    assert settings == validate("the test", values)


@pytest.mark.parametrize("values", _UNCLEAR, ids=repr)
def test_what_may_be_wrong_is_left_to_pydantic(values: dict[str, Any]) -> None:
    assert evident_settings(values) is None


def test_pydantic_is_not_imported_for_them() -> None:
    program = f"""
import sys
from flake8_pyarch.settings import Source, resolve
for values in {_RIGHT!r}:
    resolve([Source("the test", values)])
assert "pydantic" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", program], check=True)
