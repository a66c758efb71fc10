"""The environment variables that have a say in the output."""

import os

__all__ = ["CHECKOUTS", "OUTPUT_VARIABLES", "variable"]

CHECKOUTS = ("CI_PROJECT_DIR", "GITHUB_WORKSPACE")
"""What GitLab and GitHub call the directory that a repository is checked out to."""

OUTPUT_VARIABLES = ("NO_COLOR", "FORCE_COLOR", "TERM", "COLUMNS", *CHECKOUTS)
"""All the variables that the output depends on."""


def variable(name: str) -> str | None:
    """Return the value of an environment variable, None where it is not set."""
    return os.environ.get(name)
