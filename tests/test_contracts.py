"""Contracts through the command: what one file does not show, and what a contract names in vain."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from flake8_pyarch.cli import main
from flake8_pyarch.settings import forget_settings
from tests.files import write_files

SHOP = {
    "shop/__init__.py": "",
    "shop/api.py": "from shop.domain import book\n",
    "shop/domain/__init__.py": "",
    "shop/domain/book.py": "from shop.helpers import (\n    text,\n    clock,\n)\n",
    "shop/helpers/__init__.py": "",
    "shop/helpers/text.py": "",
    "shop/helpers/clock.py": "import shop.api\n",
}
LAYERS = 'type = "layers"\nlayers = ["shop.api", "shop.domain"]\n'
CHAIN = "shop.domain.book -> shop.helpers.clock -> shop.api"
REPORT = (
    "shop/domain/book.py:3:5: PYA110 contract 'C' is broken: 'shop.domain' reaches 'shop.api' through "
    f"{CHAIN}: turn the dependency round, or move the code\n"
)


@pytest.fixture(autouse=True)
def _in_shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(SHOP)


def write(files: Mapping[str, str]) -> None:
    write_files(Path(), files)


def check(contract: str, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[str, str]:
    text = f'[tool.pyarch]\nselect = ["PYA110"]\n[[tool.pyarch.contracts]]\nname = "C"\n{contract}'
    Path("pyproject.toml").write_text(text, encoding="utf-8")
    forget_settings()
    main(["check", "--output-format", "concise", *words])
    captured = capsys.readouterr()
    return captured.out.rpartition("Found")[0] or captured.out, captured.err


def test_a_chain_stands_on_its_first_link(capsys: pytest.CaptureFixture[str]) -> None:
    assert check(LAYERS, capsys) == (REPORT, "")
    assert check(LAYERS, capsys) == (REPORT, "")
    assert check(LAYERS, capsys, "--no-cache", "--jobs", "2") == (REPORT, "")


def test_a_chain_is_silenced_where_it_stands(capsys: pytest.CaptureFixture[str]) -> None:
    write({"shop/domain/book.py": SHOP["shop/domain/book.py"].replace("clock,", "clock,  # noqa: PYA110")})
    assert check(LAYERS, capsys) == ("All checks passed!\n", "")


def test_the_baseline_knows_a_chain_when_lines_have_moved(capsys: pytest.CaptureFixture[str]) -> None:
    check(LAYERS, capsys, "--update-baseline")
    entry = json.loads(Path(".pyarch-baseline.json").read_text(encoding="utf-8"))["findings"][0]
    assert (entry["path"], entry["code"], entry["symbol"]) == ("shop/domain/book.py", "PYA110", f"C: {CHAIN}")
    write({"shop/domain/book.py": "\n\n" + SHOP["shop/domain/book.py"]})
    assert check(LAYERS, capsys) == ("All checks passed!\n", "")


def test_an_import_that_is_ignored_is_in_no_chain(capsys: pytest.CaptureFixture[str]) -> None:
    assert check(LAYERS + 'ignore_imports = ["shop.helpers.** -> shop.api"]\n', capsys)[0] == "All checks passed!\n"


def test_forbidden_modules_of_others_behind_a_chain(capsys: pytest.CaptureFixture[str]) -> None:
    write({"shop/helpers/clock.py": "import arrow.parser\n"})
    contract = 'type = "forbidden"\nsource_modules = ["shop.api"]\nforbidden_modules = ["arrow"]\n'
    chain = "shop.api -> shop.domain.book -> shop.helpers.clock -> arrow"
    assert check(contract, capsys)[0] == (
        f"shop/api.py:1:25: PYA110 contract 'C' is broken: 'shop.api' reaches 'arrow' through {chain}: "
        "turn the dependency round, or move the code\n"
    )
    assert check(contract + "allow_indirect_imports = true\n", capsys)[0] == "All checks passed!\n"


def test_an_exhaustive_contract_misses_a_module(capsys: pytest.CaptureFixture[str]) -> None:
    contract = 'type = "layers"\ncontainers = ["shop"]\nlayers = ["api", "domain"]\nexhaustive = true\n'
    assert check(contract, capsys)[0] == (
        "shop/__init__.py:1:1: PYA110 contract 'C' is broken: 'shop.helpers' is none of the layers of 'shop': "
        "turn the dependency round, or move the code\n" + REPORT
    )
    assert check(contract + 'exhaustive_ignores = ["helpers"]\n', capsys)[0] == REPORT


def test_an_exhaustive_contract_of_a_package_without_init(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("shop/__init__.py", "shop/helpers/__init__.py"):
        Path(name).unlink()
    contract = 'type = "layers"\ncontainers = ["shop"]\nlayers = ["api", "domain"]\nexhaustive = true\n'
    found = [line.partition(": ")[0] for line in check(contract, capsys)[0].splitlines()]
    assert found == ["shop/domain/book.py:3:5", "shop/helpers/clock.py:1:1"]


def test_siblings_that_form_a_loop(capsys: pytest.CaptureFixture[str]) -> None:
    assert check('type = "acyclic_siblings"\nancestors = ["shop"]\n', capsys)[0] == (
        "shop/api.py:1:25: PYA110 contract 'C' is broken: 'shop.api' imports 'shop.domain' (1 import), which closes a "
        "loop of siblings: turn the dependency round, or move the code\n"
    )


@pytest.mark.parametrize(
    ("contract", "problem"),
    [
        (
            'type = "layers"\nlayers = ["shop.api", "shop.domian"]\n',
            "'layers' holds 'shop.domian', and there is no module 'shop.domian'",
        ),
        (
            'type = "layers"\ncontainers = ["shop.*"]\nlayers = ["book"]\n',
            "'layers' holds 'book', and there is no module 'shop.api.book'",
        ),
        (
            'type = "layers"\ncontainers = ["shop.domian"]\nlayers = ["book"]\n',
            "'containers' holds 'shop.domian', which no module matches",
        ),
        (
            'type = "forbidden"\nsource_modules = ["shop.web"]\nforbidden_modules = ["flask"]\n',
            "'source_modules' holds 'shop.web', which no module matches",
        ),
        (
            'type = "forbidden"\nsource_modules = ["shop"]\nforbidden_modules = ["google.cloud"]\n',
            "'forbidden_modules' holds 'google.cloud', which no module matches",
        ),
        ('type = "independence"\nmodules = ["shop.*.*.*"]\n', "'modules' holds 'shop.*.*.*', which no module matches"),
        (
            'type = "protected"\nprotected_modules = ["shop.api"]\nallowed_importers = ["shop.cli"]\n',
            "'allowed_importers' holds 'shop.cli', which no module matches",
        ),
        (
            LAYERS + 'ignore_imports = ["shop.api -> shop.cli"]\n',
            "'ignore_imports' holds 'shop.api -> shop.cli', which no import matches",
        ),
    ],
)
def test_what_is_not_there_is_an_error(contract: str, problem: str, capsys: pytest.CaptureFixture[str]) -> None:
    _, error = check(contract, capsys)
    assert error.startswith(f"pyarch: error: {Path.cwd()}/pyproject.toml: contract 'C': {problem}")
    assert "mend it, or pass --allow-unmatched" in error
    _, error = check(contract, capsys, "--allow-unmatched")
    assert error.startswith(f"warning: {Path.cwd()}/pyproject.toml: contract 'C': {problem}\n")


@pytest.mark.parametrize(("level", "expected"), [("none", ""), ("warn", "warning: ")])
def test_ignored_imports_that_are_not_there(level: str, expected: str, capsys: pytest.CaptureFixture[str]) -> None:
    ignored = 'ignore_imports = ["shop.api -> shop.cli"]\nunmatched_ignore_imports_alerting = '
    assert check(f'{LAYERS}{ignored}"{level}"\n', capsys)[1].partition("/")[0] == expected


def test_an_optional_layer_need_not_be_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert check('type = "layers"\nlayers = ["(shop.web) | shop.api", "shop.domain"]\n', capsys) == (REPORT, "")


def test_a_part_of_the_project_is_judged_in_the_whole(capsys: pytest.CaptureFixture[str]) -> None:
    assert check(LAYERS, capsys, "shop/domain") == (REPORT, "")
    assert check(LAYERS, capsys, "shop/helpers") == ("All checks passed!\n", "")


def test_files_by_name_are_not_judged_in_the_whole(capsys: pytest.CaptureFixture[str]) -> None:
    assert check(LAYERS, capsys) == (REPORT, "")
    assert check(LAYERS, capsys, "shop/domain/book.py") == ("All checks passed!\n", "")
    main(["check", "--update-baseline"])
    capsys.readouterr()
    assert check(LAYERS, capsys, "shop/domain/book.py", "--update-baseline")[1] == (
        ".pyarch-baseline.json: 1 accepted, 0 added, 0 dropped\n"
    )
    assert check(LAYERS, capsys) == ("All checks passed!\n", "")


def test_comments_that_silence_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    write({"shop/api.py": "from shop.domain import book  # noqa: PYA110\n"})
    write({"shop/domain/book.py": SHOP["shop/domain/book.py"].replace("clock,", "clock,  # noqa: PYA110")})
    write({"shop/domain/late.py": "import shop.api  # noqa: PYA110\nimport shop.helpers  # noqa: PYA110,PYA111\n"})
    unused = "PYA002 noqa of PYA110 silences nothing here: remove it"
    report = f"shop/api.py:1:31: {unused}\nshop/domain/late.py:2:22: {unused}\n"
    for _ in range(2):
        assert check(LAYERS, capsys, "--extend-select", "PYA002") == (report, "")
    assert check(LAYERS, capsys) == ("All checks passed!\n", "")
    words = ("--extend-select", "PYA002", "--per-file-ignores", "shop/api.py:PYA002")
    assert check(LAYERS, capsys, *words)[0] == f"shop/domain/late.py:2:22: {unused}\n"
