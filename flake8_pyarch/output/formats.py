"""The output formats by name. Each is a module with a function `render(report)`, imported when it is asked for."""

from importlib import import_module

from flake8_pyarch.output.report import Report
from flake8_pyarch.patterns import lazy_pattern

__all__ = ["FORMATS", "render"]

FORMATS = (
    *("concise", "full", "grouped", "json", "json-lines", "rdjson", "github", "gitlab", "junit", "pylint", "azure"),
    "sarif",
)

_SURROGATE = lazy_pattern("[\ud800-\udfff]")
"""What stands in a path for a byte that is no UTF-8."""


def render(name: str, report: Report) -> str:
    """Return the output of a run in the format `name`, one of `FORMATS`, as text that UTF-8 can hold."""
    module = import_module(f"flake8_pyarch.output.{name.replace('-', '_')}_format")
    text: str = module.render(report)
    return _SURROGATE().sub("\N{REPLACEMENT CHARACTER}", text)
