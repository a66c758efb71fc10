"""GitHub Actions: a workflow of its own, whose findings show in the pull request."""

from flake8_pyarch.cli.adoption.drafts import Drafts
from flake8_pyarch.cli.adoption.tools.requirement import PYTHON, REQUIREMENT

__all__ = ["PURPOSE", "edit", "wants_us"]

PURPOSE = "a workflow that annotates pull requests"

_FILE = ".github/workflows/pyarch.yml"
_WORKFLOW = f"""\
name: Architecture
on: [push, pull_request]
permissions:
  contents: read
jobs:
  pyarch:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - uses: actions/setup-python@v6
        with:
          python-version: "{PYTHON}"
      - run: pip install {REQUIREMENT}
      - run: pyarch check --output-format github
"""


def wants_us(drafts: Drafts) -> bool:
    """Tell that nobody gets a workflow unasked."""
    del drafts
    return False


def edit(drafts: Drafts) -> None:
    """Make the workflow, unless there is one."""
    if not drafts.exists(_FILE):
        drafts.put(_FILE, _WORKFLOW)
