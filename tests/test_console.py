"""The sessions in the documents are what the commands print."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SESSION = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
DOCUMENTS = [
    path for path in [ROOT / "README.md", *sorted(ROOT.glob("docs/*.md"))] if SESSION.search(path.read_text("utf-8"))
]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.stem)
def test_session(document: Path, tmp_path: Path) -> None:
    shutil.copytree(
        ROOT / "docs/example", tmp_path / "docs/example", ignore=shutil.ignore_patterns(".*", "__pycache__")
    )
    path = os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]])
    environment = {**os.environ, "PATH": path, "NO_COLOR": "1", "COLUMNS": "100"}
    directory = tmp_path
    for session in SESSION.findall(document.read_text("utf-8")):
        for command, shown in COMMAND.findall(session):
            if command.startswith("cd "):
                directory = tmp_path / command.removeprefix("cd ")
                continue
            run = subprocess.run(
                ["sh", "-c", command],
                cwd=directory,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                check=False,
                timeout=120,
            )
            assert run.returncode in {0, 1} or "error: " in shown, f"$ {command}\n{run.stdout}"
            pattern = re.escape(shown).replace("…", ".*")
            assert re.fullmatch(pattern, run.stdout, re.DOTALL), f"$ {command}\n{run.stdout}"
