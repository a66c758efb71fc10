"""How other tools name the version of us that they install."""

from flake8_pyarch import __version__

__all__ = ["PYTHON", "REQUIREMENT"]

REQUIREMENT = f"flake8-pyarch=={__version__}"
PYTHON = "3.13"
"""The Python that continuous integration runs us on."""
