"""The settings of contracts: import-linter's fields, and a clear sentence for what cannot be meant."""

from typing import Any

import pytest

from flake8_pyarch.settings import ConfigurationError, Settings, Source, resolve
from flake8_pyarch.settings.contracts import ForbiddenContract, LayersContract, Level, level_of
from flake8_pyarch.settings.validation import json_schema

LAYERS = {"name": "Layers", "type": "layers", "layers": ["shop.api", "shop.domain"]}


def settings(*contracts: dict[str, Any]) -> Settings:
    return resolve([Source("pyproject.toml", {"contracts": list(contracts)})])


def test_fields_of_import_linter() -> None:
    assert settings(LAYERS).contracts == (
        LayersContract(name="Layers", type="layers", layers=("shop.api", "shop.domain")),
    )


def test_hyphens_and_a_single_text_are_taken() -> None:
    stated = {
        "name": "No ORM",
        "type": "forbidden",
        "source-modules": "shop",
        "forbidden_modules": ["sqlalchemy"],
    }
    assert settings(stated).contracts == (
        ForbiddenContract(name="No ORM", type="forbidden", source_modules=("shop",), forbidden_modules=("sqlalchemy",)),
    )


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("a", Level(("a",), frozenset(), is_independent=False)),
        ("a | (b)", Level(("a", "b"), frozenset({"b"}), is_independent=True)),
        ("(a) : b", Level(("a", "b"), frozenset({"a"}), is_independent=False)),
    ],
)
def test_levels(text: str, level: Level) -> None:
    assert level_of(text) == level


@pytest.mark.parametrize(
    ("stated", "message"),
    [
        ({"name": "x"}, "'contracts[0]' has no 'type', expected 'layers', 'forbidden', "),
        (
            {"type": "layer"},
            "'contracts[0].type' is 'layer', expected 'layers', 'forbidden', 'independence', 'protected' ",
        ),
        ({"layers": None}, "'contracts[0]' has no 'layers'"),
        ({"layer": ["a"]}, "unknown key 'layer' in 'contracts[0]'; did you mean 'layers'?"),
        ({"layers": ["a", "a"]}, "contract 'Layers': 'layers' holds 'a': 'a' is there twice"),
        ({"layers": ["a | b : c"]}, "contract 'Layers': 'layers' holds 'a | b : c': it mixes '|' and ':'"),
        ({"layers": ["a.*"]}, "contract 'Layers': 'layers' holds 'a.*': a layer takes no wildcard"),
        ({"layers": ["a", 1]}, "'contracts[0].layers[1]' is 1, expected a string"),
        ({"exhaustive": True}, "contract 'Layers': 'exhaustive' needs 'containers'"),
        ({"containers": ["a..b"]}, "contract 'Layers': 'containers' holds 'a..b': expected a dotted module name"),
        ({"containers": ["a.**.*"]}, "contract 'Layers': 'containers' holds 'a.**.*': '**' may not stand beside"),
        (
            {"ignore_imports": ["a"]},
            "contract 'Layers': 'ignore_imports' holds 'a': expected the form 'package.importer",
        ),
    ],
)
def test_bad_contracts_are_named(stated: dict[str, Any], message: str) -> None:
    contract = {key: value for key, value in {**LAYERS, **stated}.items() if value is not None}
    if stated == {"name": "x"}:
        contract = stated
    with pytest.raises(ConfigurationError) as raised:
        settings(contract)
    assert str(raised.value).startswith(f"pyproject.toml: {message}")


def test_the_schema_knows_contracts() -> None:
    schema = json_schema()
    kinds = schema["properties"]["contracts"]["items"]["oneOf"]
    assert len(kinds) == 5
