"""Contracts that were written for import-linter become contracts of ours with the same meaning."""

from pathlib import Path

import pytest

from flake8_pyarch.contracts.from_import_linter import convert_import_linter
from flake8_pyarch.settings import ConfigurationError, Source, resolve

INI = """\
[importlinter]
root_packages =
    shop
    tools
include_external_packages = True
exclude_type_checking_imports = True

[importlinter:contract:the-layers]
name = The layers
type = layers
containers = shop
layers =
    api
    # the middle
    usecases | jobs
    (domain)
exhaustive = true
ignore_imports =
    shop.domain.* -> shop.api
unmatched_ignore_imports_alerting = warn

[importlinter:contract:2]
name = No ORM
type = forbidden
source_modules =
    shop.domain
forbidden_modules =
    sqlalchemy
as_packages = False

[importlinter:contract:3]
name = Siblings
type = acyclic_siblings
ancestors = shop
depth = 3

[importlinter:contract:4]
name = Ours alone
type = our_own
"""
SETTINGS = {
    "contracts": [
        {
            "name": "The layers",
            "type": "layers",
            "ignore_imports": ["shop.domain.* -> shop.api"],
            "unmatched_ignore_imports_alerting": "warn",
            "layers": ["api", "usecases | jobs", "(domain)"],
            "containers": ["shop"],
            "exhaustive": True,
        },
        {
            "name": "No ORM",
            "type": "forbidden",
            "source_modules": ["shop.domain"],
            "forbidden_modules": ["sqlalchemy"],
            "as_packages": False,
        },
        {"name": "Siblings", "type": "acyclic_siblings", "ancestors": ["shop"], "depth": 3},
    ],
    "type-checking-imports": "ignore",
}
TOML = """\
[tool.importlinter]
root_package = "shop"

[[tool.importlinter.contracts]]
name = "Apart"
type = "independence"
modules = ["shop.a", "shop.b"]
ignore_imports = []
modulez = ["x"]

[[tool.importlinter.contracts]]
name = "Behind the facade"
type = "protected"
protected_modules = ["shop.legacy"]
allowed_importers = ["shop.facade"]
as_packages = true
broken_contract_guidance = \"\"\"
Ask the team.
\"\"\"
"""


@pytest.mark.parametrize("name", ["setup.cfg", ".importlinter"])
def test_ini(name: str, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(TOML, encoding="utf-8")
    (tmp_path / name).write_text(INI, encoding="utf-8")
    converted = convert_import_linter(str(tmp_path))
    assert converted is not None
    assert converted.origin == str(tmp_path / name)
    assert converted.settings == SETTINGS
    assert converted.left_out == ("contract 'Ours alone' has a type of its own, 'our_own'",)
    assert len(resolve([Source("the test", converted.settings)]).contracts) == 3


def test_toml(tmp_path: Path) -> None:
    (tmp_path / "setup.cfg").write_text("[metadata]\nname = shop\n", encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text(TOML, encoding="utf-8")
    converted = convert_import_linter(str(tmp_path))
    assert converted is not None
    assert converted.settings == {
        "contracts": [
            {"name": "Apart", "type": "independence", "modules": ["shop.a", "shop.b"]},
            {
                "name": "Behind the facade",
                "type": "protected",
                "broken_contract_guidance": "Ask the team.\n",
                "protected_modules": ["shop.legacy"],
                "allowed_importers": ["shop.facade"],
            },
        ]
    }
    assert converted.left_out == ("contract 'Apart' has 'modulez', which import-linter does not know",)


def test_nothing_for_import_linter(tmp_path: Path) -> None:
    assert convert_import_linter(str(tmp_path)) is None
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'shop'\n", encoding="utf-8")
    assert convert_import_linter(str(tmp_path)) is None


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (".importlinter", "importlinter"),
        ("setup.cfg", "[a]\n[a]\n"),
        ("pyproject.toml", "["),
        ("pyproject.toml", "tool = 1"),
        ("pyproject.toml", f"a = {'[' * 100_000}"),
        ("pyproject.toml", "tool.importlinter = 1"),
        ("pyproject.toml", "tool.importlinter.contracts = 1"),
        ("pyproject.toml", "tool.importlinter.contracts = ['layers']"),
        ("pyproject.toml", "[[tool.importlinter.contracts]]\ntype = ['layers']"),
        ("pyproject.toml", "[[tool.importlinter.contracts]]\ntype = 'layers'\nlayers = 1"),
    ],
)
def test_files_that_cannot_be_read(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError, match="import-linter's configuration cannot be read"):
        convert_import_linter(str(tmp_path))
