"""What the parser warns of is not the command's business."""

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("warnings", ["default", "error"])
def test_syntax_warnings_are_not_shown(jobs: str, warnings: str, tmp_path: Path) -> None:
    for number in range(2):
        padding = "# a line that is long enough\n" * 10_000
        (tmp_path / f"module_{number}.py").write_text(f'PATTERN = "\\d"\n{padding}', encoding="utf-8")
    command = [sys.executable, "-m", "flake8_pyarch", "check", "--no-cache", "--jobs", jobs, "."]
    environment = {**os.environ, "PYTHONWARNINGS": warnings}
    run = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert (run.stdout, run.stderr, run.returncode) == ("All checks passed!\n", "", 0)
