"""Which rules a project's Ruff reports in a file, as far as they are twins of ours.

Ruff's settings are read and resolved as Ruff does it. Ruff itself is asked for nothing but its defaults, and only
where they matter, so that a run without Ruff knows the same of the project.
"""

from flake8_pyarch.settings.ruff.resolution import RuffSettings, candidates, forget_ruff, ruff_settings

__all__ = ["RuffSettings", "candidates", "forget_ruff", "ruff_settings"]
