"""`json-lines`: an object a line, as `ruff check` prints them."""

import json

from flake8_pyarch.output.objects import finding_object
from flake8_pyarch.output.report import Report

__all__ = ["render"]


def render(report: Report) -> str:
    """Return a line of JSON for each finding."""
    objects = (finding_object(entry) for entry in report.entries)
    return "".join(json.dumps(each, separators=(",", ":"), ensure_ascii=False) + "\n" for each in objects)
