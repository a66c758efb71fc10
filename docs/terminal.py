"""Takes the pictures of terminal output in the documents: `python -m docs.terminal`."""

import os
import re
import subprocess
import sys
from io import StringIO
from pathlib import Path

from rich.console import Console
from rich.text import Text

__all__ = ["PICTURES", "picture_of"]

ROOT = Path(__file__).parent
PICTURES = {
    "check": "pyarch check src/acme/app/services --select PYA6",
}
WIDTH = 118
WEB_FONTS = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)


def picture_of(command: str) -> str:
    """Return an SVG picture of what a command prints on a terminal, in the directory of the example with mistakes."""
    path = os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]])
    environment = {**os.environ, "PATH": path, "FORCE_COLOR": "1", "COLUMNS": str(WIDTH)}
    options = ["--output-format", "full", "--no-cache"]
    run = subprocess.run(  # noqa: S603 - the commands stand above
        [*command.split(), *options],
        cwd=ROOT / "example/library_with_mistakes",
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    console = Console(record=True, width=WIDTH, file=StringIO())
    console.print(Text.from_ansi(f"$ {command}\n{run.stdout}"))
    return WEB_FONTS.sub("", console.export_svg(title="pyarch check", unique_id="terminal"))


def main() -> None:
    """Write every picture."""
    for name, command in PICTURES.items():
        (ROOT / "images" / f"{name}.svg").write_text(picture_of(command), encoding="utf-8")


if __name__ == "__main__":
    main()
