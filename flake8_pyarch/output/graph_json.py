"""The format `json` of `pyarch graph`."""

import json
from typing import Any

from flake8_pyarch.project.picture import Picture

__all__ = ["as_data", "render"]


def render(picture: Picture) -> str:
    """Return all that there is to know of the picture."""
    return json.dumps(as_data(picture), indent=2, ensure_ascii=False) + "\n"


def as_data(picture: Picture) -> dict[str, Any]:
    """Return the picture as lists, dictionaries, text and numbers."""
    modules = picture.modules
    return {
        "title": picture.title,
        "layers": [
            {"name": box.name, "row": box.row, "modules": [modules[number].name for number in box.modules]}
            for box in picture.boxes
        ],
        "arrows": [arrow._asdict() for arrow in picture.arrows],
        "modules": [module._asdict() for module in modules],
        "imports": [
            {
                "importer": modules[each.importer].name,
                "imported": modules[each.imported].name,
                "path": modules[each.importer].path,
                "lines": list(each.lines),
                "problem": each.problem,
                "in_loop": each.in_loop,
            }
            for each in picture.imports
        ],
        "loops": [[modules[number].name for number in loop] for loop in picture.loops],
    }
