"""The output formats by name. Each is a module with a function `render(report)`, imported when it is asked for."""

from importlib import import_module

from flake8_pyarch.output.report import Report

__all__ = ["FORMATS", "render"]

FORMATS = (
    *("concise", "full", "grouped", "json", "json-lines", "rdjson", "github", "gitlab", "junit", "pylint", "azure"),
    "sarif",
)


def render(name: str, report: Report) -> str:
    """Return the output of a run in the format `name`, one of `FORMATS`."""
    module = import_module(f"flake8_pyarch.output.{name.replace('-', '_')}_format")
    text: str = module.render(report)
    return text
