"""`pyarch graph`: a small service in every format."""

import json
import os
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path

import pytest

from flake8_pyarch.checking import FileResult
from flake8_pyarch.cli import main
from flake8_pyarch.cli.graph import GRAPH_FORMATS
from flake8_pyarch.settings import forget_settings
from flake8_pyarch.source.text import SourceText
from tests.files import make_old, write_files

SHOP = {
    "pyproject.toml": "[tool.pyarch]\n",
    "shop/__init__.py": "",
    "shop/domain/__init__.py": "",
    "shop/domain/book.py": "from shop.domain import author\nfrom shop.api import routes\n",
    "shop/domain/author.py": "import shop.domain.book\n",
    "shop/usecases/borrow.py": "from shop.domain.book import Book\nfrom shop.domain import author\n",
    "shop/api/routes.py": "from shop.usecases import borrow\n\n\ndef route():\n    import shop.usecases.borrow\n",
    "shop/main.py": "from shop.api import routes\n",
    "tests/test_book.py": "import shop.domain.book\n",
}
TEXT = """\
shop: 7 modules, 7 imports, 1 forbidden, 1 loop

domain  3 modules
  -> api  1 import, 1 forbidden

application  1 module
  -> domain  2 imports

api  1 module
  -> application  1 import

composition  1 module
  -> api  1 import

other  1 module

forbidden
  shop/domain/book.py:2  shop.domain.book -> shop.api.routes  (domain may not import api)

loops
  shop.domain.author -> shop.domain.book -> shop.domain.author
"""
MERMAID = """\
---
title: 'shop: 7 modules, 7 imports, 1 forbidden, 1 loop'
---
flowchart BT
  box0["domain<br>3 modules<br>1 loop"]
  box1["application<br>1 module<br>1 loop"]
  box2["api<br>1 module<br>1 loop"]
  box3["composition<br>1 module"]
  box4["other<br>1 module"]
  box0 -->|1| box2
  box1 -->|2| box0
  box2 -->|1| box1
  box3 -->|1| box2
  linkStyle 0 stroke:#c00,color:#c00
"""


@pytest.fixture(autouse=True)
def _in_shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    forget_settings()
    (tmp_path / "shop").mkdir()
    monkeypatch.chdir(tmp_path / "shop")
    write(SHOP)


def write(files: Mapping[str, str]) -> None:
    write_files(Path(), files)


def graph(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["graph", *words]) == 0
    return capsys.readouterr().out


def test_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert graph(capsys) == TEXT


def test_mermaid(capsys: pytest.CaptureFixture[str]) -> None:
    assert graph(capsys, "--output-format", "mermaid") == MERMAID


def test_dot(capsys: pytest.CaptureFixture[str]) -> None:
    lines = graph(capsys, "--output-format", "dot").splitlines()
    assert lines[0] == "digraph layers {"
    assert lines[-1] == "}"
    assert '  "domain" -> "api" [label="1", color=red, fontcolor=red];' in lines
    assert '  { rank=same; "application" [label="application\\n1 module"]; }' in lines


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    data = json.loads(graph(capsys, "--output-format", "json"))
    assert [layer["name"] for layer in data["layers"]] == ["domain", "application", "api", "composition", "other"]
    assert data["arrows"][0] == {"importer": "domain", "imported": "api", "imports": 1, "forbidden": 1, "looping": 0}
    assert data["imports"][0] == {
        "importer": "shop.api.routes",
        "imported": "shop.usecases.borrow",
        "path": "shop/api/routes.py",
        "lines": [1, 5],
        "problem": None,
        "in_loop": False,
    }
    assert data["loops"] == [["shop.domain.author", "shop.domain.book", "shop.domain.author"]]
    assert {"name": "shop.main", "path": "shop/main.py", "box": "composition", "knot": None} in data["modules"]


def test_svg(capsys: pytest.CaptureFixture[str]) -> None:
    text = graph(capsys, "--output-format", "svg")
    assert text == graph(capsys, "--output-format", "svg", "--no-cache")
    drawn = ET.fromstring(text)  # noqa: S314 - our own text
    kinds = [element.get("class") for element in drawn.iter() if element.tag.endswith(("rect", "path"))]
    assert kinds.count("box") == 5
    assert kinds.count("arrow") == 3
    assert kinds.count("arrow forbidden") == 1
    texts = [element.text for element in drawn.iter() if element.tag.endswith("text")]
    assert texts[0] == "shop: 7 modules, 7 imports, 1 forbidden, 1 loop"
    assert "3 modules, 1 loop" in texts


class Page(HTMLParser):
    """A page's text by element, its ids, and the addresses it names."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.texts: dict[str, str] = {}
        self.ids: list[str] = []
        self.addresses: list[str] = []
        self._open = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self._open = values.get("id") or tag
        self.ids += [name for name in [values.get("id")] if name]
        self.addresses += [value for name, value in attrs if name in {"src", "href", "action"} and value]

    def handle_data(self, data: str) -> None:
        self.texts[self._open] = self.texts.get(self._open, "") + data

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - the parser calls it so
        self._open = ""


def test_html_is_one_page_that_asks_nothing_of_the_network(capsys: pytest.CaptureFixture[str]) -> None:
    text = graph(capsys, "--output-format", "html")
    page = Page(text)
    assert page.addresses == []
    assert set(re.findall(r"https?://[^\s\"']+", text)) == {"http://www.w3.org/2000/svg"}
    assert not re.search(r"@import|url\((?!#)|fetch\(|XMLHttpRequest|import\(", text)
    assert "default-src 'none'" in text
    assert page.texts["title"] == "shop: 7 modules, 7 imports, 1 forbidden, 1 loop"
    data = json.loads(page.texts["data"])
    assert data["rows"] == [["domain"], ["application"], ["api"], ["composition"], ["other"]]
    assert data["modules"][1] == ["shop.api.routes", "shop/api/routes.py", "api", 0]
    assert data["imports"][0] == [1, 6, [1, 5], None, False]
    assert data["loops"] == [[3, 4, 3]]


def test_the_pages_script_finds_every_element_that_it_asks_for(capsys: pytest.CaptureFixture[str]) -> None:
    page = Page(graph(capsys, "--output-format", "html"))
    asked = set(re.findall(r'byId\("(\w+)"\)', page.texts["script"]))
    assert asked
    assert asked <= set(page.ids)
    for opening, closing in ("()", "[]", "{}"):
        assert page.texts["script"].count(opening) == page.texts["script"].count(closing)


def test_no_name_ends_the_script_it_stands_in(capsys: pytest.CaptureFixture[str]) -> None:
    contract = '[[tool.pyarch.contracts]]\nname = "</script><b>{data}"\ntype = "independence"\nmodules = ["shop.*"]\n'
    write({"pyproject.toml": f"[tool.pyarch]\n{contract}"})
    page = Page(graph(capsys, "--output-format", "html"))
    assert "contract '</script><b>{data}'" in {each[3] for each in json.loads(page.texts["data"])["imports"]}


def test_a_part_of_the_project(capsys: pytest.CaptureFixture[str]) -> None:
    assert graph(capsys, "shop/domain").startswith("domain: 3 modules, 2 imports, 0 forbidden, 1 loop\n")


def test_of_several_projects_the_one_at_the_path(capsys: pytest.CaptureFixture[str]) -> None:
    write({"other/pyproject.toml": "[tool.pyarch]\n", "other/a.py": ""})
    assert graph(capsys) == TEXT


def test_a_project_without_layers_is_boxes_of_packages(capsys: pytest.CaptureFixture[str]) -> None:
    write({"tools/pyproject.toml": "[tool.pyarch]\n", "tools/kit/a/x.py": "import kit.b.y\n", "tools/kit/b/y.py": ""})
    assert graph(capsys, "tools") == (
        "tools: 2 modules, 1 import, 0 forbidden, 0 loops\n\nkit.b  1 module\n\nkit.a  1 module\n  -> kit.b  1 import\n"
    )


def test_breaches_of_contracts_are_forbidden(capsys: pytest.CaptureFixture[str]) -> None:
    contract = '[[tool.pyarch.contracts]]\nname = "Apart"\ntype = "independence"\nmodules = ["shop.api", "shop.main"]\n'
    write({"pyproject.toml": f"[tool.pyarch]\n{contract}"})
    assert "  shop/main.py:1  shop.main -> shop.api.routes  (contract 'Apart')\n" in graph(capsys)


def test_a_warm_run_parses_nothing(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    make_old(Path())
    main(["check", "-q"])
    capsys.readouterr()
    monkeypatch.setattr(SourceText, "parse", lambda _: pytest.fail("a file was parsed"))
    assert graph(capsys) == TEXT


def test_written_to_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert graph(capsys, "-o", "picture.txt") == ""
    assert Path("picture.txt").read_text(encoding="utf-8") == TEXT


def test_written_to_what_is_no_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    os.mkfifo("pipe")
    Path("link.txt").symlink_to(tmp_path / "picture.txt")
    with os.fdopen(os.open("pipe", os.O_RDONLY | os.O_NONBLOCK)) as pipe:
        assert graph(capsys, "-o", "pipe") == ""
        assert pipe.read() == TEXT
    assert Path("pipe").is_fifo()
    assert graph(capsys, "-o", "link.txt") == ""
    assert Path("link.txt").is_symlink()
    assert (tmp_path / "picture.txt").read_text(encoding="utf-8") == TEXT


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (["nowhere"], "'nowhere'"),
        (["empty"], "there are no Python files here"),
        (["services"], "there are several projects here, name one of them: one, two"),
        (["--output-format", "png"], "'png' is not one of text, mermaid, dot, svg, html, json"),
        (["-o", "nowhere/x.txt"], "'nowhere/x.txt' cannot be written"),
    ],
)
def test_bad_use(words: list[str], error: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("empty").mkdir()
    for name in ("one", "two"):
        write({f"services/{name}/pyproject.toml": "[tool.pyarch]\n", f"services/{name}/a.py": ""})
    write({"services/pyproject.toml": "[tool.pyarch]\n"})
    assert main(["graph", *words]) == 2
    assert error in capsys.readouterr().err


def test_a_file_that_cannot_be_read(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    write({"shop/\x1b[2J.py": ""})
    unreadable = FileResult(problem="Permission denied")
    monkeypatch.setattr("flake8_pyarch.cli.graph.check_files", lambda files, *_, **__: dict.fromkeys(files, unreadable))
    assert main(["graph"]) == 2
    captured = capsys.readouterr()
    assert captured.out == "shop: 0 modules, 0 imports, 0 forbidden, 0 loops\n"
    assert "pyarch: error: shop/\N{SYMBOL FOR ESCAPE}[2J.py: Permission denied" in captured.err.splitlines()


@pytest.mark.parametrize(("words", "out"), [([], TEXT.splitlines()[0]), (["unreadable"], "")])
def test_a_directory_that_cannot_be_read(
    words: list[str], out: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The picture is shown without it, if there is one, as `pyarch check` checks the rest."""
    Path("unreadable").mkdir()
    scandir = os.scandir

    def scan(path: str) -> Iterator[os.DirEntry[str]]:
        if path.endswith("unreadable"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", scan)
    assert main(["graph", "--no-cache", *words]) == 2
    captured = capsys.readouterr()
    assert captured.out.partition("\n")[0] == out
    assert captured.err.splitlines()[0] == "pyarch: error: unreadable: Permission denied"


def test_a_project_below_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    write({"other/pyproject.toml": "[tool.pyarch]\n", "other/a.py": ""})
    assert graph(capsys) == TEXT


@pytest.mark.parametrize("name", GRAPH_FORMATS)
def test_a_file_that_cannot_be_parsed(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    write({"bad/pyproject.toml": "[tool.pyarch]\n", "bad/broken.py": "def\n"})
    assert "broken" in graph(capsys, "bad", "--output-format", name) or name in {"mermaid", "dot"}
