"""What `pyarch init` finds in a project, and what it proposes."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from flake8_pyarch.cli.adoption.proposal import propose, table_of
from flake8_pyarch.cli.adoption.survey import survey
from flake8_pyarch.settings import forget_settings
from tests.files import write_files

SETTER = """\
class BorrowBookUseCase:
    def __init__(self) -> None:
        self._reader: str | None = None
        self._result_loan: str | None = None

    def set_reader(self, reader: str) -> "BorrowBookUseCase":
        self._reader = reader
        return self

    @property
    def loan(self) -> str | None:
        return self._result_loan

    def find(self, reader: str) -> str:
        return reader

    def execute(self) -> None:
        self._result_loan = self._reader
"""
CALL = """\
class ReturnBookUseCase:
    def execute(self, reader: str) -> str:
        return reader
"""
HANDLE = CALL.replace("execute", "handle")
HANDLE_TWICE = HANDLE + HANDLE.replace("Return", "Burn")

SILENT = "".join(f"class {name}UseCase:\n    def do(self): ...\n    def undo(self): ...\n" for name in "ABC")


def proposed(root: Path, contents: dict[str, str]) -> dict[str, Any]:
    write_files(root, contents)
    forget_settings()
    return table_of(propose(survey(str(root)), None))


def layered(top: str, *, use_case: str = "") -> dict[str, str]:
    files = {f"{top}{name}__init__.py": "" for name in ("", "domain/", "usecases/", "persistence/")}
    return {**files, f"{top}usecases/library.py": use_case}


@pytest.mark.parametrize(
    ("use_case", "settings"),
    [
        (SETTER, {"preset": "seed"}),
        (CALL, {"preset": "clean", "use-case-style": "call"}),
        (HANDLE, {"preset": "clean", "use-case-style": "call"}),
        (HANDLE_TWICE, {"preset": "clean", "use-case-style": "call", "use-case-method": "handle"}),
        (CALL + SILENT, {"preset": "clean"}),
        (SETTER + CALL, {"preset": "clean"}),
        ("", {"preset": "clean"}),
    ],
)
def test_style_of_use_cases(tmp_path: Path, use_case: str, settings: dict[str, Any]) -> None:
    assert proposed(tmp_path, layered("shop/", use_case=use_case)) == settings


def test_empty_project_gets_the_whole_style(tmp_path: Path) -> None:
    assert proposed(tmp_path, {}) == {"preset": "seed"}


def test_package_whose_name_and_imports_suggest_a_layer(tmp_path: Path) -> None:
    route, model = "from fastapi import APIRouter\n", "import sqlalchemy\n"
    handlers = {f"shop/handlers/{name}.py": route for name in ("orders", "prices")}
    stores = {f"shop/storage/{name}.py": model for name in ("orders", "prices")}
    views = {"shop/views/one.py": route, "shop/views/two.py": "", "shop/views/three.py": "", "shop/views/four.py": ""}
    helpers = {f"shop/helpers/{name}.py": route for name in ("one", "two")}
    assert proposed(tmp_path, layered("shop/") | handlers | stores | views | helpers) == {
        "preset": "clean",
        "layers": {
            "api": {"extend-packages": ["shop.handlers"]},
            "persistence": {"extend-packages": ["shop.storage"]},
        },
    }


def test_usual_name_elsewhere_needs_proof_too(tmp_path: Path) -> None:
    contents = {f"shop/web/api/{name}.py": "from fastapi import APIRouter\n" for name in ("orders", "prices")}
    contents |= {f"shop/tools/api/{name}.py": "" for name in ("orders", "prices")}
    assert proposed(tmp_path, layered("shop/core/") | contents) == {
        "preset": "clean",
        "layers": {"api": {"extend-packages": ["shop.web"]}},
    }


def test_names_prove_nothing_where_there_is_no_domain(tmp_path: Path) -> None:
    handlers = {f"shop/handlers/{name}.py": "from fastapi import APIRouter\n" for name in ("orders", "prices")}
    contents = {"shop/routers/orders.py": "", "shop/models.py": "", "shop/repositories/orders.py": ""}
    assert proposed(tmp_path, contents | handlers) == {"preset": "clean"}


@pytest.mark.parametrize("top", ["shop/", "src/shop/"])
def test_usual_source_roots_need_no_setting(tmp_path: Path, top: str) -> None:
    users = {f"{top}persistence/{name}.py": "from shop.domain import order\n" for name in ("one", "two")}
    assert "src" not in proposed(tmp_path, layered(top) | {f"{top}domain/order.py": ""} | users)


def test_unusual_source_roots(tmp_path: Path) -> None:
    users = {f"backend/code/shop/persistence/{name}.py": "from shop.domain import order\n" for name in ("one", "two")}
    contents = layered("backend/code/shop/") | {"backend/code/shop/domain/order.py": ""} | users
    assert proposed(tmp_path, contents)["src"] == ["backend/code", "."]


def test_corner_with_roots_of_its_own_does_not_count(tmp_path: Path) -> None:
    corner = {f"lab/{name}/__init__.py": "" for name in ("tools", "data")}
    users = {f"lab/data/{name}.py": "from tools import x\n" for name in ("one", "two")}
    service = {f"shop/persistence/m{number}.py": "import json\n" for number in range(30)}
    tests = {"tests/fakes/__init__.py": "", "shop/one.py": "import fakes.a\n", "shop/two.py": "import fakes.a\n"}
    assert "src" not in proposed(tmp_path, layered("shop/") | corner | users | service | tests)


def test_many_source_roots_beside_each_other(tmp_path: Path) -> None:
    contents = {"setup.py": ""}
    for name in ("billing", "orders", "shipping"):
        contents[f"services/{name}/{name}/__init__.py"] = ""
        contents[f"services/{name}/{name}/one.py"] = "from billing import x\nfrom orders import y\n"
        contents[f"services/{name}/{name}/two.py"] = "import shipping.z\n"
    assert proposed(tmp_path, contents)["src"] == ["services/*", "."]


def test_what_is_not_looked_at(tmp_path: Path) -> None:
    contents = layered("shop/", use_case=SETTER) | {
        "shop/broken.py": "def (\n",
        "shop/migrations/one.py": "",
        "tests/test_shop.py": CALL,
        "other/pyproject.toml": "[tool.pyarch]\n",
        "other/shop/usecases/two.py": CALL,
    }
    assert proposed(tmp_path, contents) == {"preset": "seed"}
    found = survey(str(tmp_path))
    assert (found.modules, found.tests, found.unreadable) == (5, 1, 1)


def test_example_service_is_of_the_whole_style(tmp_path: Path) -> None:
    root = Path(__file__).parent.parent.parent / "docs" / "example" / "library"
    shutil.copytree(root / "src", tmp_path / "src")
    assert proposed(tmp_path, {}) == {"preset": "seed"}
