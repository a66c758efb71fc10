"""`json`: a list of objects, as `ruff check` prints them."""

import json

from flake8_pyarch.output.objects import finding_object
from flake8_pyarch.output.report import Report

__all__ = ["render"]


def render(report: Report) -> str:
    """Return one JSON array with an object for each finding."""
    return json.dumps([finding_object(entry) for entry in report.entries], indent=2, ensure_ascii=False) + "\n"
