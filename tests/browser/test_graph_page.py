"""The page of `pyarch graph` in a real browser: what it shows, and what it does when it is used."""

import json
import re
import subprocess
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from flake8_pyarch.cli import main
from flake8_pyarch.settings import forget_settings
from tests.browser.conftest import BROWSER
from tests.files import write_files
from tests.test_graph import SHOP

MANY = 2_000
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--window-size=1400,900", "--virtual-time-budget=5000"),
)
PRELUDE = """
const result = {};
const shown = (selector) => [...document.querySelectorAll(selector)].map((each) => each.textContent.trim());
const names = (selector) => [...document.querySelectorAll(selector)].map((each) => each.dataset.name);
const links = () => [...document.querySelectorAll(".link")].map((each) => each.dataset.link);
const button = (name) => document.querySelector(`[data-name="${name}"] > button`);
const type = (text) => {
  const field = document.getElementById("search");
  field.value = text;
  field.dispatchEvent(new Event("input"));
};
window.addEventListener("error", (event) => { result.error = event.message; });
"""


def use(folder: Path, files: Mapping[str, str], actions: str) -> dict[str, Any]:
    """Return what a script notes in `result` after it has used the page of a project."""
    write_files(folder, files)
    page = folder / "page.html"
    forget_settings()
    assert main(["graph", str(folder), "--output-format", "html", "-o", str(page)]) == 0
    ending = 'document.body.append(element("pre", { id: "result" }, JSON.stringify(result)));'
    script = f"<script>{{ {PRELUDE} try {{ {actions} }} catch (error) {{ result.error = String(error); }} {ending} }}"
    page.write_text(page.read_text(encoding="utf-8").replace("</body>", f"{script}</script></body>"), encoding="utf-8")
    assert BROWSER is not None
    profile = f"--user-data-dir={folder / 'profile'}"
    command = [BROWSER, *FLAGS, profile, "--dump-dom", page.as_uri()]
    run = subprocess.run(command, capture_output=True, text=True, check=True, timeout=100)
    found = re.search(r'<pre id="result">(.*?)</pre>', run.stdout, re.DOTALL)
    assert found is not None
    result: dict[str, Any] = json.loads(unescape(found[1]))
    assert "error" not in result
    return result


def test_a_small_service_is_unfolded_and_answers_clicks(tmp_path: Path) -> None:
    result = use(
        tmp_path,
        SHOP,
        """
        const rows = [...document.querySelectorAll(".row")];
        result.rows = rows.map((row) => [...row.children].map((box) => box.dataset.name));
        result.tops = [...document.querySelectorAll(".box")].map((box) => box.getBoundingClientRect().top);
        result.modules = names(".node:not(.folds)");
        result.links = links();
        result.red = [...document.querySelectorAll(".arrow.forbidden")].map((each) => each.parentNode.dataset.link);
        result.dashed = [...document.querySelectorAll(".arrow.loop")].map((each) => each.parentNode.dataset.link);
        const arrow = document.querySelector('[data-link="shop.domain.book -> shop.api.routes"] .hit');
        arrow.dispatchEvent(new Event("click"));
        result.panel = shown("#panel h2, #panel li");
        document.getElementById("fold").click();
        result.folded = links();
        result.counts = shown(".count");
        result.marked = names(".knotted");
        document.getElementById("loops").click();
        result.loops = shown("#panel li");
        document.querySelector("#panel li button").click();
        result.chosen = names(".chosen");
        """,
    )
    assert result["rows"] == [["domain"], ["application"], ["api"], ["composition"], ["other"]]
    assert result["tops"] == sorted(result["tops"])
    assert "shop.domain.book" in result["modules"]
    assert result["red"] == ["shop.domain.book -> shop.api.routes"]
    assert sorted(result["dashed"]) == [
        "shop.domain.author -> shop.domain.book",
        "shop.domain.book -> shop.domain.author",
    ]
    assert result["panel"][0] == "shop.domain.book → shop.api.routes"
    assert "shop/domain/book.py:2" in result["panel"][1]
    assert "forbidden: domain may not import api" in result["panel"][1]
    assert sorted(result["folded"]) == [
        "api -> application",
        "application -> domain",
        "composition -> api",
        "domain -> api",
    ]
    assert sorted(result["counts"]) == ["1", "1", "1", "2"]
    assert result["marked"] == ["domain", "application", "api"]
    assert result["loops"][0].startswith("shop.domain.author → shop.domain.book → shop.domain.author")
    assert sorted(result["chosen"]) == ["shop.domain.author", "shop.domain.book"]


@pytest.fixture(scope="module")
def many_modules() -> dict[str, str]:
    files = {"pyproject.toml": "[tool.pyarch]\n", "shop/__init__.py": ""}
    for number in range(MANY // 4):
        place = f"p{number // 25}/m{number}"
        files[f"shop/domain/{place}.py"] = (
            "" if number == 0 else f"import shop.domain.p{(number - 1) // 25}.m{number - 1}\n"
        )
        files[f"shop/usecases/{place}.py"] = f"import shop.domain.{place.replace('/', '.')}\n"
        files[f"shop/api/{place}.py"] = f"import shop.usecases.{place.replace('/', '.')}\n"
        files[f"shop/persistence/{place}.py"] = f"import shop.domain.{place.replace('/', '.')}\n"
    return files


def test_two_thousand_modules_are_folded_and_found(tmp_path: Path, many_modules: Mapping[str, str]) -> None:
    result = use(
        tmp_path,
        many_modules,
        """
        result.title = document.getElementById("title").textContent;
        result.nodes = document.querySelectorAll(".node").length;
        result.links = links();
        result.counts = shown(".count");
        type("usecases.p3.m7");
        result.matches = shown("#matches li");
        document.querySelector("#matches button").click();
        result.chosen = names(".chosen");
        result.panel = shown("#panel h2");
        result.unfolded = document.querySelectorAll(".node").length;
        document.getElementById("unfold").click();
        result.all = document.querySelectorAll(".node:not(.folds)").length;
        chosen = null;
        drawArrows();
        result.arrows = document.querySelectorAll(".arrow").length;
        result.notice = !document.getElementById("notice").hidden;
        button("shop.usecases.p3.m75").click();
        result.own = links().filter((link) => link.includes(".p3.m75"));
        """,
    )
    assert result["title"] == "page: 2001 modules, 1999 imports".replace("page", tmp_path.name)
    assert result["nodes"] == 5
    assert result["links"] == ["api -> application", "persistence -> domain", "application -> domain"]
    assert result["counts"] == ["500", "500", "500"]
    assert result["matches"] == [f"shop.usecases.p3.m{number}" for number in range(75, 80)]
    assert result["chosen"] == ["shop.usecases.p3.m75"]
    assert result["panel"] == ["shop.usecases.p3.m75 imports", "Who imports shop.usecases.p3.m75"]
    assert 5 < result["unfolded"] < 100
    assert result["all"] == 2001
    assert result["arrows"] == 3
    assert result["notice"] is True
    assert result["own"] == [
        "shop.api.p3.m75 -> shop.usecases.p3.m75",
        "shop.usecases.p3.m75 -> shop.domain.p3.m75",
    ]
