"""Trees that are no plain project: each gets a right answer or a clear message."""

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from flake8_pyarch.cli import main
from flake8_pyarch.settings import forget_settings
from tests.files import write_files

LAYERS = '[tool.pyarch]\nselect = ["PYA110", "PYA111"]\n[[tool.pyarch.contracts]]\nname = "C"\ntype = "layers"\n'


@pytest.fixture(autouse=True)
def _in_empty_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    forget_settings()
    monkeypatch.chdir(tmp_path)


def write(files: Mapping[str, str]) -> None:
    write_files(Path(), files)


def places(capsys: pytest.CaptureFixture[str], *words: str) -> list[str]:
    assert main(["check", "--output-format", "concise", "-q", *words]) in {0, 1}
    captured = capsys.readouterr()
    assert captured.err == ""
    return [" ".join(line.split(" ")[:2]) for line in captured.out.splitlines()]


def test_two_projects_in_one_tree(capsys: pytest.CaptureFixture[str]) -> None:
    shop = {"app/api.py": "", "app/domain.py": "import app.helper\n", "app/helper.py": "import app.api\n"}
    write({f"one/{name}": text for name, text in shop.items()})
    write({f"one/two/{name}": text for name, text in shop.items()})
    write({"one/pyproject.toml": f'{LAYERS}layers = ["app.api", "app.domain"]\n'})
    write({"one/two/pyproject.toml": '[tool.pyarch]\nselect = ["PYA111"]\n'})
    assert places(capsys) == ["one/app/domain.py:1:8: PYA110"]
    assert places(capsys, "one/app") == ["one/app/domain.py:1:8: PYA110"]
    assert places(capsys, "one/two") == []


def test_modules_of_one_name_below_two_source_roots(capsys: pytest.CaptureFixture[str]) -> None:
    services = {"app/a.py": "import app.b\n", "app/b.py": "import app.a\n"}
    write({f"services/orders/src/{name}": text for name, text in services.items()})
    write({"services/books/src/app/a.py": "import app.b\n", "services/books/src/app/b.py": ""})
    write({"pyproject.toml": '[tool.pyarch]\nselect = ["PYA111"]\nsrc = ["services/*/src"]\n'})
    assert places(capsys) == ["services/orders/src/app/a.py:1:8: PYA111"]


def test_links_that_lead_in_a_circle(capsys: pytest.CaptureFixture[str]) -> None:
    write({"shop/__init__.py": "", "shop/domain/a.py": "import shop.domain.b\n", "shop/domain/b.py": ""})
    write({"shop/api/c.py": "import shop.domain.a\n", "pyproject.toml": "[tool.pyarch]\npreset = 'strict'\n"})
    for name in ("one", "two", "three"):
        os.symlink("..", f"shop/domain/{name}")
    os.symlink("shop", "again")
    assert main(["check", "-q", "--output-format", "concise"]) == 1
    assert "shop/domain/one" not in capsys.readouterr().out
    assert main(["graph"]) == 0
    assert ": 4 modules, 2 imports, 0 forbidden, 0 loops\n" in capsys.readouterr().out


def test_packages_without_init(capsys: pytest.CaptureFixture[str]) -> None:
    write({"src/acme/api/routes.py": "", "src/acme/domain/book.py": "from acme.helpers import text\n"})
    write({"src/acme/helpers/text.py": "from acme.api import routes\n"})
    write({"pyproject.toml": f'{LAYERS}layers = ["acme.api", "acme.domain"]\n'})
    assert places(capsys) == ["src/acme/domain/book.py:1:26: PYA110"]


def test_names_that_differ_only_by_case(capsys: pytest.CaptureFixture[str]) -> None:
    write({"shop/Book.py": "import shop.book\n", "shop/book.py": "import shop.BOOK\n", "shop/BOOK.py": ""})
    write({"pyproject.toml": '[tool.pyarch]\nselect = ["PYA111"]\n'})
    if len(os.listdir("shop")) == 3:
        assert places(capsys) == []
        write({"shop/BOOK.py": "import shop.Book\n"})
        assert places(capsys) == ["shop/BOOK.py:1:8: PYA111"]


def test_a_module_beside_a_package_of_its_name(capsys: pytest.CaptureFixture[str]) -> None:
    write({"shop/a.py": "import shop.b\n", "shop/a/__init__.py": "import shop.b\n", "shop/b.py": "import shop.a\n"})
    write({"pyproject.toml": '[tool.pyarch]\nselect = ["PYA111"]\n'})
    assert places(capsys) == ["shop/a/__init__.py:1:8: PYA111"]


def test_a_file_that_cannot_be_parsed_is_a_module_still(capsys: pytest.CaptureFixture[str]) -> None:
    write({"shop/api.py": "def\n", "shop/domain.py": "import shop.api\n"})
    write({"pyproject.toml": f'{LAYERS}layers = ["shop.api", "shop.domain"]\n'})
    assert places(capsys) == ["shop/domain.py:1:8: PYA110"]


def test_a_comment_that_silences_a_file_hides_its_imports_from_nobody(capsys: pytest.CaptureFixture[str]) -> None:
    write(
        {"shop/api.py": "", "shop/text.py": "# flake8: noqa\nimport shop.api\n", "shop/domain.py": "import shop.text\n"}
    )
    write({"pyproject.toml": f'{LAYERS}layers = ["shop.api", "shop.domain"]\n'})
    assert places(capsys) == ["shop/domain.py:1:8: PYA110"]
