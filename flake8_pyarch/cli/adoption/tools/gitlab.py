"""GitLab: a job whose findings show in the merge request."""

import yaml

from flake8_pyarch.cli.adoption.drafts import Drafts
from flake8_pyarch.cli.adoption.tools.requirement import PYTHON, REQUIREMENT
from flake8_pyarch.cli.adoption.yaml_edits import item_of, items_of, read_yaml, scalar, uneditable

__all__ = ["PURPOSE", "edit", "wants_us"]

PURPOSE = "a job that reports to the merge request"

_FILE = ".gitlab-ci.yml"
_DEFAULT_STAGE = "test"
_REPORT = "gl-code-quality-report.json"


def wants_us(drafts: Drafts) -> bool:
    """Tell that nobody gets a job unasked."""
    del drafts
    return False


def edit(drafts: Drafts) -> None:
    """Add the job at the end, unless there is one, in the first stage where there are stages but none for tests."""
    text = drafts.text(_FILE)
    top = read_yaml(drafts.path(_FILE), text)
    if item_of(top, "pyarch") is not None:
        return
    stages = [scalar(stage) for stage in items_of(item_of(top, "stages"))]
    job = _job(None if not stages or _DEFAULT_STAGE in stages else stages[0])
    if top is not None and (not isinstance(top, yaml.MappingNode) or top.flow_style):
        raise uneditable(drafts.path(_FILE), job)
    drafts.put(_FILE, (f"{text.rstrip()}\n\n" if text.strip() else "") + "".join(f"{line}\n" for line in job))


def _job(stage: str | None) -> list[str]:
    return [
        "pyarch:",
        *([] if stage is None else [f"  stage: {stage}"]),
        f"  image: python:{PYTHON}",
        "  script:",
        f"    - pip install {REQUIREMENT}",
        f"    - pyarch check --output-format gitlab --output-file {_REPORT}",
        "  artifacts:",
        "    when: always",
        "    reports:",
        f"      codequality: {_REPORT}",
    ]
