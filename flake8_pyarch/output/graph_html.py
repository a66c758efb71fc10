"""The format `html` of `pyarch graph`: one page that asks nothing of the network."""

import json
import re
from html import escape
from importlib.resources import files

from flake8_pyarch.output.graph_summary import summary
from flake8_pyarch.project.picture import Picture

__all__ = ["render"]


def render(picture: Picture) -> str:
    """Return the page, with the picture's data, its style and its script in it."""
    data = {
        "title": picture.title,
        "rows": picture.rows,
        "modules": [tuple(module) for module in picture.modules],
        "imports": [tuple(each) for each in picture.imports],
        "loops": picture.loops,
    }
    folder = files("flake8_pyarch.output") / "graph_page"
    parts = {
        "title": escape(summary(picture)),
        "style": (folder / "page.css").read_text(encoding="utf-8"),
        # No text in it may end the element that it stands in.
        "data": json.dumps(data, separators=(",", ":")).replace("<", "\\u003c"),
        "script": (folder / "page.js").read_text(encoding="utf-8"),
    }
    page = (folder / "page.html").read_text(encoding="utf-8")
    return re.sub(r"\{(title|style|data|script)\}", lambda match: parts[match[1]], page)
